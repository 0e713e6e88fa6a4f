// One-pass kernels for NVIDIA GPUs, compiled at first use by the compiler library (NVRTC) that CUDA builds of
// libtorch bring along. The shim needs neither CUDA's headers nor its libraries to be built: where something is
// missing at run time, the plain operators run instead.
#pragma once
#include "device.h"
#include <string>

namespace ct::kernels {
/// Whether kernels can be compiled for this device; otherwise `problem` says why not.
bool supported(const at::Device &device);
const std::string &problem();

/// A kernel's handle from a source text and its definitions ("-DWIDTH=384 …"); compiled once per device.
void *function(const char *source, const std::string &definitions, const char *name, const at::Device &device);

void launch(void *function, unsigned columns, unsigned rows, unsigned threads, const at::Device &device,
            void **arguments);

/// Calls a kernel on the current stream of `device`. Argument types must be exactly the kernel's.
template <class... A>
void run(void *function, int64_t columns, int64_t rows, unsigned threads, const at::Device &device, A... arguments) {
  void *pointers[] = {static_cast<void *>(&arguments)...};
  launch(function, static_cast<unsigned>(columns), static_cast<unsigned>(rows), threads, device, pointers);
}

extern const char *const norm_source;
extern const char *const rotary_source;
extern const char *const gelu_source;
}  // namespace ct::kernels
