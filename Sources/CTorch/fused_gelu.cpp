#include "plain.h"
using namespace ct;
bool ct_fused_supported(void) { return false; }
ct_tensor ct_gelu_fast(ct_tensor x) { return result([&] { return plain::gelu(*Ref(x)); }); }
ct_tensor ct_norm_modulate(ct_tensor x, ct_tensor shift, ct_tensor scale, double eps, bool centred) {
  return result([&] { return plain::norm_modulate(*Ref(x), *Ref(shift), *Ref(scale), eps, centred); });
}
ct_tensor ct_gate_add(ct_tensor x, ct_tensor gate, ct_tensor y) {
  return result([&] { return plain::gate_add(*Ref(x), *Ref(gate), *Ref(y)); });
}
ct_tensor ct_attention_packed(ct_tensor qkv, ct_int heads) {
  return result([&] { return plain::attention_packed(*Ref(qkv), heads); });
}
