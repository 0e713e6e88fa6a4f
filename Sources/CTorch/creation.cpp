#include "handle.h"
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linspace.h>
using namespace ct;

ct_tensor ct_empty(const ct_int *shape, size_t rank, int dtype, int device) {
  return result([&] { return at::empty(dims(shape, rank), options(dtype, device)); });
}
ct_tensor ct_full(const ct_int *shape, size_t rank, double value, int dtype, int device) {
  return result([&] { return at::full(dims(shape, rank), value, options(dtype, device)); });
}
ct_tensor ct_arange(ct_int n, int dtype, int device) {
  return result([&] { return at::arange(n, options(dtype, device)); });
}
ct_tensor ct_linspace(double start, double end, ct_int n, int dtype, int device) {
  return result([&] { return at::linspace(start, end, n, options(dtype, device)); });
}
ct_tensor ct_from_data(const void *data, size_t bytes, const ct_int *shape, size_t rank, int dtype) {
  return result([&] {
    Tensor borrowed = at::from_blob(const_cast<void *>(data), dims(shape, rank), options(dtype, -1));
    TORCH_CHECK(borrowed.nbytes() == bytes, "shape ", borrowed.sizes(), " of ", borrowed.dtype(), " needs ",
                borrowed.nbytes(), " bytes, ", bytes, " were given");
    return borrowed.clone();
  });
}
ct_tensor ct_to_dtype(ct_tensor t, int dtype) {
  return result([&] { return Ref(t)->to(static_cast<at::ScalarType>(dtype)); });
}
ct_tensor ct_to_device(ct_tensor t, int code) {
  return result([&] {
    Ref a(t);
    at::Device to = device(code);
    // From pinned memory the copy runs beside the program; from other memory it waits for all work before it.
    if (a->is_cpu() && to.is_cuda()) return a->contiguous().pin_memory().to(to, /*non_blocking=*/true);
    return a->to(to);
  });
}
