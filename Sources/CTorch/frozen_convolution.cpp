// Convolutions of networks that learn no more: on the processor the weights are laid out once as oneDNN wants
// them, and ReLU runs in the pass of the convolution.
#include "handle.h"
#include <ATen/Context.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/convolution.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>
#include <ATen/ops/mkldnn_reorder_conv3d_weight.h>
#include <ATen/ops/relu.h>
using namespace ct;

namespace {
using Scalars = c10::List<std::optional<at::Scalar>>;
using Pointwise = Tensor(const Tensor &, const Tensor &, const std::optional<Tensor> &, at::IntArrayRef, at::IntArrayRef,
                         at::IntArrayRef, int64_t, std::string_view, Scalars, std::optional<std::string_view>);

// libtorch has no header for this operator; a build without oneDNN does not have it.
const std::optional<c10::TypedOperatorHandle<Pointwise>> &pointwise() {
  static const auto handle = []() -> std::optional<c10::TypedOperatorHandle<Pointwise>> {
    auto found = c10::Dispatcher::singleton().findSchema({"mkldnn::_convolution_pointwise", ""});
    if (!found) return std::nullopt;
    return found->typed<Pointwise>();
  }();
  return handle;
}

const int64_t ones[3] = {1, 1, 1}, zeros[3] = {0, 0, 0};
}  // namespace

ct_tensor ct_frozen_weight(ct_tensor weight, const ct_int *stride, const ct_int *padding, size_t n,
                           const ct_int *input, size_t rank) {
  return result([&] {
    Ref w(weight);
    TORCH_CHECK((n == 2 || n == 3) && w->dim() == static_cast<int64_t>(n) + 2 && rank == n + 2, "a convolution over ", n,
                " dimensions, weights ", w->sizes(), " and inputs of ", rank, " dimensions do not go together");
    bool packs = w->is_cpu() && w->scalar_type() == at::kFloat && at::globalContext().userEnabledMkldnn() && pointwise();
    if (!packs) return w->contiguous();
    auto pack = n == 2 ? at::mkldnn_reorder_conv2d_weight : at::mkldnn_reorder_conv3d_weight;
    return pack(w->contiguous().to_mkldnn(), dims(padding, n), dims(stride, n), {ones, n}, 1, dims(input, rank));
  });
}
ct_tensor ct_frozen_convolution(ct_tensor x, ct_tensor weight, ct_tensor bias, const ct_int *stride,
                                const ct_int *padding, size_t n, bool relu) {
  return result([&] {
    Ref a(x), w(weight), b(bias);
    if (w->is_mkldnn())
      return pointwise()->call(*a, *w, b.optional(), dims(padding, n), dims(stride, n), {ones, n}, 1,
                               relu ? "relu" : "none", Scalars(), "");
    Tensor y = at::convolution(*a, *w, b.optional(), dims(stride, n), dims(padding, n), {ones, n}, false, {zeros, n}, 1);
    return relu ? y.relu_() : y;
  });
}
