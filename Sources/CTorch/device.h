// What the shim's files for other devices share.
#pragma once
#include "handle.h"
#include <string>

namespace ct {
/// The folder of libtorch_cpu.so, with a slash at its end.
std::string library_folder();
/// The CUDA stream that operators of this thread use on a device.
void *current_stream(const at::Device &device);
}  // namespace ct
