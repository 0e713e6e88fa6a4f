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

/// Of a convolution's way forward; inputs are at hand at its beginning only, so its output's size is computed.
double convolution(c10::ArrayRef<const c10::IValue> in) {
  const Tensor *x = tensor(in, 0), *weight = tensor(in, 1);
  if (!x || !weight || in.size() < 7 || !in[3].isIntList() || !in[4].isIntList() || !in[5].isIntList()) return 0;
  if (in[6].isBool() && in[6].toBool()) return convolution(x, weight, x);
  auto strides = in[3].toIntVector(), padding = in[4].toIntVector(), dilation = in[5].toIntVector();
  auto at = [](const std::vector<int64_t> &list, int64_t i) { return list[list.size() == 1 ? 0 : i]; };
  double places = static_cast<double>(x->size(0));
  for (int64_t i = 0; i + 2 < x->dim(); i++)
    places *= static_cast<double>(
        (x->size(i + 2) + 2 * at(padding, i) - at(dilation, i) * (weight->size(i + 2) - 1) - 1) / at(strides, i) + 1);
  return 2.0 * places * static_cast<double>(weight->numel());
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
  if (name == "aten::convolution") found = convolution(f.inputs());
  if (found > 0) operations.store(operations.load() + found);
  return nullptr;
}

at::CallbackHandle handle = 0;
}  // namespace

int ct_operations_begin(void) {
  return guard<int>(-1, [] {
    TORCH_CHECK(!counting.exchange(true), "operations are being counted already");
    operations = 0;
    handle = at::addGlobalCallback(at::RecordFunctionCallback(&began)
                                       .needsInputs(true)
                                       .scopes({at::RecordScope::FUNCTION}));
    return 0;
  });
}
double ct_operations_end(void) {
  guard<int>(-1, [] { at::removeCallback(handle); return 0; });
  counting = false;
  return operations.load();
}
