// What the fused kernels share: when they may run, and how they walk over memory.
#pragma once
#include "plain.h"
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <algorithm>
#include <optional>
#include <torch/csrc/autograd/custom_function.h>

#if defined(__x86_64__)
// The library is built for any x86-64; only these functions use AVX2, after supported() has said yes.
#define CT_AVX2 __attribute__((target("avx2,fma")))
#else
#define CT_AVX2
#endif
// Sums may be taken in vector order and products fused: inside a loop body, at its start.
#define CT_FAST _Pragma("clang fp reassociate(on) contract(fast)")

namespace ct::fused {
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

inline bool supported() {
#if defined(__x86_64__)
  static const bool yes = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return yes;
#else
  return false;
#endif
}

inline bool is_plain_float(const Tensor &t) { return t.device().is_cpu() && t.scalar_type() == at::kFloat; }

/// A tensor that a kernel can walk from start to end.
inline bool walkable(const Tensor &t) {
  return supported() && is_plain_float(t) && t.is_contiguous() && t.numel() > 0;
}

/// One row for each batch of x [batch, tokens, width]: [batch, 1, width].
inline bool is_row_of(const Tensor &row, const Tensor &x) {
  return is_plain_float(row) && row.dim() == 3 && row.size(0) == x.size(0) && row.size(1) == 1 &&
         row.size(2) == x.size(2);
}

inline const float *in(const Tensor &t) { return static_cast<const float *>(t.const_data_ptr()); }
inline float *out(const Tensor &t) { return static_cast<float *>(t.mutable_data_ptr()); }

/// Rows of [batch, tokens, width] in blocks of one batch each. The blocks do not depend on the number of
/// threads, so sums over rows are the same for every number.
struct Blocks {
  static constexpr int64_t length = 64;
  int64_t batch, tokens, width, per_batch = (tokens + length - 1) / length;
  explicit Blocks(const Tensor &x) : Blocks(x.size(0), x.size(1), x.size(2)) {}
  Blocks(int64_t batch, int64_t tokens, int64_t width) : batch(batch), tokens(tokens), width(width) {}
  int64_t count() const { return batch * per_batch; }

  /// Calls body(block, batch, first row of all, rows) for every block, in parallel.
  template <class F> void each(F &&body) const {
    int64_t grain = 1 + 16384 / (std::min(length, tokens) * width);
    at::parallel_for(0, count(), grain, [&](int64_t from, int64_t to) {
      for (int64_t k = from; k < to; ++k) {
        int64_t b = k / per_batch, row = (k % per_batch) * length;
        body(k, b, b * tokens + row, std::min(length, tokens - row));
      }
    });
  }
  /// Room for one row of sums per block, and their sum over the blocks of a batch as [batch, 1, width].
  Tensor partial_sums(const Tensor &like) const { return at::empty({batch, per_batch, width}, like.options()); }
  static Tensor total(const Tensor &partial) { return partial.size(1) == 1 ? partial : partial.sum(1, true); }
};
}  // namespace ct::fused

namespace ct {
// Each picks the one-pass form for these tensors, on the processor or on a GPU, or the plain one.
Tensor norm_modulate(const Tensor &x, const Tensor &shift, const Tensor &scale, double eps, bool centred);
Tensor gate_add(const Tensor &x, const Tensor &gate, const Tensor &y);
Tensor attention_packed(const Tensor &qkv, int64_t heads);

Tensor gelu_fast(const Tensor &x);

// Nodes that contain a product, on the processor in single precision; nothing where the tensors do not allow it.
std::optional<Tensor> rotary_attention(const Tensor &x, const Tensor &weight, const Tensor &bias, int64_t heads,
                                       const Tensor &cosines, const Tensor &sines, bool normalise, double eps);
std::optional<std::vector<Tensor>> linear_gate_add_norm(const Tensor &x, const Tensor &gate, const Tensor &input,
                                                        const Tensor &weight, const Tensor &bias, const Tensor &shift,
                                                        const Tensor &scale, double eps, bool centred);

// On a GPU. Where an operator follows a product, `bias` is the product's: its value is in the product already, and
// its gradient, a sum over rows that pass through the operator's kernel anyway, is taken there.
namespace cuda {
/// The type that products have now: autocast's where it is on, else the tensor's own.
at::ScalarType product_type(const Tensor &t);
/// x Wᵀ + b, where the gradient of b is another operator's affair.
Tensor product(const Tensor &x, const Tensor &weight, const Tensor &bias);

/// Whether the kernels take x [batch, tokens, width] with these rows, one per batch.
bool takes_norm(const Tensor &x, at::ArrayRef<Tensor> rows);
Tensor norm_modulate(const Tensor &x, const Tensor &shift, const Tensor &scale, double eps, bool centred);
/// x + gate * y, and that normalised and modulated.
std::vector<Tensor> gate_add_norm(const Tensor &x, const Tensor &gate, const Tensor &y, const Tensor &bias,
                                  const Tensor &shift, const Tensor &scale, double eps, bool centred);
/// Whether the kernel takes products with this weight [columns, …].
bool takes_gelu(const Tensor &x, const Tensor &weight);
Tensor linear_gelu(const Tensor &x, const Tensor &weight, const Tensor &bias);
}  // namespace cuda
}  // namespace ct
