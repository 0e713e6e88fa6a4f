// The distance of two stacks of feature maps as LPIPS takes it, in one pass over them.
#include "fused.h"
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/sum.h>
#include <cmath>
using namespace ct;
using namespace ct::fused;

namespace {
constexpr float tiny = 1e-10f;

Tensor plain_distance(const Tensor &x, const Tensor &weight) {
  Tensor unit = x / (at::linalg_vector_norm(x, 2, at::IntArrayRef({1}), true) + tiny);
  int64_t pairs = x.size(0) / 2;
  Tensor difference = unit.narrow(0, 0, pairs) - unit.narrow(0, pairs, pairs);
  return at::mean(at::sum(difference * difference * weight.view({1, -1, 1, 1}), {1}), {1, 2});
}

/// Sum over `n` places of the weighted squared difference of unit vectors, channels side by side.
CT_AVX2 double sum_of_places(const float *a, const float *b, const float *weight, int64_t n, int64_t channels) {
  double total = 0;
  for (int64_t p = 0; p < n; ++p, a += channels, b += channels) {
    CT_FAST
    float aa = 0, bb = 0, sum = 0;
    for (int64_t c = 0; c < channels; ++c) {
      aa += a[c] * a[c];
      bb += b[c] * b[c];
    }
    const float ra = 1 / (std::sqrt(aa) + tiny), rb = 1 / (std::sqrt(bb) + tiny);
    for (int64_t c = 0; c < channels; ++c) {
      const float d = a[c] * ra - b[c] * rb;
      sum += weight[c] * d * d;
    }
    total += sum;
  }
  return total;
}

Tensor one_pass_distance(const Tensor &x, const Tensor &weight) {
  const int64_t pairs = x.size(0) / 2, channels = x.size(1), places = x.size(2) * x.size(3);
  Tensor y = at::empty({pairs}, x.options());
  const float *maps = in(x), *w = in(weight);
  float *distances = out(y);
  // Pieces of a fixed length, so that the sums are the same for every number of threads.
  constexpr int64_t length = 512;
  const int64_t pieces = (places + length - 1) / length;
  std::vector<double> sums(static_cast<size_t>(pairs * pieces));
  at::parallel_for(0, pairs * pieces, 1 + 65536 / (length * channels), [&](int64_t from, int64_t to) {
    for (int64_t k = from; k < to; ++k) {
      const int64_t pair = k / pieces, first = (k % pieces) * length;
      const float *a = maps + (pair * places + first) * channels, *b = a + pairs * places * channels;
      sums[static_cast<size_t>(k)] = sum_of_places(a, b, w, std::min(length, places - first), channels);
    }
  });
  for (int64_t pair = 0; pair < pairs; ++pair) {
    double total = 0;
    for (int64_t k = 0; k < pieces; ++k) total += sums[static_cast<size_t>(pair * pieces + k)];
    distances[pair] = static_cast<float>(total / static_cast<double>(places));
  }
  return y;
}
}  // namespace

ct_tensor ct_feature_distance(ct_tensor x, ct_tensor weight) {
  return result([&] {
    Ref maps(x), w(weight);
    TORCH_CHECK(maps->dim() == 4 && maps->size(0) % 2 == 0 && w->dim() == 1 && w->size(0) == maps->size(1),
                "maps ", maps->sizes(), " are not pairs with weights ", w->sizes());
    bool one_pass = supported() && is_plain_float(*maps) && maps->numel() > 0 && is_plain_float(*w) &&
                    w->is_contiguous() && maps->is_contiguous(at::MemoryFormat::ChannelsLast);
    return one_pass ? one_pass_distance(*maps, *w) : plain_distance(*maps, *w);
  });
}
