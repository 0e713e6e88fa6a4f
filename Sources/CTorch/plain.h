// The unfused forms, out of ordinary operators: the meaning of each fused operator and its fallback.
#pragma once
#include "handle.h"
#include <ATen/TensorOperators.h>
#include <ATen/ops/add.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/scaled_dot_product_attention.h>

namespace ct::plain {
inline Tensor gelu(const Tensor &x) { return at::gelu(x, "tanh"); }

inline Tensor norm_modulate(const Tensor &x, const Tensor &shift, const Tensor &scale, double eps, bool centred) {
  TORCH_CHECK(x.dim() > 0, "normalisation needs at least one dimension");
  Tensor y = centred ? at::layer_norm(x, {x.size(-1)}, {}, {}, eps) : at::rms_norm(x, {x.size(-1)}, {}, eps);
  return y * (scale + 1) + shift;
}

inline Tensor gate_add(const Tensor &x, const Tensor &gate, const Tensor &y) { return x + gate * y; }

/// qkv [batch, tokens, 3 * width] to q, k and v, each [batch, heads, tokens, width / heads].
inline std::vector<Tensor> split_heads(const Tensor &qkv, int64_t heads) {
  TORCH_CHECK(qkv.dim() == 3 && heads > 0 && qkv.size(2) % (3 * heads) == 0, "packed attention with ", heads,
              " heads needs [batch, tokens, 3 * heads * size], got ", qkv.sizes());
  int64_t size = qkv.size(2) / (3 * heads);
  return qkv.reshape({qkv.size(0), qkv.size(1), 3, heads, size}).permute({2, 0, 3, 1, 4}).unbind(0);
}

inline Tensor attention_packed(const Tensor &qkv, int64_t heads) {
  auto parts = split_heads(qkv, heads);
  Tensor o = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
  return o.transpose(1, 2).reshape({qkv.size(0), qkv.size(1), qkv.size(2) / 3});
}
}  // namespace ct::plain
