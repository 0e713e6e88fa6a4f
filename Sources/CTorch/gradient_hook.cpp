// Calls of the caller's own while gradients are being taken.
#include "handle.h"
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
using namespace ct;

namespace {
struct Hook : torch::autograd::PostAccumulateGradHook {
  ct_call call;
  void *context;
  Hook(ct_call call, void *context) : call(call), context(context) {}
  void operator()(const torch::autograd::Variable &) override { call(context); }
};
}  // namespace

int ct_on_gradient(ct_tensor leaf, ct_call call, void *context) {
  return guard<int>(-1, [&] {
    torch::autograd::impl::set_post_acc_grad_hooks(*Ref(leaf), call ? std::make_unique<Hook>(call, context) : nullptr);
    return 0;
  });
}
