#include "handle.h"
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/randint.h>
using namespace ct;

namespace {
// The generator is boxed: at::Generator shares its implementation, which carries the mutex the operators lock.
at::Generator &generator(ct_generator g) { return *reinterpret_cast<at::Generator *>(g); }
}  // namespace

ct_generator ct_generator_new(uint64_t seed) {
  return guard<ct_generator>(nullptr, [&] {
    return reinterpret_cast<ct_generator>(new at::Generator(at::detail::createCPUGenerator(seed)));
  });
}
void ct_generator_release(ct_generator g) { delete &generator(g); }
ct_tensor ct_normal(const ct_int *shape, size_t rank, ct_generator g, int dtype) {
  return result([&] { return at::empty(dims(shape, rank), options(dtype, -1)).normal_(0, 1, generator(g)); });
}
ct_tensor ct_uniform(const ct_int *shape, size_t rank, ct_generator g, int dtype) {
  return result([&] { return at::empty(dims(shape, rank), options(dtype, -1)).uniform_(0, 1, generator(g)); });
}
ct_tensor ct_integers(ct_int upper, ct_int count, ct_generator g) {
  return result([&] { return at::randint(upper, {count}, generator(g), at::kLong); });
}
