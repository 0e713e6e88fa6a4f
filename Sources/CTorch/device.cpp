// Devices other than the CPU: finding them, waiting for them, and how precisely they multiply.
#include "device.h"
#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <mutex>
#include <string>
using namespace ct;

namespace {
// Nothing in the shim refers to libtorch_cuda, so the linker leaves it out: a CUDA build of libtorch
// registers its device only when this library is loaded by hand. That has to happen before libtorch first
// asks which devices there are, and it asks once, so it is done before the first tensor.
std::string load_cuda() {
  // Without the driver the library would load and be of no use, after a second of loading.
  if (!dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL)) return "there is no NVIDIA driver (libcuda.so.1)";
  std::string path = library_folder() + "libtorch_cuda.so";
  if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) return "";
  const char *reason = dlerror();
  return std::string("this libtorch has no usable CUDA part: ") + (reason ? reason : path);
}

const std::string &cuda_problem() {
  static const std::string problem = load_cuda();
  return problem;
}

c10::impl::VirtualGuardImpl cuda() { return c10::impl::VirtualGuardImpl(at::kCUDA); }
}  // namespace

namespace ct {
std::string library_folder() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&at::globalContext), &info) || !info.dli_fname) return "";
  std::string path = info.dli_fname;
  auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

at::Device device(int code) {
  (void)cuda_problem();
  return code < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(code));
}
at::TensorOptions options(int dtype, int code) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(code));
}
void *current_stream(const at::Device &d) {
  auto guard = cuda();
  return guard.getStreamNativeHandle(guard.getStream(d));
}
}  // namespace ct

int ct_cuda_count(void) {
  return guard<int>(0, [] {
    if (!cuda_problem().empty()) {
      set_error(cuda_problem().c_str());
      return 0;
    }
    int count = at::hasCUDA() ? cuda().deviceCount() : 0;
    if (count == 0) set_error("the driver and libtorch_cuda.so are there, but no device answers");
    return count;
  });
}
bool ct_cuda_available(void) { return ct_cuda_count() > 0; }
int ct_cuda_name(int device, char *name, size_t room) {
  return guard<int>(-1, [&] {
    TORCH_CHECK(device >= 0 && device < ct_cuda_count(), "there is no CUDA device ", device);
    using Get = int (*)(int *, int);
    using Name = int (*)(char *, int, int);
    void *driver = dlopen("libcuda.so.1", RTLD_LAZY);
    auto get = reinterpret_cast<Get>(dlsym(driver, "cuDeviceGet"));
    auto describe = reinterpret_cast<Name>(dlsym(driver, "cuDeviceGetName"));
    int handle = 0;
    TORCH_CHECK(get && describe && get(&handle, device) == 0 && describe(name, static_cast<int>(room), handle) == 0,
                "the driver does not name device ", device);
    return 0;
  });
}
int ct_synchronize(int code) {
  return guard<int>(-1, [&] {
    if (code >= 0) cuda().synchronizeDevice(device(code).index());
    return 0;
  });
}

void ct_set_tf32(bool on) {
  guard<int>(-1, [&] {
    at::globalContext().setAllowTF32CuBLAS(on);
    at::globalContext().setAllowTF32CuDNN(on);
    return 0;
  });
}

// Answers the dtype before, 100 for none. Casts of weights are kept until the outermost end.
int ct_autocast_begin(int code, int dtype) {
  return guard<int>(-1, [&] {
    auto type = device(code).type();
    int before = at::autocast::is_autocast_enabled(type) ? static_cast<int>(at::autocast::get_autocast_dtype(type)) : -1;
    at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
    at::autocast::set_autocast_enabled(type, true);
    at::autocast::increment_nesting();
    return before < 0 ? 100 : before;
  });
}
void ct_autocast_end(int code, int before) {
  guard<int>(-1, [&] {
    auto type = device(code).type();
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type, before != 100);
    if (before != 100) at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(before));
    return 0;
  });
}
