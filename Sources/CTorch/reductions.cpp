#include "handle.h"
#include <ATen/ops/amax.h>
#include <ATen/ops/amin.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/argmin.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/sum.h>
using namespace ct;

namespace ct {
inline Tensor reduce_sum(const Tensor &t, at::IntArrayRef d, bool keep) { return at::sum(t, d, keep); }
inline Tensor reduce_mean(const Tensor &t, at::IntArrayRef d, bool keep) { return at::mean(t, d, keep); }
inline Tensor reduce_amax(const Tensor &t, at::IntArrayRef d, bool keep) { return at::amax(t, d, keep); }
inline Tensor reduce_amin(const Tensor &t, at::IntArrayRef d, bool keep) { return at::amin(t, d, keep); }
inline Tensor reduce_norm(const Tensor &t, at::IntArrayRef d, bool keep) {
  return at::linalg_vector_norm(t, 2, d, keep);
}
}  // namespace ct

#define CT_DEFINE(name)                                                            \
  ct_tensor ct_##name(ct_tensor a, const ct_int *d, size_t rank, bool keep) {      \
    return result([&] { return reduce_##name(*Ref(a), dims(d, rank), keep); });    \
  }
CT_REDUCTION(CT_DEFINE)

ct_tensor ct_argmax(ct_tensor a, ct_int dim) { return result([&] { return at::argmax(*Ref(a), dim); }); }
ct_tensor ct_argmin(ct_tensor a, ct_int dim) { return result([&] { return at::argmin(*Ref(a), dim); }); }
ct_tensor ct_cumsum(ct_tensor a, ct_int dim) { return result([&] { return at::cumsum(*Ref(a), dim); }); }
