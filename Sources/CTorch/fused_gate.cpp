// x + gate * y with one gate row per batch, in one pass.
#include "fused.h"
#include <ATen/ops/linear.h>
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

Tensor ct::gate_add(const Tensor &x, const Tensor &gate, const Tensor &y) {
  if (walkable(x) && walkable(y) && x.dim() == 3 && x.sizes() == y.sizes() && is_row_of(gate, x))
    return GateAdd::apply(x, gate, y);
  return plain::gate_add(x, gate, y);
}

ct_tensor ct_gate_add(ct_tensor x, ct_tensor gate, ct_tensor y) {
  return result([&] { return ct::gate_add(*Ref(x), *Ref(gate), *Ref(y)); });
}
int ct_linear_gate_add_norm(ct_tensor x, ct_tensor gate, ct_tensor input, ct_tensor weight, ct_tensor bias,
                            ct_tensor shift, ct_tensor scale, double eps, bool centred, ct_tensor *out) {
  return guard<int>(-1, [&] {
    Ref a(x), g(gate), i(input), w(weight), b(bias), c(shift), d(scale);
    std::vector<Tensor> both;
    if (a->is_cuda() && cuda::takes_norm(*a, {*g, *c, *d}) && i->dim() == 3 && w->size(0) == a->size(2)) {
      both = cuda::gate_add_norm(*a, *g, cuda::product(*i, *w, *b), *b, *c, *d, eps, centred);
    } else if (auto one = ct::linear_gate_add_norm(*a, *g, *i, *w, *b, *c, *d, eps, centred)) {
      both = std::move(*one);
    } else {
      Tensor sum = ct::gate_add(*a, *g, at::linear(*i, *w, *b));
      both = {sum, ct::norm_modulate(sum, *c, *d, eps, centred)};
    }
    out[0] = own(std::move(both[0]));
    out[1] = own(std::move(both[1]));
    return 0;
  });
}
