// x Wᵀ + b and its gradients without a record, for nodes that contain a product.
#include "product.h"
#include "fused.h"
#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/List.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/mm.h>
#include <cstdlib>
#include <string>
using namespace ct;

namespace {
using Scalars = c10::List<std::optional<at::Scalar>>;
using Pack = Tensor(const Tensor &, std::optional<c10::SymInt>);
using Pointwise = Tensor(const Tensor &, const Tensor &, const std::optional<Tensor> &, std::string_view, Scalars,
                         std::optional<std::string_view>);

/// oneDNN's product with a weight that was laid out for it. libtorch has no header for these operators; a build
/// without oneDNN does not have them.
struct OneDNN {
  std::optional<c10::TypedOperatorHandle<Pack>> pack;
  std::optional<c10::TypedOperatorHandle<Pointwise>> product;

  OneDNN() {
    if (!wanted() || !at::globalContext().userEnabledMkldnn()) return;
    auto &dispatcher = c10::Dispatcher::singleton();
    auto reorder = dispatcher.findSchema({"mkldnn::_reorder_linear_weight", ""});
    auto pointwise = dispatcher.findSchema({"mkldnn::_linear_pointwise", ""});
    if (!reorder || !pointwise) return;
    pack = reorder->typed<Pack>();
    product = pointwise->typed<Pointwise>();
  }

  /// MKL, which libtorch otherwise uses, has no AVX-512 product for AMD's processors: there oneDNN takes 12 % less
  /// time. Elsewhere they are equally fast. PHYWORLD_PRODUCTS=mkl or onednn is for measuring that again.
  static bool wanted() {
    if (const char *choice = std::getenv("PHYWORLD_PRODUCTS")) return std::string(choice) == "onednn";
#if defined(__x86_64__)
    return __builtin_cpu_is("amd") && __builtin_cpu_supports("avx512f");
#else
    return false;
#endif
  }

  /// Whether laying out a weight and starting oneDNN costs little beside so large a product.
  bool takes(int64_t rows, int64_t inputs, int64_t outputs) const {
    return product && rows >= 512 && inputs >= 128 && outputs >= 128;
  }
};

const OneDNN &onednn() {
  static const OneDNN found;
  return found;
}

Tensor flat(const Tensor &x) { return x.dim() == 2 ? x : x.reshape({-1, x.size(-1)}); }

Tensor packed_product(const Tensor &x, const Tensor &weight, const std::optional<Tensor> &bias) {
  Tensor packed = onednn().pack->call(weight, c10::SymInt(x.size(0)));
  return onednn().product->call(x, packed, bias, "none", Scalars(), "");
}
}  // namespace

bool ct::takes_product(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  return fused::walkable(x) && fused::walkable(weight) && fused::walkable(bias) && x.dim() == 3 && weight.dim() == 2 &&
         bias.dim() == 1 && x.size(2) == weight.size(1) && weight.size(0) == bias.size(0) &&
         cuda::product_type(x) == at::kFloat;
}

Tensor ct::product(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  const Tensor rows = flat(x);
  return onednn().takes(rows.size(0), weight.size(1), weight.size(0)) ? packed_product(rows, weight, bias)
                                                                      : at::addmm(bias, rows, weight.t());
}

Tensor ct::product_gradient_of_input(const Tensor &g, const Tensor &weight) {
  const Tensor rows = flat(g);
  return onednn().takes(rows.size(0), weight.size(0), weight.size(1))
             ? packed_product(rows, weight.t().contiguous(), std::nullopt)
             : at::mm(rows, weight);
}

Tensor ct::product_gradient_of_weight(const Tensor &g, const Tensor &x) { return at::mm(flat(g).t(), flat(x)); }
