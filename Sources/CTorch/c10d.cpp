// Processes that compute together: libtorch's store, process groups and asynchronous collectives.
#include "device.h"
#include <chrono>
#include <cstring>
#include <dlfcn.h>
#include <new>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
using namespace ct;

namespace {
using StorePointer = c10::intrusive_ptr<c10d::Store>;
using GroupPointer = c10::intrusive_ptr<c10d::Backend>;
using OptionsPointer = c10::intrusive_ptr<c10d::Backend::Options>;
using WorkPointer = c10::intrusive_ptr<c10d::Work>;

// A wheel declares its two groups in headers that include Gloo's and NCCL's own, which it leaves out. Their
// constructors are in its libraries all the same, and everything else is virtual and declared: so a group is made by
// the name of its constructor, in memory that is many times what it needs (488 and 1152 bytes in 2.13), and is
// released like any other, by its virtual destructor.
constexpr size_t room = 1 << 14;

void *symbol(const char *library, const char *name) {
  void *handle = dlopen((library_folder() + library).c_str(), RTLD_NOW | RTLD_NOLOAD);
  void *address = handle ? dlsym(handle, name) : nullptr;
  TORCH_CHECK(address, "this libtorch has no ", name, " in ", library);
  return address;
}

template <class T, class... Arguments>
c10::intrusive_ptr<T> construct(void *constructor, Arguments &&...arguments) {
  void *memory = ::operator new(room);
  std::memset(memory, 0, room);
  try {
    reinterpret_cast<void (*)(void *, Arguments...)>(constructor)(memory, std::forward<Arguments>(arguments)...);
  } catch (...) {
    ::operator delete(memory);
    throw;
  }
  return c10::intrusive_ptr<T>::unsafe_steal_from_new(static_cast<T *>(memory));
}

GroupPointer gloo(const StorePointer &store, int rank, int size, std::chrono::milliseconds timeout) {
  const char *library = "libtorch_cpu.so";
  auto options = reinterpret_cast<OptionsPointer (*)(std::chrono::milliseconds)>(symbol(
      library, "_ZN4c10d16ProcessGroupGloo7Options14create_defaultENSt6chrono8durationIlSt5ratioILl1ELl1000EEEE"));
  void *constructor = symbol(
      library, "_ZN4c10d16ProcessGroupGlooC1ERKN3c1013intrusive_ptrINS_5StoreENS1_6detail34"
               "intrusive_target_default_null_typeIS3_EEEEiiNS2_INS0_7OptionsENS5_ISA_EEEE");
  return construct<c10d::Backend, const StorePointer &, int, int, OptionsPointer>(
      constructor, store, std::move(rank), std::move(size), options(timeout));
}

GroupPointer nccl(const StorePointer &store, int rank, int size, std::chrono::milliseconds timeout) {
  const char *library = "libtorch_cuda.so";
  TORCH_CHECK(ct_cuda_available(), ct_last_error());
  auto options = construct<c10d::Backend::Options, bool>(
      symbol(library, "_ZN4c10d16ProcessGroupNCCL7OptionsC1Eb"), false);
  options->timeout = timeout;
  void *constructor = symbol(
      library, "_ZN4c10d16ProcessGroupNCCLC1EN3c1013intrusive_ptrINS_5StoreENS1_6detail34"
               "intrusive_target_default_null_typeIS3_EEEEiiNS2_INS0_7OptionsENS5_IS8_EEEE");
  return construct<c10d::Backend, StorePointer, int, int, OptionsPointer>(
      constructor, StorePointer(store), std::move(rank), std::move(size), std::move(options));
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

const StorePointer &of(ct_store s) { return *reinterpret_cast<StorePointer *>(s); }
const GroupPointer &of(ct_group g) { return *reinterpret_cast<GroupPointer *>(g); }

template <class Handle, class Pointer> Handle box(Pointer pointer) {
  return reinterpret_cast<Handle>(new Pointer(std::move(pointer)));
}
}  // namespace

ct_store ct_store_new(const char *host, int port, bool serves, double seconds) {
  return guard<ct_store>(nullptr, [&] {
    TORCH_CHECK(port >= 0 && port <= 65535, port, " is no port");
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = serves;
    options.waitWorkers = false;
    options.timeout = milliseconds(seconds);
    return box<ct_store, StorePointer>(c10::make_intrusive<c10d::TCPStore>(host, options));
  });
}
void ct_store_release(ct_store s) { delete reinterpret_cast<StorePointer *>(s); }
int ct_store_port(ct_store s) {
  auto *store = dynamic_cast<c10d::TCPStore *>(of(s).get());
  return store ? store->getPort() : -1;
}
int ct_store_set(ct_store s, const char *key, const void *bytes, size_t count) {
  return guard<int>(-1, [&] {
    auto *start = static_cast<const uint8_t *>(bytes);
    of(s)->set(key, std::vector<uint8_t>(start, start + count));
    return 0;
  });
}
int ct_store_get(ct_store s, const char *key, double seconds, ct_take take, void *context) {
  return guard<int>(-1, [&] {
    of(s)->wait({key}, milliseconds(seconds));
    auto value = of(s)->get(key);
    take(context, value.data(), value.size());
    return 0;
  });
}
int ct_store_has(ct_store s, const char *key) {
  return guard<int>(-1, [&] { return of(s)->check({key}) ? 1 : 0; });
}

ct_group ct_group_new(ct_store s, const char *name, bool on_gpu, int rank, int size, double seconds) {
  return guard<ct_group>(nullptr, [&] {
    StorePointer store = c10::make_intrusive<c10d::PrefixStore>(name, of(s));
    auto make = on_gpu ? nccl : gloo;
    return box<ct_group>(make(store, rank, size, milliseconds(seconds)));
  });
}
void ct_group_release(ct_group g) {
  guard<int>(0, [&] { delete reinterpret_cast<GroupPointer *>(g); return 0; });
}
ct_work ct_all_reduce(ct_group g, ct_tensor t) {
  return guard<ct_work>(nullptr, [&] {
    std::vector<Tensor> tensors{*Ref(t)};
    return box<ct_work>(of(g)->allreduce(tensors));
  });
}
ct_work ct_broadcast(ct_group g, ct_tensor t, int root) {
  return guard<ct_work>(nullptr, [&] {
    std::vector<Tensor> tensors{*Ref(t)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    return box<ct_work>(of(g)->broadcast(tensors, options));
  });
}
int ct_work_wait(ct_work w) {
  return guard<int>(-1, [&] {
    TORCH_CHECK((*reinterpret_cast<WorkPointer *>(w))->wait(), "the exchange was abandoned");
    return 0;
  });
}
void ct_work_release(ct_work w) { delete reinterpret_cast<WorkPointer *>(w); }
