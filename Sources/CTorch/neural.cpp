#include "handle.h"
#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/scaled_dot_product_attention.h>
using namespace ct;

namespace {
int64_t width(const Tensor &x) {
  TORCH_CHECK(x.dim() > 0, "normalisation needs at least one dimension");
  return x.size(-1);
}
}  // namespace

ct_tensor ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias) {
  return result([&] { return at::linear(*Ref(x), *Ref(weight), Ref(bias).optional()); });
}
ct_tensor ct_conv1d(ct_tensor x, ct_tensor w, ct_tensor bias, ct_int stride, ct_int padding) {
  return result([&] {
    return at::conv1d(*Ref(x), *Ref(w), Ref(bias).optional(), at::IntArrayRef({stride}), at::IntArrayRef({padding}));
  });
}
ct_tensor ct_conv2d(ct_tensor x, ct_tensor w, ct_tensor bias, ct_int stride, ct_int padding) {
  return result([&] {
    return at::conv2d(*Ref(x), *Ref(w), Ref(bias).optional(), at::IntArrayRef({stride, stride}),
                      at::IntArrayRef({padding, padding}));
  });
}
ct_tensor ct_pixel_shuffle(ct_tensor x, ct_int factor) {
  return result([&] { return at::pixel_shuffle(*Ref(x), factor); });
}
ct_tensor ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double eps) {
  return result([&] {
    Ref t(x);
    return at::layer_norm(*t, {width(*t)}, Ref(weight).optional(), Ref(bias).optional(), eps);
  });
}
ct_tensor ct_rms_norm(ct_tensor x, double eps) {
  return result([&] { Ref t(x); return at::rms_norm(*t, {width(*t)}, {}, eps); });
}
ct_tensor ct_attention(ct_tensor q, ct_tensor k, ct_tensor v) {
  return result([&] { return at::scaled_dot_product_attention(*Ref(q), *Ref(k), *Ref(v)); });
}
