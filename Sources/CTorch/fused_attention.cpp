// Self-attention of a projection to q, k and v. Queries and keys are normalised and turned where they lie, and the
// gradients of q, k and v are written straight into one packed tensor; the plain form makes and joins many.
#include "fused.h"
#include "product.h"
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward.h>
#include <cmath>
using namespace ct;
using namespace ct::fused;

namespace {
/// A head's queries or keys, brought to unit root mean square where `normalise`, and turned; answers the factor.
CT_AVX2 float turn(float *x, const float *c, const float *s, int64_t half, bool normalise, float eps) {
  float inverse = 1;
  if (normalise) {
    float squares = 0;
    for (int64_t i = 0; i < 2 * half; ++i) { CT_FAST squares += x[i] * x[i]; }
    inverse = 1.0f / std::sqrt(squares / (2 * half) + eps);
  }
  float *y = x + half;
  for (int64_t i = 0; i < half; ++i) {
    CT_FAST
    const float a = x[i] * inverse, b = y[i] * inverse;
    x[i] = a * c[i] - b * s[i];
    y[i] = a * s[i] + b * c[i];
  }
  return inverse;
}

/// The way back: with t the turned head and g its gradient, inverse times (g − t mean(t g)) turned back; without
/// normalisation g turned back.
CT_AVX2 void turn_back(const float *g, const float *t, const float *c, const float *s, float *d, int64_t half,
                       bool normalise, float inverse) {
  float along = 0;
  if (normalise) {
    for (int64_t i = 0; i < 2 * half; ++i) { CT_FAST along += g[i] * t[i]; }
    along /= 2 * half;
  }
  for (int64_t i = 0; i < half; ++i) {
    CT_FAST
    const float a = (g[i] - along * t[i]) * inverse, b = (g[i + half] - along * t[i + half]) * inverse;
    d[i] = a * c[i] + b * s[i];
    d[i + half] = b * c[i] - a * s[i];
  }
}

CT_AVX2 void add_row(float *sums, const float *row, int64_t n) {
  for (int64_t i = 0; i < n; ++i) { CT_FAST sums[i] += row[i]; }
}

/// A gradient of the attention, whose rows can be walked.
struct Rows {
  Tensor t;
  const float *start;
  int64_t batch, head, token;
  explicit Rows(const Tensor &x) : t(x.stride(3) == 1 ? x : x.contiguous()), start(in(t)) {
    batch = t.stride(0), head = t.stride(1), token = t.stride(2);
  }
  const float *at(int64_t b, int64_t h, int64_t n) const { return start + b * batch + h * head + n * token; }
};

/// q, k and v of a packed projection [rows, 3 width].
std::vector<Tensor> three(const Tensor &packed, int64_t batch, int64_t heads) {
  return plain::split_heads(packed.view({batch, -1, packed.size(1)}), heads);
}

struct RotaryAttention : torch::autograd::Function<RotaryAttention> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &weight, const Tensor &bias, int64_t heads,
                        const Tensor &cosines, const Tensor &sines, bool normalise, double eps) {
    const int64_t batch = x.size(0), tokens = x.size(1), width = weight.size(0) / 3, half = width / heads / 2;
    Tensor packed = product(x, weight, bias), inverses = at::empty({batch * tokens, 2 * heads}, x.options());
    float *rows = out(packed), *factors = out(inverses);
    const float *c = in(cosines), *s = in(sines);
    at::parallel_for(0, batch * tokens, 1 + 8192 / width, [&](int64_t from, int64_t to) {
      for (int64_t r = from; r < to; ++r)
        for (int64_t h = 0; h < 2 * heads; ++h)
          factors[r * 2 * heads + h] = turn(rows + r * 3 * width + h * 2 * half, c + r % tokens * half,
                                            s + r % tokens * half, half, normalise, static_cast<float>(eps));
    });
    auto parts = three(packed, batch, heads);
    auto [o, logsumexp] = at::_scaled_dot_product_flash_attention_for_cpu(parts[0], parts[1], parts[2]);
    ctx->save_for_backward({x, weight, packed, inverses, cosines, sines, o, logsumexp});
    ctx->saved_data["heads"] = heads;
    ctx->saved_data["normalise"] = normalise;
    return o.transpose(1, 2).reshape({batch, tokens, width});
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], &weight = saved[1], &packed = saved[2];
    const int64_t batch = x.size(0), tokens = x.size(1), width = weight.size(0) / 3,
                  heads = ctx->saved_data["heads"].toInt(), size = width / heads, half = size / 2;
    const bool normalise = ctx->saved_data["normalise"].toBool();
    auto parts = three(packed, batch, heads);
    Tensor g = gradients[0].reshape({batch, tokens, heads, size}).transpose(1, 2);
    auto [dq, dk, dv] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
        g, parts[0], parts[1], parts[2], saved[6], saved[7], /*dropout_p=*/0.0, /*is_causal=*/false);
    const Rows of[3] = {Rows(dq), Rows(dk), Rows(dv)};
    Tensor d = at::empty_like(packed);
    Blocks blocks(batch, tokens, 3 * width);
    Tensor sums = blocks.partial_sums(packed);
    const float *turned = in(packed), *factors = in(saved[3]), *c = in(saved[4]), *s = in(saved[5]);
    float *pd = out(d), *ps = out(sums);
    blocks.each([&](int64_t k, int64_t b, int64_t first, int64_t n) {
      float *sum = ps + k * 3 * width;
      std::fill(sum, sum + 3 * width, 0.0f);
      for (int64_t r = first; r < first + n; ++r) {
        const int64_t token = r - b * tokens;
        float *row = pd + r * 3 * width;
        for (int64_t part = 0; part < 2; ++part)
          for (int64_t h = 0; h < heads; ++h) {
            const int64_t place = part * heads + h;
            turn_back(of[part].at(b, h, token), turned + r * 3 * width + place * size, c + token * half,
                      s + token * half, row + place * size, half, normalise, factors[r * 2 * heads + place]);
          }
        for (int64_t h = 0; h < heads; ++h)
          std::copy_n(of[2].at(b, h, token), size, row + 2 * width + h * size);
        add_row(sum, row, 3 * width);
      }
    });
    return {product_gradient_of_input(d, weight).view(x.sizes()), product_gradient_of_weight(d, x),
            sums.view({-1, 3 * width}).sum(0), Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

struct PackedAttention : torch::autograd::Function<PackedAttention> {
  static Tensor forward(AutogradContext *ctx, const Tensor &qkv, int64_t heads) {
    auto parts = plain::split_heads(qkv, heads);
    auto [o, logsumexp] = at::_scaled_dot_product_flash_attention_for_cpu(parts[0], parts[1], parts[2]);
    ctx->save_for_backward({qkv, o, logsumexp});
    ctx->saved_data["heads"] = heads;
    return o.transpose(1, 2).reshape({qkv.size(0), qkv.size(1), qkv.size(2) / 3});
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor &qkv = saved[0];
    const int64_t batch = qkv.size(0), tokens = qkv.size(1), heads = ctx->saved_data["heads"].toInt(),
                  size = qkv.size(2) / (3 * heads);
    auto parts = plain::split_heads(qkv, heads);
    Tensor g = gradients[0].reshape({batch, tokens, heads, size}).transpose(1, 2);
    auto [dq, dk, dv] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
        g, parts[0], parts[1], parts[2], saved[1], saved[2], /*dropout_p=*/0.0, /*is_causal=*/false);
    Tensor packed = at::empty({batch, tokens, 3, heads, size}, qkv.options());
    packed.select(2, 0).copy_(dq.transpose(1, 2));
    packed.select(2, 1).copy_(dk.transpose(1, 2));
    packed.select(2, 2).copy_(dv.transpose(1, 2));
    return {packed.view(qkv.sizes()), Tensor()};
  }
};

/// Cosines or sines, a row of half a head for each token.
bool are_angles(const Tensor &angles, int64_t tokens, int64_t size) {
  return walkable(angles) && angles.dim() == 2 && angles.size(0) == tokens && 2 * angles.size(1) == size;
}
}  // namespace

Tensor ct::attention_packed(const Tensor &qkv, int64_t heads) {
  bool packed = qkv.dim() == 3 && heads > 0 && qkv.size(2) % (3 * heads) == 0;
  return walkable(qkv) && packed ? PackedAttention::apply(qkv, heads) : plain::attention_packed(qkv, heads);
}

std::optional<Tensor> ct::rotary_attention(const Tensor &x, const Tensor &weight, const Tensor &bias, int64_t heads,
                                           const Tensor &cosines, const Tensor &sines, bool normalise, double eps) {
  if (!takes_product(x, weight, bias) || heads < 1 || weight.size(0) % (6 * heads) != 0) return std::nullopt;
  const int64_t size = weight.size(0) / (3 * heads);
  if (!are_angles(cosines, x.size(1), size) || !are_angles(sines, x.size(1), size)) return std::nullopt;
  return RotaryAttention::apply(x, weight, bias, heads, cosines, sines, normalise, eps);
}

ct_tensor ct_attention_packed(ct_tensor qkv, ct_int heads) {
  return result([&] { return ct::attention_packed(*Ref(qkv), heads); });
}
