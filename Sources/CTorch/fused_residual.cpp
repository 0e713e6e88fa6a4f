// The end of a branch and the norm in front of the next in one node: y = input Wᵀ + b, sum = x + gate * y, and sum
// normalised and modulated. One pass over the rows after the product, and one before its gradients.
#include "fused.h"
#include "product.h"
#include <ATen/ops/zeros_like.h>
#include <cmath>
using namespace ct;
using namespace ct::fused;

namespace {
/// A batch's rows of gate, shift and scale.
struct Modulation {
  const float *gate, *shift, *scale;
};

template <bool centred>
CT_AVX2 void forward_rows(const float *x, const float *y, Modulation m, float *sum, float *h, float *means,
                          float *inverses, int64_t rows, int64_t width, float eps) {
  for (int64_t r = 0; r < rows; ++r, x += width, y += width, sum += width, h += width) {
    float total = 0, squares = 0;
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      sum[i] = x[i] + m.gate[i] * y[i];
      total += sum[i];
    }
    const float mean = centred ? total / width : 0;
    for (int64_t i = 0; i < width; ++i) { CT_FAST const float d = sum[i] - mean; squares += d * d; }
    const float inverse = 1.0f / std::sqrt(squares / width + eps);
    means[r] = mean;
    inverses[r] = inverse;
    for (int64_t i = 0; i < width; ++i) { CT_FAST h[i] = (sum[i] - mean) * inverse * (1.0f + m.scale[i]) + m.shift[i]; }
  }
}

/// Sums over rows that become gradients.
struct Sums {
  float *gate, *shift, *scale, *bias;
};

// As in fused_norm.cpp for the norm; its gradient and that of the sum go to x, and times the gate to y.
template <bool centred>
CT_AVX2 void backward_rows(const float *gsum, const float *g, const float *sum, const float *y, Modulation m,
                           const float *means, const float *inverses, float *dx, float *dy, Sums s, int64_t rows,
                           int64_t width) {
  for (float *p : {s.gate, s.shift, s.scale, s.bias}) std::fill(p, p + width, 0.0f);
  for (int64_t r = 0; r < rows; ++r, g += width, sum += width, y += width, dx += width, dy += width) {
    const float mean = means[r], inverse = inverses[r];
    float along_one = 0, along_n = 0;
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      const float n = (sum[i] - mean) * inverse, u = g[i] * (1.0f + m.scale[i]);
      if (centred) along_one += u;
      along_n += u * n;
      s.scale[i] += g[i] * n;
      s.shift[i] += g[i];
    }
    const float a = along_one / width, b = along_n / width;
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      float d = inverse * (g[i] * (1.0f + m.scale[i]) - a - (sum[i] - mean) * inverse * b);
      if (gsum) d += gsum[i];
      const float down = d * m.gate[i];
      dx[i] = d;
      dy[i] = down;
      s.gate[i] += d * y[i];
      s.bias[i] += down;
    }
    if (gsum) gsum += width;
  }
}

struct LinearGateAddNorm : torch::autograd::Function<LinearGateAddNorm> {
  static variable_list forward(AutogradContext *ctx, const Tensor &x, const Tensor &gate_, const Tensor &input,
                               const Tensor &weight, const Tensor &bias, const Tensor &shift_, const Tensor &scale_,
                               double eps, bool centred) {
    // Slices of one modulation tensor can have gaps; they are small, so a copy costs nothing.
    Tensor gate = gate_.contiguous(), shift = shift_.contiguous(), scale = scale_.contiguous();
    Tensor y = product(input, weight, bias), sum = at::empty_like(x), h = at::empty_like(x);
    Blocks blocks(x);
    const int64_t w = blocks.width;
    Tensor means = at::empty({blocks.batch * blocks.tokens}, x.options()), inverses = at::empty_like(means);
    const float *px = in(x), *py = in(y), *pg = in(gate), *psh = in(shift), *psc = in(scale);
    float *psum = out(sum), *ph = out(h), *pm = out(means), *pi = out(inverses);
    auto rows = centred ? forward_rows<true> : forward_rows<false>;
    blocks.each([&](int64_t, int64_t b, int64_t row, int64_t n) {
      rows(px + row * w, py + row * w, {pg + b * w, psh + b * w, psc + b * w}, psum + row * w, ph + row * w, pm + row,
           pi + row, n, w, static_cast<float>(eps));
    });
    ctx->save_for_backward({input, weight, gate, y, sum, scale, means, inverses});
    ctx->saved_data["centred"] = centred;
    ctx->set_materialize_grads(false);
    return {sum, h};
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor &input = saved[0], &weight = saved[1], &y = saved[3], &sum = saved[4];
    const Tensor gsum = gradients[0].defined() ? gradients[0].contiguous() : Tensor(),
                 g = gradients[1].defined() ? gradients[1].contiguous() : at::zeros_like(sum);
    Blocks blocks(sum);
    const int64_t w = blocks.width;
    Tensor dx = at::empty_like(sum), dy = at::empty_like(y), sums = at::empty({4, blocks.count(), w}, sum.options());
    const float *pgs = gsum.defined() ? in(gsum) : nullptr, *pg = in(g), *psum = in(sum), *py = in(y),
                *pgate = in(saved[2]), *psc = in(saved[5]), *pm = in(saved[6]), *pi = in(saved[7]);
    float *pdx = out(dx), *pdy = out(dy), *ps = out(sums);
    const int64_t stride = blocks.count() * w;
    auto rows = ctx->saved_data["centred"].toBool() ? backward_rows<true> : backward_rows<false>;
    blocks.each([&](int64_t k, int64_t b, int64_t row, int64_t n) {
      float *own = ps + k * w;
      rows(pgs ? pgs + row * w : nullptr, pg + row * w, psum + row * w, py + row * w, {pgate + b * w, nullptr, psc + b * w},
           pm + row, pi + row, pdx + row * w, pdy + row * w, {own, own + stride, own + 2 * stride, own + 3 * stride}, n, w);
    });
    // [gate, shift, scale, bias] by block, to [4, batch, 1, width].
    Tensor totals = sums.view({4, blocks.batch, blocks.per_batch, w});
    totals = blocks.per_batch == 1 ? totals : totals.sum(2, true);
    return {dx, totals.select(0, 0), product_gradient_of_input(dy, weight).view(input.sizes()),
            product_gradient_of_weight(dy, input), totals.select(0, 3).view({-1, w}).sum(0), totals.select(0, 1),
            totals.select(0, 2), Tensor(), Tensor()};
  }
};
}  // namespace

std::optional<std::vector<Tensor>> ct::linear_gate_add_norm(const Tensor &x, const Tensor &gate, const Tensor &input,
                                                            const Tensor &weight, const Tensor &bias,
                                                            const Tensor &shift, const Tensor &scale, double eps,
                                                            bool centred) {
  if (!takes_product(input, weight, bias) || !walkable(x) || x.dim() != 3 || x.size(0) != input.size(0) ||
      x.size(1) != input.size(1) || x.size(2) != weight.size(0) || !is_row_of(gate, x) || !is_row_of(shift, x) ||
      !is_row_of(scale, x))
    return std::nullopt;
  return LinearGateAddNorm::apply(x, gate, input, weight, bias, shift, scale, eps, centred);
}
