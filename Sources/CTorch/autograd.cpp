#include "handle.h"
using namespace ct;

int ct_set_requires_grad(ct_tensor t, bool on) {
  return guard<int>(-1, [&] { Ref(t)->set_requires_grad(on); return 0; });
}
bool ct_requires_grad(ct_tensor t) { return impl(t)->requires_grad(); }
int ct_backward(ct_tensor t) {
  return guard<int>(-1, [&] { Ref(t)->backward(); return 0; });
}
ct_tensor ct_grad(ct_tensor t) {
  return result([&]() -> Tensor { return Ref(t)->grad(); });
}
int ct_set_grad(ct_tensor t, ct_tensor grad) {
  return guard<int>(-1, [&] { Ref(t)->mutable_grad() = *Ref(grad); return 0; });
}
ct_tensor ct_detach(ct_tensor t) { return result([&] { return Ref(t)->detach(); }); }
