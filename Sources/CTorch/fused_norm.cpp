// LayerNorm or RMS norm without weights, then * (1 + scale) + shift, in one pass.
#include "fused.h"
#include <cmath>
using namespace ct;
using namespace ct::fused;

namespace {
template <bool centred>
CT_AVX2 void forward_rows(const float *x, const float *shift, const float *scale, float *y, float *means,
                          float *inverses, int64_t rows, int64_t width, float eps) {
  for (int64_t r = 0; r < rows; ++r, x += width, y += width) {
    float sum = 0, squares = 0;
    if (centred)
      for (int64_t i = 0; i < width; ++i) { CT_FAST sum += x[i]; }
    const float mean = sum / width;
    for (int64_t i = 0; i < width; ++i) { CT_FAST const float d = x[i] - mean; squares += d * d; }
    const float inverse = 1.0f / std::sqrt(squares / width + eps);
    means[r] = mean;
    inverses[r] = inverse;
    for (int64_t i = 0; i < width; ++i) { CT_FAST y[i] = (x[i] - mean) * inverse * (1.0f + scale[i]) + shift[i]; }
  }
}

// With n the normalised x and u = g (1 + scale): dx = (u - mean(u) - n mean(u n)) / deviation, where the RMS
// norm lacks mean(u); dscale = sum of g n and dshift = sum of g over the rows.
template <bool centred>
CT_AVX2 void backward_rows(const float *g, const float *x, const float *scale, const float *means,
                           const float *inverses, float *dx, float *dshift, float *dscale, int64_t rows,
                           int64_t width) {
  std::fill(dshift, dshift + width, 0.0f);
  std::fill(dscale, dscale + width, 0.0f);
  for (int64_t r = 0; r < rows; ++r, g += width, x += width, dx += width) {
    const float mean = means[r], inverse = inverses[r];
    float along_one = 0, along_n = 0;
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      const float n = (x[i] - mean) * inverse, u = g[i] * (1.0f + scale[i]);
      if (centred) along_one += u;
      along_n += u * n;
      dscale[i] += g[i] * n;
      dshift[i] += g[i];
    }
    const float a = along_one / width, b = along_n / width;
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      dx[i] = inverse * (g[i] * (1.0f + scale[i]) - a - (x[i] - mean) * inverse * b);
    }
  }
}

struct NormModulate : torch::autograd::Function<NormModulate> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &shift_, const Tensor &scale_,
                        double eps, bool centred) {
    // Slices of one modulation tensor have gaps; they are small, so a copy costs nothing.
    Tensor shift = shift_.contiguous(), scale = scale_.contiguous();
    Blocks blocks(x);
    const int64_t w = blocks.width;
    Tensor y = at::empty_like(x), means = at::empty({blocks.batch * blocks.tokens}, x.options()),
           inverses = at::empty_like(means);
    const float *px = in(x), *psh = in(shift), *psc = in(scale);
    float *py = out(y), *pm = out(means), *pi = out(inverses);
    auto rows = centred ? forward_rows<true> : forward_rows<false>;
    blocks.each([&](int64_t, int64_t b, int64_t row, int64_t n) {
      rows(px + row * w, psh + b * w, psc + b * w, py + row * w, pm + row, pi + row, n, w, static_cast<float>(eps));
    });
    ctx->save_for_backward({x, scale, means, inverses});
    ctx->saved_data["centred"] = centred;
    return y;
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor g = gradients[0].contiguous(), &x = saved[0];
    Blocks blocks(x);
    const int64_t w = blocks.width;
    Tensor dx = at::empty_like(x), shifts = blocks.partial_sums(x), scales = blocks.partial_sums(x);
    const float *pg = in(g), *px = in(x), *psc = in(saved[1]), *pm = in(saved[2]), *pi = in(saved[3]);
    float *pdx = out(dx), *psh = out(shifts), *pdsc = out(scales);
    auto rows = ctx->saved_data["centred"].toBool() ? backward_rows<true> : backward_rows<false>;
    blocks.each([&](int64_t k, int64_t b, int64_t row, int64_t n) {
      rows(pg + row * w, px + row * w, psc + b * w, pm + row, pi + row, pdx + row * w, psh + k * w, pdsc + k * w, n, w);
    });
    return {dx, Blocks::total(shifts), Blocks::total(scales), Tensor(), Tensor()};
  }
};
}  // namespace

Tensor ct::norm_modulate(const Tensor &x, const Tensor &shift, const Tensor &scale, double eps, bool centred) {
  if (walkable(x) && x.dim() == 3 && is_row_of(shift, x) && is_row_of(scale, x))
    return NormModulate::apply(x, shift, scale, eps, centred);
  if (x.is_cuda() && cuda::takes_norm(x, {shift, scale})) return cuda::norm_modulate(x, shift, scale, eps, centred);
  return plain::norm_modulate(x, shift, scale, eps, centred);
}

ct_tensor ct_norm_modulate(ct_tensor x, ct_tensor shift, ct_tensor scale, double eps, bool centred) {
  return result([&] { return ct::norm_modulate(*Ref(x), *Ref(shift), *Ref(scale), eps, centred); });
}
