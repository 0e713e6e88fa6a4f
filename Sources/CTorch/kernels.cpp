#include "kernels.h"
#include <c10/core/DeviceGuard.h>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <sstream>
#include <vector>
using namespace ct;

namespace {
// The few functions of NVRTC and of the driver that are needed, looked up by name.
struct Library {
  int (*create)(void **, const char *, const char *, int, const char *const *, const char *const *);
  int (*compile)(void *, int, const char *const *);
  int (*log_size)(void *, size_t *);
  int (*log)(void *, char *);
  int (*cubin_size)(void *, size_t *);
  int (*cubin)(void *, char *);
  int (*destroy)(void **);
  int (*load)(void **, const void *);
  int (*find)(void **, void *, const char *);
  int (*start)(void *, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void *, void **, void **);
  int (*attribute)(int *, int, int);
  std::string problem;

  Library() {
    // libcaffe2_nvrtc.so needs NVRTC and the driver, and its own search path finds them.
    void *handle = dlopen((library_folder() + "libcaffe2_nvrtc.so").c_str(), RTLD_NOW);
    if (!handle) {
      const char *reason = dlerror();
      problem = reason ? reason : "libcaffe2_nvrtc.so cannot be loaded";
      return;
    }
    auto find_in = [&](auto &function, const char *name) {
      function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(handle, name));
      if (!function) problem = std::string(name) + " is missing";
    };
    find_in(create, "nvrtcCreateProgram");
    find_in(compile, "nvrtcCompileProgram");
    find_in(log_size, "nvrtcGetProgramLogSize");
    find_in(log, "nvrtcGetProgramLog");
    find_in(cubin_size, "nvrtcGetCUBINSize");
    find_in(cubin, "nvrtcGetCUBIN");
    find_in(destroy, "nvrtcDestroyProgram");
    find_in(load, "cuModuleLoadData");
    find_in(find, "cuModuleGetFunction");
    find_in(start, "cuLaunchKernel");
    find_in(attribute, "cuDeviceGetAttribute");
  }

  /// 90 for compute capability 9.0.
  int capability(int device) const {
    constexpr int major_code = 75, minor_code = 76;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, _MINOR
    int major = 0, minor = 0;
    if (attribute(&major, major_code, device) != 0 || attribute(&minor, minor_code, device) != 0) return 0;
    return major * 10 + minor;
  }

  std::vector<char> build(const char *source, const std::string &definitions, int capability) const {
    void *program = nullptr;
    TORCH_CHECK(create(&program, source, "phyworld.cu", 0, nullptr, nullptr) == 0, "NVRTC makes no program");
    std::vector<std::string> options = {"--gpu-architecture=sm_" + std::to_string(capability), "--std=c++17",
                                        "--fmad=true"};
    std::istringstream words(definitions);
    for (std::string word; words >> word;) options.push_back(word);
    std::vector<const char *> list;
    for (auto &option : options) list.push_back(option.c_str());
    int status = compile(program, static_cast<int>(list.size()), list.data());
    size_t size = 0;
    std::string message;
    if (status != 0) {
      log_size(program, &size);
      message.resize(size);
      log(program, message.data());
    }
    std::vector<char> code;
    if (status == 0 && cubin_size(program, &size) == 0) {
      code.resize(size);
      cubin(program, code.data());
    }
    destroy(&program);
    TORCH_CHECK(!code.empty(), "NVRTC cannot compile a kernel (", definitions, "): ", message);
    return code;
  }
};

const Library &library() {
  static const Library one;
  return one;
}
}  // namespace

namespace ct::kernels {
const std::string &problem() { return library().problem; }

bool supported(const at::Device &device) {
  // Rounding to bfloat16 in hardware begins with 8.0.
  return device.is_cuda() && library().problem.empty() && library().capability(device.index()) >= 80;
}

void *function(const char *source, const std::string &definitions, const char *name, const at::Device &device) {
  static std::mutex mutex;
  static std::map<std::string, void *> functions;
  std::string key = std::to_string(device.index()) + ' ' + definitions + ' ' + name;
  std::lock_guard<std::mutex> lock(mutex);
  auto known = functions.find(key);
  if (known != functions.end()) return known->second;
  c10::DeviceGuard guard(device);
  auto code = library().build(source, definitions, library().capability(device.index()));
  void *module = nullptr, *found = nullptr;
  TORCH_CHECK(library().load(&module, code.data()) == 0, "the driver refuses a compiled kernel: ", name);
  TORCH_CHECK(library().find(&found, module, name) == 0, "the compiled kernel lacks ", name);
  functions[key] = found;
  return found;
}

void launch(void *function, unsigned columns, unsigned rows, unsigned threads, const at::Device &device,
            void **arguments) {
  c10::DeviceGuard guard(device);
  int status = library().start(function, columns, rows, 1, threads, 1, 1, 0, current_stream(device), arguments, nullptr);
  TORCH_CHECK(status == 0, "a kernel cannot be started: CUDA driver error ", status);
}
}  // namespace ct::kernels

bool ct_kernels_supported(int code) {
  return guard<bool>(false, [&] {
    if (code < 0) return false;
    bool yes = ct_cuda_count() > code && kernels::supported(device(code));
    if (!yes) set_error(kernels::problem().c_str());
    return yes;
  });
}
