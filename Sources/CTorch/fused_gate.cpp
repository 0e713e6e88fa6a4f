// x + gate * y with one gate row per batch, in one pass.
#include "fused.h"
using namespace ct;
using namespace ct::fused;

namespace {
CT_AVX2 void forward_rows(const float *x, const float *gate, const float *y, float *z, int64_t rows, int64_t width) {
  for (int64_t r = 0; r < rows; ++r, x += width, y += width, z += width)
    for (int64_t i = 0; i < width; ++i) { CT_FAST z[i] = x[i] + gate[i] * y[i]; }
}

CT_AVX2 void backward_rows(const float *g, const float *gate, const float *y, float *dy, float *dgate, int64_t rows,
                           int64_t width) {
  std::fill(dgate, dgate + width, 0.0f);
  for (int64_t r = 0; r < rows; ++r, g += width, y += width, dy += width)
    for (int64_t i = 0; i < width; ++i) {
      CT_FAST
      dy[i] = g[i] * gate[i];
      dgate[i] += g[i] * y[i];
    }
}

struct GateAdd : torch::autograd::Function<GateAdd> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &gate_, const Tensor &y) {
    Tensor gate = gate_.contiguous(), z = at::empty_like(x);
    Blocks blocks(x);
    const int64_t w = blocks.width;
    const float *px = in(x), *pg = in(gate), *py = in(y);
    float *pz = out(z);
    blocks.each([&](int64_t, int64_t b, int64_t row, int64_t n) {
      forward_rows(px + row * w, pg + b * w, py + row * w, pz + row * w, n, w);
    });
    ctx->save_for_backward({gate, y});
    return z;
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    const Tensor g = gradients[0].contiguous(), &gate = saved[0], &y = saved[1];
    Blocks blocks(y);
    const int64_t w = blocks.width;
    Tensor dy = at::empty_like(y), gates = blocks.partial_sums(y);
    const float *pg = in(g), *pgate = in(gate), *py = in(y);
    float *pdy = out(dy), *pdg = out(gates);
    blocks.each([&](int64_t k, int64_t b, int64_t row, int64_t n) {
      backward_rows(pg + row * w, pgate + b * w, py + row * w, pdy + row * w, pdg + k * w, n, w);
    });
    return {gradients[0], Blocks::total(gates), dy};
  }
};
}  // namespace

ct_tensor ct_gate_add(ct_tensor x, ct_tensor gate, ct_tensor y) {
  return result([&] {
    Ref a(x), b(gate), c(y);
    if (walkable(*a) && walkable(*c) && a->dim() == 3 && a->sizes() == c->sizes() && is_row_of(*b, *a))
      return GateAdd::apply(*a, *b, *c);
    return plain::gate_add(*a, *b, *c);
  });
}
