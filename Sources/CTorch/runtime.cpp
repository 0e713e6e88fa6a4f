#include "handle.h"
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <atomic>
#include <string>
#include <torch/headeronly/version.h>

namespace {
thread_local std::string last_error;
std::atomic<ct_int> live{0};
}  // namespace

namespace ct {
void set_error(const char *message) noexcept {
  try { last_error = message; } catch (...) {}
}
void count_live(ct_int change) noexcept { live.fetch_add(change, std::memory_order_relaxed); }
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
bool ct_grad_enabled(void) { return at::GradMode::is_enabled(); }
void ct_set_grad_enabled(bool on) { at::GradMode::set_enabled(on); }
