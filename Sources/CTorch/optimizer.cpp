#include "handle.h"
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_fused_adamw.h>
using namespace ct;

int ct_adamw_(const ct_tensor *p, const ct_tensor *exp_avg, const ct_tensor *exp_avg_sq, const ct_tensor *steps,
              size_t n, double lr, double beta1, double beta2, double weight_decay, double eps) {
  return act([&] {
    std::vector<Tensor> params, grads, first, second, counts;
    for (size_t i = 0; i < n; ++i) {
      Ref parameter(p[i]);
      if (!parameter->grad().defined()) continue;
      params.push_back(*parameter);
      grads.push_back(parameter->grad());
      first.push_back(*Ref(exp_avg[i]));
      second.push_back(*Ref(exp_avg_sq[i]));
      counts.push_back(*Ref(steps[i]));
    }
    if (params.empty()) return;
    at::_foreach_add_(counts, at::Scalar(1));
    at::_fused_adamw_(params, grads, first, second, /*max_exp_avg_sqs=*/{}, counts, lr, beta1, beta2, weight_decay,
                      eps, /*amsgrad=*/false, /*maximize=*/false);
  });
}
