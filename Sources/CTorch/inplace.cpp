#include "handle.h"
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_lerp.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/TensorOperators.h>
using namespace ct;

int ct_copy_(ct_tensor a, ct_tensor from) { return act([&] { Ref(a)->copy_(*Ref(from)); }); }
int ct_add_(ct_tensor a, ct_tensor b, double alpha) { return act([&] { Ref(a)->add_(*Ref(b), alpha); }); }
int ct_mul_scalar_(ct_tensor a, double s) { return act([&] { Ref t(a); t->mul_(scalar(*t, s)); }); }
int ct_lerp_(ct_tensor a, ct_tensor b, double weight) { return act([&] { Ref(a)->lerp_(*Ref(b), weight); }); }
int ct_fill_(ct_tensor a, double value) { return act([&] { Ref t(a); t->fill_(scalar(*t, value)); }); }

int ct_foreach_lerp_(const ct_tensor *a, const ct_tensor *b, size_t n, double weight) {
  return act([&] { if (n) at::_foreach_lerp_(list(a, n), list(b, n), at::Scalar(weight)); });
}
int ct_foreach_add_(const ct_tensor *a, const ct_tensor *b, size_t n, double alpha) {
  return act([&] { if (n) at::_foreach_add_(list(a, n), list(b, n), at::Scalar(alpha)); });
}
int ct_foreach_mul_(const ct_tensor *a, size_t n, double s) {
  return act([&] { if (n) at::_foreach_mul_(list(a, n), at::Scalar(s)); });
}

namespace {
std::vector<Tensor> grads(const ct_tensor *parameters, size_t n) {
  std::vector<Tensor> found;
  for (size_t i = 0; i < n; ++i) {
    Ref p(parameters[i]);
    if (p->grad().defined()) found.push_back(p->grad());
  }
  return found;
}
}  // namespace

int ct_grad_norm(const ct_tensor *parameters, size_t n, double *out) {
  return act([&] {
    auto found = grads(parameters, n);
    *out = found.empty() ? 0 : at::linalg_vector_norm(at::stack(at::_foreach_norm(found))).item().toDouble();
  });
}
ct_tensor ct_clip_grads_(const ct_tensor *parameters, size_t n, double max_norm) {
  return result([&]() -> Tensor {
    at::NoGradGuard no_grad;
    auto found = grads(parameters, n);
    if (found.empty()) return at::zeros({});
    Tensor norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(found)));
    at::_foreach_mul_(found, (max_norm / (norm + 1e-6)).clamp_max(1.0));
    return norm;
  });
}
int ct_scale_grads_(const ct_tensor *parameters, size_t n, double s) {
  return act([&] {
    auto found = grads(parameters, n);
    if (!found.empty()) at::_foreach_mul_(found, at::Scalar(s));
  });
}
