// A network that somebody saved as TorchScript: loaded and run as it is. Nothing of PhyWorld's own is TorchScript.
#include "handle.h"
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>
using namespace ct;

namespace {
torch::jit::Module &module(ct_script s) { return *reinterpret_cast<torch::jit::Module *>(s); }
}  // namespace

ct_script ct_script_load(const char *path, int code) {
  return guard<ct_script>(nullptr, [&] {
    auto loaded = torch::jit::load(path, device(code));
    loaded.eval();
    return reinterpret_cast<ct_script>(new torch::jit::Module(std::move(loaded)));
  });
}
void ct_script_release(ct_script s) { delete &module(s); }
ct_tensor ct_script_run(ct_script s, ct_tensor x, const char *const *names, const bool *values, size_t n) {
  return result([&] {
    at::NoGradGuard no_grad;
    torch::jit::Kwargs options;
    for (size_t i = 0; i < n; ++i) options[names[i]] = values[i];
    return module(s).forward({*Ref(x)}, options).toTensor();
  });
}
