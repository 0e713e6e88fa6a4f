#include "handle.h"
#include <ATen/ops/add.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/baddbmm.h>
#include <ATen/ops/div.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/ge.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/le.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_svdvals.h>
#include <ATen/ops/lt.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/rsub.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/where.h>
using namespace ct;

#define CT_DEFINE(name) \
  ct_tensor ct_##name(ct_tensor a, ct_tensor b) { return result([&] { return at::name(*Ref(a), *Ref(b)); }); }
CT_BINARY(CT_DEFINE)
#undef CT_DEFINE

#define CT_DEFINE(name)                                         \
  ct_tensor ct_##name##_scalar(ct_tensor a, double s) {         \
    return result([&] { Ref t(a); return at::name(*t, scalar(*t, s)); }); \
  }
CT_SCALAR(CT_DEFINE)

ct_tensor ct_addcmul(ct_tensor a, ct_tensor b, ct_tensor c, double value) {
  return result([&] { return at::addcmul(*Ref(a), *Ref(b), *Ref(c), value); });
}
ct_tensor ct_addmm(ct_tensor a, ct_tensor b, ct_tensor c, double beta, double alpha) {
  return result([&] {
    Ref x(a), y(b), z(c);
    return y->dim() == 3 ? at::baddbmm(*x, *y, *z, beta, alpha) : at::addmm(*x, *y, *z, beta, alpha);
  });
}
ct_tensor ct_lerp(ct_tensor a, ct_tensor b, double weight) {
  return result([&] { return at::lerp(*Ref(a), *Ref(b), weight); });
}
ct_tensor ct_where(ct_tensor condition, ct_tensor a, ct_tensor b) {
  return result([&] { return at::where(*Ref(condition), *Ref(a), *Ref(b)); });
}
int ct_eigh(ct_tensor a, ct_tensor *out) {
  return guard<int>(-1, [&] {
    auto [values, vectors] = at::linalg_eigh(*Ref(a));
    out[0] = own(std::move(values));
    out[1] = own(std::move(vectors));
    return 0;
  });
}
ct_tensor ct_svdvals(ct_tensor a) { return result([&] { return at::linalg_svdvals(*Ref(a)); }); }
