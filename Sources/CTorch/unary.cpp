#include "handle.h"
#include <ATen/ops/abs.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/floor.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/log.h>
#include <ATen/ops/logical_not.h>
#include <ATen/ops/neg.h>
#include <ATen/ops/reciprocal.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/round.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/square.h>
#include <ATen/ops/tanh.h>
using namespace ct;

#define CT_DEFINE(name) \
  ct_tensor ct_##name(ct_tensor a) { return result([&] { return at::name(*Ref(a)); }); }
CT_UNARY(CT_DEFINE)

ct_tensor ct_gelu(ct_tensor a, bool tanh) {
  return result([&] { return at::gelu(*Ref(a), tanh ? "tanh" : "none"); });
}
ct_tensor ct_softmax(ct_tensor a, ct_int dim) {
  return result([&] { return at::softmax(*Ref(a), dim); });
}
ct_tensor ct_clamp(ct_tensor a, const double *low, const double *high) {
  return result([&] {
    Ref t(a);
    std::optional<at::Scalar> l, h;
    if (low) l = scalar(*t, *low);
    if (high) h = scalar(*t, *high);
    return at::clamp(*t, l, h);
  });
}
