#include "handle.h"
#include <ATen/ops/cat.h>
#include <ATen/ops/chunk.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/unbind.h>
using namespace ct;

#define CT_DEFINE(name) \
  ct_tensor ct_##name(ct_tensor a, const ct_int *d, size_t rank) { return result([&] { return Ref(a)->name(dims(d, rank)); }); }
CT_RESHAPE(CT_DEFINE)

namespace {
ct_int give(std::vector<Tensor> &&parts, ct_tensor *out, size_t capacity) {
  TORCH_CHECK(parts.size() <= capacity, parts.size(), " results, room for ", capacity);
  for (size_t i = 0; i < parts.size(); ++i) out[i] = own(std::move(parts[i]));
  return static_cast<ct_int>(parts.size());
}
}  // namespace

ct_tensor ct_transpose(ct_tensor a, ct_int dim0, ct_int dim1) {
  return result([&] { return Ref(a)->transpose(dim0, dim1); });
}
ct_tensor ct_narrow(ct_tensor a, ct_int dim, ct_int start, ct_int length) {
  return result([&] { return Ref(a)->narrow(dim, start, length); });
}
ct_tensor ct_select(ct_tensor a, ct_int dim, ct_int index) {
  return result([&] { return Ref(a)->select(dim, index); });
}
ct_tensor ct_unsqueeze(ct_tensor a, ct_int dim) { return result([&] { return Ref(a)->unsqueeze(dim); }); }
ct_tensor ct_squeeze(ct_tensor a, ct_int dim) { return result([&] { return Ref(a)->squeeze(dim); }); }
ct_tensor ct_contiguous(ct_tensor a) { return result([&] { return Ref(a)->contiguous(); }); }
ct_tensor ct_index_select(ct_tensor a, ct_int dim, ct_tensor index) {
  return result([&] { return at::index_select(*Ref(a), dim, *Ref(index)); });
}
ct_int ct_unbind(ct_tensor a, ct_int dim, ct_tensor *out, size_t capacity) {
  return guard<ct_int>(-1, [&] { return give(at::unbind(*Ref(a), dim), out, capacity); });
}
ct_int ct_chunk(ct_tensor a, ct_int chunks, ct_int dim, ct_tensor *out, size_t capacity) {
  return guard<ct_int>(-1, [&] { return give(at::chunk(*Ref(a), chunks, dim), out, capacity); });
}
ct_tensor ct_cat(const ct_tensor *tensors, size_t n, ct_int dim) {
  return result([&] { return at::cat(list(tensors, n), dim); });
}
ct_tensor ct_stack(const ct_tensor *tensors, size_t n, ct_int dim) {
  return result([&] { return at::stack(list(tensors, n), dim); });
}
