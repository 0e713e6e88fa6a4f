// On a GPU: tanh GELU after a product; on the way back one pass for its gradient and that of the product's bias.
#include "fused.h"
#include "kernels.h"
#include <ATen/autocast_mode.h>
#include <ATen/ops/_addmm_activation.h>
using namespace ct;
using namespace ct::fused;

namespace {
void *address(const Tensor &t) { return const_cast<void *>(t.const_data_ptr()); }

struct BiasGelu : torch::autograd::Function<BiasGelu> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &) {
    ctx->save_for_backward({x});
    return at::gelu(x, "tanh");
  }
  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    const Tensor x = ctx->get_saved_variables()[0], g = gradients[0].contiguous();
    const long long columns = x.size(-1), rows = x.numel() / columns, length = 64;
    const long long chunks = (rows + length - 1) / length;
    Tensor dx = at::empty_like(x), sums = at::empty({chunks, columns}, x.options().dtype(at::kFloat));
    void *kernel = kernels::function(kernels::gelu_source, "-DGELU", "backward", x.device());
    kernels::run(kernel, columns / 512, chunks, 64, x.device(), address(g), address(x), address(dx), address(sums),
                 rows, columns, length);
    return {dx, sums.sum(0)};
  }
};
}  // namespace

bool ct::cuda::takes_gelu(const Tensor &x, const Tensor &weight) {
  return x.numel() > 0 && weight.dim() == 2 && weight.size(0) % 512 == 0 && product_type(x) == at::kBFloat16 &&
         kernels::supported(x.device());
}

Tensor ct::cuda::linear_gelu(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  if (at::GradMode::is_enabled()) return BiasGelu::apply(product(x, weight, bias).contiguous(), bias);
  // Nobody will ask for the product itself: bias and GELU are taken on its way out of the matrix units.
  auto rounded = [](const Tensor &t) { return at::autocast::cached_cast(at::kBFloat16, t, at::kCUDA); };
  std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end() - 1);
  shape.push_back(weight.size(0));
  return at::_addmm_activation(rounded(bias), rounded(x).reshape({-1, x.size(-1)}), rounded(weight).t(), 1, 1,
                               /*use_gelu=*/true)
      .view(shape);
}
