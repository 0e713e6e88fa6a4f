// On a GPU: self-attention of a packed projection whose queries and keys are normalised and turned on the way.
#include "fused.h"
#include "kernels.h"
#include <ATen/ops/_scaled_dot_product_cudnn_attention.h>
#include <ATen/ops/_scaled_dot_product_cudnn_attention_backward.h>
#include <ATen/ops/_scaled_dot_product_flash_attention.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_backward.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/linear.h>
#include <cstdlib>
using namespace ct;
using namespace ct::fused;

namespace {
constexpr float epsilon = 1e-6f;

/// Whether cuDNN computes the attention, else the flash kernels of libtorch. On an H100 training steps are 6 to 11 %
/// shorter with cuDNN; PHYWORLD_ATTENTION=flash is for measuring that again.
bool with_cudnn() {
  static const bool yes = [] {
    const char *choice = std::getenv("PHYWORLD_ATTENTION");
    return !choice || std::string(choice) == "cudnn";
  }();
  return yes;
}

/// Threads that share a head.
int64_t lanes(int64_t size) {
  int64_t n = 1;
  while (n * 8 < size) n *= 2;
  return n;
}

void *kernel(const char *name, int64_t size, bool normalise, const Tensor &on) {
  std::string definitions = "-DSIZE=" + std::to_string(size) + " -DLANES=" + std::to_string(lanes(size)) +
                            (normalise ? " -DNORMALISE=1" : " -DNORMALISE=0");
  return kernels::function(kernels::rotary_source, definitions, name, on.device());
}

void *address(const Tensor &t) { return const_cast<void *>(t.const_data_ptr()); }

struct RotaryAttention : torch::autograd::Function<RotaryAttention> {
  static Tensor forward(AutogradContext *ctx, const Tensor &qkv, int64_t heads, const Tensor &cosines,
                        const Tensor &sines, bool normalise, const Tensor &) {
    const int64_t batch = qkv.size(0), tokens = qkv.size(1), width = qkv.size(2) / 3, size = width / heads;
    const long long rows = batch * tokens, length = tokens;
    Tensor q = at::empty({batch, tokens, heads, size}, qkv.options()), k = at::empty_like(q);
    kernels::run(kernel("forward", size, normalise, qkv), (rows * 2 * heads * lanes(size) + 255) / 256, 1, 256, qkv.device(),
                 address(qkv), address(cosines), address(sines), address(q), address(k), rows, length,
                 static_cast<int>(heads), epsilon);
    Tensor v = qkv.view({batch, tokens, 3, heads, size}).select(2, 2).transpose(1, 2);
    q = q.transpose(1, 2);
    k = k.transpose(1, 2);
    auto made = with_cudnn() ? at::_scaled_dot_product_cudnn_attention(q, k, v, {}, /*compute_log_sumexp=*/true)
                             : at::_scaled_dot_product_flash_attention(q, k, v);
    auto &[o, logsumexp, q_lengths, k_lengths, q_longest, k_longest, seed, offset, debug] = made;
    ctx->save_for_backward({qkv, cosines, sines, q, k, o, logsumexp, q_lengths, k_lengths, seed, offset});
    ctx->saved_data["heads"] = heads;
    ctx->saved_data["normalise"] = normalise;
    ctx->saved_data["q_longest"] = q_longest.expect_int();
    ctx->saved_data["k_longest"] = k_longest.expect_int();
    return o.transpose(1, 2).reshape({batch, tokens, width});
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor &qkv = saved[0], &q = saved[3], &k = saved[4], &o = saved[5];
    const int64_t batch = qkv.size(0), tokens = qkv.size(1), heads = ctx->saved_data["heads"].toInt(),
                  size = qkv.size(2) / (3 * heads);
    const bool normalise = ctx->saved_data["normalise"].toBool();
    const int64_t q_longest = ctx->saved_data["q_longest"].toInt(), k_longest = ctx->saved_data["k_longest"].toInt();
    Tensor v = qkv.view({batch, tokens, 3, heads, size}).select(2, 2).transpose(1, 2);
    Tensor g = gradients[0].contiguous().view({batch, tokens, heads, size}).transpose(1, 2);
    auto [dq, dk, dv] =
        with_cudnn()
            ? at::_scaled_dot_product_cudnn_attention_backward(g, q, k, v, o, saved[6], saved[9], saved[10], Tensor(),
                                                               saved[7], saved[8], q_longest, k_longest, 0.0, false)
            : at::_scaled_dot_product_flash_attention_backward(g, q, k, v, o, saved[6], saved[7], saved[8], q_longest,
                                                               k_longest, 0.0, false, saved[9], saved[10]);
    for (Tensor *t : {&dq, &dk, &dv})
      if (t->stride(3) != 1) *t = t->contiguous();
    Tensor d = at::empty_like(qkv);
    const long long rows = batch * tokens, count = tokens, length = 32, chunks = (rows + length - 1) / length;
    Tensor sums = at::empty({chunks, qkv.size(2)}, qkv.options().dtype(at::kFloat));
    const int64_t wanted = 3 * heads * lanes(size), blocks = (wanted + 255) / 256,
                  threads = ((wanted + blocks - 1) / blocks + 31) / 32 * 32;
    auto stride = [](const Tensor &t, int64_t dim) { return static_cast<long long>(t.stride(dim)); };
    kernels::run(kernel("backward", size, normalise, qkv), blocks, chunks, static_cast<unsigned>(threads),
                 qkv.device(), address(qkv), address(saved[1]), address(saved[2]), address(dq), address(dk),
                 address(dv), stride(dq, 0), stride(dq, 1), stride(dq, 2), stride(dk, 0), stride(dk, 1),
                 stride(dk, 2), stride(dv, 0), stride(dv, 1), stride(dv, 2), address(d), address(sums), rows, count,
                 length, static_cast<int>(heads), epsilon);
    return {d, Tensor(), Tensor(), Tensor(), Tensor(), sums.sum(0)};
  }
};

bool takes(const Tensor &x, const Tensor &weight, int64_t heads, const Tensor &cosines, const Tensor &sines) {
  if (!x.is_cuda() || x.dim() != 3 || x.numel() == 0 || heads < 1 || weight.size(0) % (3 * heads) != 0 ||
      cuda::product_type(x) != at::kBFloat16)
    return false;
  int64_t size = weight.size(0) / (3 * heads);
  for (const Tensor *t : {&cosines, &sines})
    if (!t->is_cuda() || t->scalar_type() != at::kFloat || !t->is_contiguous() || t->dim() != 2 ||
        t->size(0) != x.size(1) || t->size(1) != size / 2)
      return false;
  return size % 8 == 0 && size <= 256 && kernels::supported(x.device());
}

/// What comes before the attention, out of ordinary operators.
Tensor turned(const Tensor &qkv, int64_t heads, const Tensor &cosines, const Tensor &sines, bool normalise) {
  TORCH_CHECK(qkv.dim() == 3 && heads > 0 && qkv.size(2) % (6 * heads) == 0, "attention with ", heads,
              " heads needs [batch, tokens, 3 * heads * size] with an even size, got ", qkv.sizes());
  const int64_t batch = qkv.size(0), tokens = qkv.size(1), size = qkv.size(2) / (3 * heads);
  Tensor split = qkv.view({batch, tokens, 3, heads, size}), qk = split.narrow(2, 0, 2);
  if (normalise) qk = at::rms_norm(qk, {size}, {}, epsilon);
  auto halves = qk.chunk(2, -1);
  Tensor c = cosines.view({tokens, 1, 1, size / 2}), s = sines.view({tokens, 1, 1, size / 2});
  Tensor both = at::cat({(halves[0] * c).addcmul(halves[1], s, -1), (halves[0] * s).addcmul(halves[1], c)}, -1);
  return at::cat({both, split.narrow(2, 2, 1)}, 2).view(qkv.sizes());
}
}  // namespace

ct_tensor ct_linear_rotary_attention(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_int heads, ct_tensor cosines,
                                     ct_tensor sines, bool normalise) {
  return result([&] {
    Ref a(x), w(weight), b(bias), c(cosines), s(sines);
    if (takes(*a, *w, heads, *c, *s)) {
      Tensor qkv = cuda::product(*a, *w, *b).contiguous();
      return RotaryAttention::apply(qkv, heads, *c, *s, normalise, *b);
    }
    if (auto made = rotary_attention(*a, *w, *b, heads, *c, *s, normalise, epsilon)) return std::move(*made);
    return attention_packed(turned(at::linear(*a, *w, *b), heads, *c, *s, normalise), heads);
  });
}
