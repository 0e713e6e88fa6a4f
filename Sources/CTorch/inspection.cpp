#include "handle.h"
#include <cstring>
using namespace ct;

ct_int ct_rank(ct_tensor t) { return impl(t)->dim(); }
ct_int ct_size(ct_tensor t, ct_int dim) { return impl(t)->size(dim); }
ct_int ct_count(ct_tensor t) { return impl(t)->numel(); }
int ct_dtype(ct_tensor t) { return static_cast<int>(impl(t)->dtype().toScalarType()); }
int ct_device(ct_tensor t) {
  at::Device d = impl(t)->device();
  return d.is_cpu() ? -1 : d.index();
}
bool ct_is_contiguous(ct_tensor t) { return impl(t)->is_contiguous(); }
int ct_item(ct_tensor t, double *out) {
  return act([&] { *out = Ref(t)->item().toDouble(); });
}
int ct_copy_out(ct_tensor t, int dtype, void *destination, size_t bytes) {
  return act([&] {
    Tensor c = Ref(t)->detach().to(at::kCPU, static_cast<at::ScalarType>(dtype)).contiguous();
    TORCH_CHECK(c.nbytes() == bytes, "the tensor has ", c.nbytes(), " bytes, room is for ", bytes);
    if (bytes > 0) std::memcpy(destination, c.const_data_ptr(), bytes);
  });
}
