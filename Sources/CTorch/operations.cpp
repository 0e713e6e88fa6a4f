// How many floating-point operations products take, counted while they run.
// libtorch's libraries are release builds: with assertions on, this header's class has a member that theirs lacks.
#define NDEBUG 1
#include "handle.h"
#include <ATen/record_function.h>
#include <atomic>
#include <string_view>
using namespace ct;

namespace {
std::atomic<double> operations{0};
std::atomic<bool> counting{false};

const Tensor *tensor(c10::ArrayRef<const c10::IValue> inputs, size_t i) {
  return i < inputs.size() && inputs[i].isTensor() && inputs[i].toTensor().defined() ? &inputs[i].toTensor() : nullptr;
}

/// [..., rows, inner] times [..., inner, columns].
double product(const Tensor *a, const Tensor *b) {
  if (!a || !b || a->dim() < 2 || b->dim() < 2) return 0;
  return 2.0 * static_cast<double>(a->numel()) * static_cast<double>(b->size(-1));
}

/// Every output element of a convolution has one product for every element of a filter; seen from a transposed one,
/// every input element.
double convolution(const Tensor *x, const Tensor *weight, const Tensor *outer) {
  if (!x || !weight || !outer) return 0;
  return 2.0 * static_cast<double>(outer->numel()) / static_cast<double>(outer->size(1)) *
         static_cast<double>(weight->numel());
}

double count(std::string_view name, const at::RecordFunction &f) {
  auto in = f.inputs();
  if (name == "aten::mm" || name == "aten::bmm") return product(tensor(in, 0), tensor(in, 1));
  if (name == "aten::addmm" || name == "aten::baddbmm") return product(tensor(in, 1), tensor(in, 2));
  if (name.substr(0, 35) == "aten::_scaled_dot_product_attention" ||
      name.find("scaled_dot_product_flash") != name.npos || name.find("scaled_dot_product_efficient") != name.npos) {
    bool back = name.find("backward") != name.npos;
    size_t first = back ? 1 : 0;
    const Tensor *q = tensor(in, first), *k = tensor(in, first + 1);
    if (!q || !k || q->dim() != 4) return 0;
    // Scores and their product with the values; back twice as much, what is computed again left out.
    return (back ? 8.0 : 4.0) * static_cast<double>(q->numel()) * static_cast<double>(k->size(2));
  }
  return 0;
}

std::unique_ptr<at::ObserverContext> began(const at::RecordFunction &f) {
  std::string_view name = f.name();
  double found = count(name, f);
  if (name == "aten::convolution_backward") {
    // Gradients of input and weight, each as much as the way forward.
    auto in = f.inputs();
    bool transposed = in.size() > 7 && in[7].isBool() && in[7].toBool();
    double once = convolution(tensor(in, 1), tensor(in, 2), transposed ? tensor(in, 1) : tensor(in, 0));
    bool input = in.size() > 10 && in[10].isBoolList() ? in[10].toBoolList().get(0) : true;
    found = once * (input ? 2 : 1);
  }
  if (found > 0) operations.store(operations.load() + found);
  return nullptr;
}

void ended(const at::RecordFunction &f, at::ObserverContext *) {
  std::string_view name = f.name();
  if (name != "aten::convolution") return;
  auto in = f.inputs();
  std::vector<c10::IValue> out = f.outputs();
  bool transposed = in.size() > 6 && in[6].isBool() && in[6].toBool();
  const Tensor *result = tensor({out.data(), out.size()}, 0);
  operations.store(operations.load() +
                   convolution(tensor(in, 0), tensor(in, 1), transposed ? tensor(in, 0) : result));
}

at::CallbackHandle handle = 0;
}  // namespace

int ct_operations_begin(void) {
  return guard<int>(-1, [] {
    TORCH_CHECK(!counting.exchange(true), "operations are being counted already");
    operations = 0;
    handle = at::addGlobalCallback(at::RecordFunctionCallback(&began, &ended)
                                       .needsInputs(true)
                                       .needsOutputs(true)
                                       .scopes({at::RecordScope::FUNCTION}));
    return 0;
  });
}
double ct_operations_end(void) {
  guard<int>(-1, [] { at::removeCallback(handle); return 0; });
  counting = false;
  return operations.load();
}
