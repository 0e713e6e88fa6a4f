#include "handle.h"
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <atomic>
#include <dlfcn.h>
#include <mutex>
#include <string>
#include <torch/headeronly/version.h>

namespace {
thread_local std::string last_error;
std::atomic<ct_int> live{0};

// Nothing in the shim refers to libtorch_cuda, so the linker leaves it out: a CUDA build of libtorch
// registers its device only when this library is loaded by hand.
void load_cuda() {
  static std::once_flag once;
  std::call_once(once, [] { dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL); });
}
}  // namespace

namespace ct {
void set_error(const char *message) noexcept {
  try { last_error = message; } catch (...) {}
}
void count_live(ct_int change) noexcept { live.fetch_add(change, std::memory_order_relaxed); }

at::Device device(int code) {
  if (code < 0) return at::kCPU;
  load_cuda();
  return at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(code));
}
at::TensorOptions options(int dtype, int code) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(code));
}
}  // namespace ct

const char *ct_last_error(void) { return last_error.c_str(); }
const char *ct_version(void) { return TORCH_VERSION; }
void ct_release(ct_tensor t) {
  ct::count_live(-1);
  ct::Impl::reclaim(ct::impl(t));
}
ct_int ct_live_tensors(void) { return live.load(); }
int ct_set_threads(int n) { return ct::act([&] { at::set_num_threads(n); }); }
int ct_get_threads(void) { return at::get_num_threads(); }
void ct_manual_seed(uint64_t seed) { at::manual_seed(seed); }
bool ct_cuda_available(void) {
  load_cuda();
  return at::hasCUDA();
}
bool ct_grad_enabled(void) { return at::GradMode::is_enabled(); }
void ct_set_grad_enabled(bool on) { at::GradMode::set_enabled(on); }
