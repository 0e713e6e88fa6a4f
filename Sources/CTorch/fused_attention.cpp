// Self-attention on the packed projection. The gradients of q, k and v are written straight into one packed
// tensor; the plain form makes three tensors and joins them.
#include "fused.h"
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward.h>
using namespace ct;
using namespace ct::fused;

namespace {
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
}  // namespace

Tensor ct::attention_packed(const Tensor &qkv, int64_t heads) {
  bool packed = qkv.dim() == 3 && heads > 0 && qkv.size(2) % (3 * heads) == 0;
  return walkable(qkv) && packed ? PackedAttention::apply(qkv, heads) : plain::attention_packed(qkv, heads);
}

ct_tensor ct_attention_packed(ct_tensor qkv, ct_int heads) {
  return result([&] { return ct::attention_packed(*Ref(qkv), heads); });
}
