// A stretch of the network of which only the inputs are kept; its insides are computed again on the way back.
#include "handle.h"
#include <ATen/autocast_mode.h>
#include <memory>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
using namespace ct;

namespace {
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// The caller's function, and whether products were rounded when it first ran: the second time has to be the same.
struct Stretch : torch::CustomClassHolder {
  ct_stretch run;
  void *context;
  void (*release)(void *);
  size_t results;
  bool rounds = false;
  at::ScalarType dtype = at::kFloat;

  Stretch(ct_stretch run, void *context, void (*release)(void *), size_t results)
      : run(run), context(context), release(release), results(results) {}
  ~Stretch() override { release(context); }

  variable_list operator()(const variable_list &inputs) const {
    std::vector<ct_tensor> handles;
    for (const Tensor &input : inputs) handles.push_back(own(Tensor(input)));
    std::vector<ct_result> out(results, nullptr);
    run(context, handles.data(), handles.size(), out.data(), results);
    variable_list tensors;
    for (ct_result handle : out) {
      TORCH_CHECK(handle, "a recomputed stretch gave too few results");
      tensors.push_back(*Ref(handle));
      ct_release(handle);
    }
    return tensors;
  }
};

/// Autocast as it was on the way forward. Rounded weights of this scope are its own: those of the way forward were
/// made without a record.
class Rounding {
  at::DeviceType type;
  bool active, before;
  at::ScalarType dtype;

public:
  Rounding(at::DeviceType type, const Stretch &stretch)
      : type(type), active(stretch.rounds), before(at::autocast::is_autocast_enabled(type)),
        dtype(at::autocast::get_autocast_dtype(type)) {
    if (!active) return;
    at::autocast::set_autocast_dtype(type, stretch.dtype);
    at::autocast::set_autocast_enabled(type, true);
    at::autocast::increment_nesting();
  }
  ~Rounding() {
    if (!active) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type, before);
    at::autocast::set_autocast_dtype(type, dtype);
  }
};

struct Recomputed : torch::autograd::Function<Recomputed> {
  static variable_list forward(AutogradContext *ctx, at::TensorList inputs, c10::intrusive_ptr<Stretch> stretch) {
    auto type = inputs[0].device().type();
    stretch->rounds = at::autocast::is_autocast_enabled(type);
    if (stretch->rounds) stretch->dtype = at::autocast::get_autocast_dtype(type);
    variable_list plain(inputs.begin(), inputs.end());
    ctx->save_for_backward(plain);
    ctx->saved_data["stretch"] = c10::IValue::make_capsule(stretch);
    return (*stretch)(plain);
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    variable_list inputs;
    for (const Tensor &saved : ctx->get_saved_variables())
      inputs.push_back(saved.detach().set_requires_grad(saved.requires_grad()));
    auto stretch = c10::static_intrusive_pointer_cast<Stretch>(ctx->saved_data["stretch"].toCapsule());
    variable_list roots, seeds;
    {
      at::AutoGradMode recording(true);
      Rounding rounding(inputs[0].device().type(), *stretch);
      variable_list results = (*stretch)(inputs);
      for (size_t i = 0; i < results.size(); ++i) {
        if (!gradients[i].defined() || !results[i].requires_grad()) continue;
        roots.push_back(results[i]);
        seeds.push_back(gradients[i]);
      }
    }
    // Adds to the weights inside the stretch, which are leaves, as well as to the inputs.
    if (!roots.empty()) torch::autograd::backward(roots, seeds);
    variable_list answer;
    for (const Tensor &input : inputs) answer.push_back(input.grad());
    answer.push_back(Tensor());
    return answer;
  }
};
}  // namespace

int ct_recomputed(const ct_tensor *inputs, size_t n, ct_stretch run, void *context, void (*release)(void *),
                  ct_tensor *out, size_t results) {
  return guard<int>(-1, [&] {
    auto stretch = c10::make_intrusive<Stretch>(run, context, release, results);
    variable_list given = list(inputs, n);
    variable_list answer = Recomputed::apply(at::TensorList(given), stretch);
    for (size_t i = 0; i < answer.size(); ++i) out[i] = own(std::move(answer[i]));
    return 0;
  });
}
ct_tensor ct_retain(ct_tensor t) {
  return result([&] { return Tensor(*Ref(t)); });
}
