// What tensors take: counted on the processor, asked of the allocator on other devices.
#include "handle.h"
#include <algorithm>
#include <atomic>
#include <c10/core/Allocator.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <memory>
#include <optional>
using namespace ct;

namespace {
/// libtorch tells its profiler of every block of memory; this listens in its place.
struct Counter : c10::MemoryReportingInfoBase {
  std::atomic<int64_t> now{0}, most{0};

  void reportMemoryUsage(void *, int64_t size, size_t, size_t, c10::Device device) override {
    if (!device.is_cpu()) return;
    int64_t sum = now.fetch_add(size) + size, seen = most.load();
    while (sum > seen && !most.compare_exchange_weak(seen, sum)) {}
  }
  bool memoryProfilingEnabled() const override { return true; }
};

struct Watch {
  std::shared_ptr<Counter> counter = std::make_shared<Counter>();
  c10::DebugInfoGuard guard{c10::DebugInfoKind::PROFILER_STATE, counter};
};

c10::DeviceAllocator *allocator(int code) {
  auto d = device(code);
  auto *found = dynamic_cast<c10::DeviceAllocator *>(c10::GetAllocator(d.type()));
  TORCH_CHECK(found && found->initialized(), "no tensor has been made on ", d);
  return found;
}
}  // namespace

ct_memory_watch ct_memory_watch_begin(void) {
  return guard<ct_memory_watch>(nullptr, [] { return reinterpret_cast<ct_memory_watch>(new Watch()); });
}
void ct_memory_watch_end(ct_memory_watch w, ct_int *left, ct_int *peak) {
  std::unique_ptr<Watch> watch(reinterpret_cast<Watch *>(w));
  *left = watch->counter->now.load();
  *peak = watch->counter->most.load();
}
int ct_device_memory(int code, ct_int *free, ct_int *total) {
  return guard<int>(-1, [&] {
    auto [a, b] = allocator(code)->getMemoryInfo(device(code).index());
    *free = static_cast<ct_int>(a);
    *total = static_cast<ct_int>(b);
    return 0;
  });
}
int ct_device_peak(int code, ct_int *held, ct_int *used) {
  return guard<int>(-1, [&] {
    auto stats = allocator(code)->getDeviceStats(device(code).index());
    constexpr auto all = static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    *held = stats.reserved_bytes[all].peak;
    *used = stats.allocated_bytes[all].peak;
    return 0;
  });
}
int ct_device_reset_peak(int code) {
  return guard<int>(-1, [&] {
    allocator(code)->resetPeakStats(device(code).index());
    return 0;
  });
}
