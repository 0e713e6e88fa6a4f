#include "device.h"
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/randint.h>
using namespace ct;

namespace {
// The generator is boxed: at::Generator shares its implementation, which carries the mutex the operators lock.
at::Generator &generator(ct_generator g) { return *reinterpret_cast<at::Generator *>(g); }

at::Generator fresh(uint64_t seed, int code) {
  if (code < 0) return at::detail::createCPUGenerator(seed);
  auto d = device(code);
  auto made = at::globalContext().getAcceleratorHooksInterface(d.type()).getNewGenerator(d.index());
  made.set_current_seed(seed);
  return made;
}

at::TensorOptions beside(ct_generator g, int dtype) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(generator(g).device());
}
}  // namespace

ct_generator ct_generator_new(uint64_t seed, int code) {
  return guard<ct_generator>(nullptr, [&] {
    return reinterpret_cast<ct_generator>(new at::Generator(fresh(seed, code)));
  });
}
void ct_generator_release(ct_generator g) { delete &generator(g); }
ct_tensor ct_normal(const ct_int *shape, size_t rank, ct_generator g, int dtype) {
  return result([&] { return at::empty(dims(shape, rank), beside(g, dtype)).normal_(0, 1, generator(g)); });
}
ct_tensor ct_uniform(const ct_int *shape, size_t rank, ct_generator g, int dtype) {
  return result([&] { return at::empty(dims(shape, rank), beside(g, dtype)).uniform_(0, 1, generator(g)); });
}
ct_tensor ct_integers(ct_int upper, ct_int count, ct_generator g) {
  return result([&] { return at::randint(upper, {count}, generator(g), beside(g, static_cast<int>(at::kLong))); });
}
