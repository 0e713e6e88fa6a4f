import CTorch

/// A libtorch tensor: numbers of one type in a shape, with optional automatic differentiation.
///
/// The class owns one reference; ARC releases it. Two tensors can share their elements (views, `detached()`).
/// Operators stop with libtorch's message when shapes do not fit, a programmer error like an index out of
/// range; operations whose success depends on input have a throwing `try…` variant.
///
/// `@unchecked Sendable`: the handle never changes, libtorch counts references atomically, and reading
/// elements from several threads is safe. In-place operations (`add_`, optimiser steps) and `backward()`
/// are not synchronised: as with a file, their caller lets one task at a time write.
public final class Tensor: @unchecked Sendable {
  let handle: ct_tensor

  /// Takes over one reference.
  init(owning handle: ct_tensor) { self.handle = handle }

  deinit { ct_release(handle) }

  /// Takes a result of the shim; NULL stops the program with libtorch's message.
  static func take(_ result: ct_tensor?, _ operation: StaticString = #function) -> Tensor {
    guard let result else { stop(operation) }
    return Tensor(owning: result)
  }

  /// Takes a result of the shim; NULL throws libtorch's message.
  static func tryTake(_ result: ct_tensor?, _ operation: StaticString) throws -> Tensor {
    guard let result else { throw torchError(operation) }
    return Tensor(owning: result)
  }

  // The operands are kept alive explicitly: the optimiser may release an object after the last use of
  // its *handle*, which would be before the call that reads it.

  func apply(
    named operation: StaticString = #function, _ body: (ct_tensor) -> ct_tensor?
  ) -> Tensor {
    withExtendedLifetime(self) { .take(body(handle), operation) }
  }

  func apply(
    _ b: Tensor, named operation: StaticString = #function,
    _ body: (ct_tensor, ct_tensor) -> ct_tensor?
  ) -> Tensor {
    withExtendedLifetime((self, b)) { .take(body(handle, b.handle), operation) }
  }

  func apply(
    _ b: Tensor, _ c: Tensor, named operation: StaticString = #function,
    _ body: (ct_tensor, ct_tensor, ct_tensor) -> ct_tensor?
  ) -> Tensor {
    withExtendedLifetime((self, b, c)) { .take(body(handle, b.handle, c.handle), operation) }
  }
}

/// Calls `body` with the handles of `tensors` side by side in memory; the tensors outlive the call.
func withHandles<R>(
  _ tensors: [Tensor], _ body: (UnsafePointer<ct_tensor>, Int) throws -> R
) rethrows -> R {
  try withExtendedLifetime(tensors) {
    try withUnsafeTemporaryAllocation(of: ct_tensor.self, capacity: max(tensors.count, 1)) {
      buffer in
      for (i, tensor) in tensors.enumerated() { buffer.initializeElement(at: i, to: tensor.handle) }
      guard let start = buffer.baseAddress else { stop("withHandles", "no memory") }
      return try body(start, tensors.count)
    }
  }
}

/// Collects the results that `body` writes; it answers their number, or less than 0 after a failure.
func collect(
  _ capacity: Int, _ operation: StaticString = #function,
  _ body: (UnsafeMutablePointer<ct_tensor?>) -> Int
) -> [Tensor] {
  withUnsafeTemporaryAllocation(of: ct_tensor?.self, capacity: max(capacity, 1)) { buffer in
    buffer.initialize(repeating: nil)
    guard let start = buffer.baseAddress else { stop(operation, "no memory") }
    let count = body(start)
    if count < 0 { stop(operation) }
    return (0..<count).map { .take(buffer[$0], operation) }
  }
}
