// Pooling, padding and resizing of pictures [batch, channels, height, width] and films [batch, channels, frames,
// height, width].
#include "handle.h"
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/avg_pool3d.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/max_pool3d.h>
#include <ATen/ops/upsample_bilinear2d.h>
using namespace ct;

namespace {
void check_rank(const Tensor &x, size_t n) {
  TORCH_CHECK((n == 2 || n == 3) && x.dim() == static_cast<int64_t>(n) + 2, "a window over ", n,
              " dimensions does not fit ", x.sizes());
}
}  // namespace

ct_tensor ct_max_pool(ct_tensor x, const ct_int *kernel, const ct_int *stride, const ct_int *padding, size_t n,
                      bool ceil) {
  return result([&] {
    Ref a(x);
    check_rank(*a, n);
    auto pool = n == 2 ? at::max_pool2d : at::max_pool3d;
    const int64_t ones[3] = {1, 1, 1};
    return pool(*a, dims(kernel, n), dims(stride, n), dims(padding, n), {ones, n}, ceil);
  });
}
ct_tensor ct_avg_pool(ct_tensor x, const ct_int *kernel, const ct_int *stride, size_t n) {
  return result([&] {
    Ref a(x);
    check_rank(*a, n);
    if (n == 2) return at::avg_pool2d(*a, dims(kernel, n), dims(stride, n));
    return at::avg_pool3d(*a, dims(kernel, n), dims(stride, n));
  });
}
ct_tensor ct_pad(ct_tensor x, const ct_int *pads, size_t n) {
  return result([&] { return at::constant_pad_nd(*Ref(x), dims(pads, n), 0); });
}
ct_tensor ct_resize_bilinear(ct_tensor x, ct_int height, ct_int width) {
  return result([&] { return at::upsample_bilinear2d(*Ref(x), at::IntArrayRef({height, width}), false); });
}
ct_tensor ct_channels_last(ct_tensor x) {
  return result([&] {
    Ref a(x);
    TORCH_CHECK(a->dim() == 4 || a->dim() == 5, "channels go last in pictures and films only, not in ", a->sizes());
    return a->contiguous(a->dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::ChannelsLast3d);
  });
}
