// On a GPU: x + gate * y, LayerNorm or RMS norm without weights, and modulation, in one pass forward and one back.
// The sum stays float32; what goes into the next product is written in the product's type at once.
#include "fused.h"
#include "kernels.h"
#include <ATen/autocast_mode.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/zeros_like.h>
using namespace ct;
using namespace ct::fused;

at::ScalarType ct::cuda::product_type(const Tensor &t) {
  auto device = t.device().type();
  return at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device) : t.scalar_type();
}

namespace {
bool is_float_or_bfloat(at::ScalarType type) { return type == at::kFloat || type == at::kBFloat16; }

void *address(const Tensor &t) { return t.defined() ? const_cast<void *>(t.const_data_ptr()) : nullptr; }

/// Warps that share a row on the way back.
int64_t warps(int64_t width) {
  const int64_t groups = width / 128;
  for (int64_t n : {1, 2, 3, 4})
    if (groups % n == 0 && groups / n <= 3) return n;
  return groups % 2 == 0 ? 2 : 1;
}

/// The kernel `name` for this width and these types.
void *kernel(const char *name, int64_t width, at::ScalarType type, bool centred, bool residual, const Tensor &on) {
  std::string definitions = "-DWIDTH=" + std::to_string(width) + (type == at::kBFloat16 ? " -DHALF=1" : " -DHALF=0") +
                            (centred ? " -DCENTRED=1" : " -DCENTRED=0") +
                            (residual ? " -DRESIDUAL=1" : " -DRESIDUAL=0") + " -DWARPS=" + std::to_string(warps(width));
  return kernels::function(kernels::norm_source, definitions, name, on.device());
}

struct Shape {
  int64_t batch, tokens, width;
  explicit Shape(const Tensor &x) : batch(x.size(0)), tokens(x.size(1)), width(x.size(2)) {}
};

/// z, h, means and inverses; without gate and y, z is x.
std::vector<Tensor> forward(const Tensor &x, const Tensor &gate, const Tensor &y, const Tensor &shift,
                            const Tensor &scale, at::ScalarType type, double eps, bool centred) {
  const Shape s(x);
  const bool residual = y.defined();
  Tensor z = residual ? at::empty_like(x) : x, h = at::empty(x.sizes(), x.options().dtype(type));
  Tensor means = at::empty({s.batch, s.tokens}, x.options()), inverses = at::empty_like(means);
  const long long rows = s.batch * s.tokens, tokens = s.tokens;
  kernels::run(kernel("forward", s.width, type, centred, residual, x), (rows + 7) / 8, 1, 256, x.device(), address(x),
               address(gate), address(y), address(shift), address(scale), address(z), address(h), address(means),
               address(inverses), rows, tokens, static_cast<float>(eps));
  return {z, h, means, inverses};
}

/// dx, dy, dgate, dshift, dscale and the sum of dy over all rows; those of y and gate only with y.
variable_list backward(const Tensor &gz, const Tensor &gh, const Tensor &z, const Tensor &gate, const Tensor &y,
                       const Tensor &scale, const Tensor &means, const Tensor &inverses, bool centred) {
  const Shape s(z);
  const bool residual = y.defined();
  const int64_t kinds = residual ? 4 : 2;
  // Blocks of 64 rows keep all multiprocessors busy and the sums over blocks short.
  const long long length = 64, tokens = s.tokens, blocks = (tokens + length - 1) / length;
  Tensor dx = at::empty_like(z), dy = residual ? at::empty_like(y) : Tensor();
  Tensor sums = at::empty({s.batch, blocks, kinds, s.width}, z.options());
  kernels::run(kernel("backward", s.width, gh.scalar_type(), centred, residual, z), blocks, s.batch,
               8 / warps(s.width) * warps(s.width) * 32, z.device(),
               address(gz), address(gh), address(z), address(gate), address(y), address(scale), address(means),
               address(inverses), address(dx), address(dy), address(sums), tokens, length);
  auto rows = sums.sum(1).unsqueeze(2).unbind(1);
  if (!residual) return {dx, Tensor(), Tensor(), rows[0], rows[1], Tensor()};
  return {dx, dy, rows[2], rows[0], rows[1], rows[3].sum(at::IntArrayRef({0, 1}))};
}

struct Norm : torch::autograd::Function<Norm> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &shift_, const Tensor &scale_, double eps,
                        bool centred) {
    Tensor shift = shift_.contiguous(), scale = scale_.contiguous();
    auto made = ::forward(x, {}, {}, shift, scale, cuda::product_type(x), eps, centred);
    ctx->save_for_backward({x, scale, made[2], made[3]});
    ctx->saved_data["centred"] = centred;
    return made[1];
  }
  static variable_list backward(AutogradContext *ctx, variable_list g) {
    auto saved = ctx->get_saved_variables();
    auto made = ::backward({}, g[0].contiguous(), saved[0], {}, {}, saved[1], saved[2], saved[3],
                           ctx->saved_data["centred"].toBool());
    return {made[0], made[3], made[4], Tensor(), Tensor()};
  }
};

struct GateAddNorm : torch::autograd::Function<GateAddNorm> {
  static variable_list forward(AutogradContext *ctx, const Tensor &x, const Tensor &gate_, const Tensor &y,
                               const Tensor &, const Tensor &shift_, const Tensor &scale_, double eps, bool centred) {
    Tensor gate = gate_.contiguous(), shift = shift_.contiguous(), scale = scale_.contiguous();
    auto made = ::forward(x, gate, y, shift, scale, y.scalar_type(), eps, centred);
    ctx->save_for_backward({made[0], gate, y, scale, made[2], made[3]});
    ctx->saved_data["centred"] = centred;
    ctx->set_materialize_grads(false);
    return {made[0], made[1]};
  }
  static variable_list backward(AutogradContext *ctx, variable_list g) {
    auto saved = ctx->get_saved_variables();
    Tensor gz = g[0].defined() ? g[0].contiguous() : g[0];
    Tensor gh = g[1].defined() ? g[1].to(saved[2].scalar_type()).contiguous() : at::zeros_like(saved[2]);
    auto made = ::backward(gz, gh, saved[0], saved[1], saved[2], saved[3], saved[4], saved[5],
                           ctx->saved_data["centred"].toBool());
    return {made[0], made[2], made[1], made[5], made[3], made[4], Tensor(), Tensor()};
  }
};
}  // namespace

Tensor ct::cuda::product(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  return at::linear(x, weight, bias.detach());
}

bool ct::cuda::takes_norm(const Tensor &x, at::ArrayRef<Tensor> rows) {
  if (x.dim() != 3 || x.numel() == 0 || !x.is_contiguous() || x.size(2) % 128 != 0 || x.size(2) > 2048) return false;
  if (!is_float_or_bfloat(x.scalar_type()) || !is_float_or_bfloat(product_type(x))) return false;
  for (const Tensor &row : rows)
    if (!row.is_cuda() || row.scalar_type() != at::kFloat || row.dim() != 3 || row.size(0) != x.size(0) ||
        row.size(1) != 1 || row.size(2) != x.size(2))
      return false;
  return kernels::supported(x.device());
}

Tensor ct::cuda::norm_modulate(const Tensor &x, const Tensor &shift, const Tensor &scale, double eps, bool centred) {
  return Norm::apply(x.to(at::kFloat), shift, scale, eps, centred);
}

std::vector<Tensor> ct::cuda::gate_add_norm(const Tensor &x, const Tensor &gate, const Tensor &y, const Tensor &bias,
                                            const Tensor &shift, const Tensor &scale, double eps, bool centred) {
  return GateAddNorm::apply(x.to(at::kFloat), gate, y.contiguous(), bias, shift, scale, eps, centred);
}
