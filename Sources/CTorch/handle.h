// What every file of the shim shares: borrowing handles, owning results, turning exceptions into messages.
#pragma once
#include "ctorch.h"
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <vector>

static_assert(sizeof(ct_int) == sizeof(int64_t), "shapes are passed as 64-bit integers");

namespace ct {
using at::Tensor;
using Impl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

void set_error(const char *message) noexcept;
void count_live(ct_int change) noexcept;

inline c10::TensorImpl *impl(ct_tensor h) { return reinterpret_cast<c10::TensorImpl *>(h); }

/// Borrows the caller's reference for the length of a call, without touching the reference count.
class Ref {
  Tensor t;

public:
  explicit Ref(ct_tensor h) : t(h ? Tensor(Impl::reclaim(impl(h))) : Tensor()) {}
  ~Ref() { if (t.defined()) (void)t.unsafeReleaseTensorImpl(); }
  Ref(const Ref &) = delete;
  const Tensor &operator*() const { return t; }
  const Tensor *operator->() const { return &t; }
  std::optional<Tensor> optional() const { return t.defined() ? std::optional<Tensor>(t) : std::nullopt; }
};

/// Hands a result to the caller, who owes one ct_release. An undefined tensor becomes NULL.
inline ct_tensor own(Tensor &&t) {
  if (!t.defined()) return nullptr;
  count_live(1);
  return reinterpret_cast<ct_tensor>(t.unsafeReleaseTensorImpl());
}

/// Runs `body`; an exception becomes the thread's message and `failed` the answer.
template <class R, class F> inline R guard(R failed, F &&body) noexcept {
  try {
    return body();
  } catch (const c10::Error &e) {
    set_error(e.what_without_backtrace());
  } catch (const std::exception &e) {
    set_error(e.what());
  } catch (...) {
    set_error("unknown C++ exception");
  }
  return failed;
}
/// `body` returns a tensor; NULL when it throws.
template <class F> inline ct_tensor result(F &&body) noexcept {
  return guard<ct_tensor>(nullptr, [&] { return own(body()); });
}
/// `body` returns nothing; 0 when it ends, -1 when it throws. Nothing in it is recorded by autograd.
template <class F> inline int act(F &&body) noexcept {
  return guard<int>(-1, [&] { at::NoGradGuard no_grad; body(); return 0; });
}

inline at::IntArrayRef dims(const ct_int *p, size_t n) { return {reinterpret_cast<const int64_t *>(p), n}; }

/// Copies of the references, for list operators.
inline std::vector<Tensor> list(const ct_tensor *handles, size_t n) {
  std::vector<Tensor> tensors;
  tensors.reserve(n);
  for (size_t i = 0; i < n; ++i) tensors.push_back(*Ref(handles[i]));
  return tensors;
}

/// A whole number keeps an integer tensor an integer tensor, as in Python.
inline at::Scalar scalar(const Tensor &t, double v) {
  bool whole = v == static_cast<double>(static_cast<int64_t>(v));
  if (whole && at::isIntegralType(t.scalar_type(), true)) return at::Scalar(static_cast<int64_t>(v));
  return at::Scalar(v);
}

/// Tensor options of a dtype code and a device code; loads libtorch_cuda before the first CUDA tensor.
at::TensorOptions options(int dtype, int device);
at::Device device(int code);
}  // namespace ct
