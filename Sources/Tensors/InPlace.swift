import CTorch

// These change the elements of `self` and are never recorded by autograd. All return `self`.
extension Tensor {
  /// Takes the elements of `source`, which broadcasts and changes type and device as needed.
  @discardableResult public func copy_(from source: Tensor) -> Tensor {
    change(source) { ct_copy_($0, $1) }
  }

  /// `copy_` of foreign data: an unfitting shape throws a `TorchError`.
  public func tryCopy_(from source: Tensor) throws {
    try withExtendedLifetime((self, source)) {
      guard source.shape == shape else {
        throw TorchError(description: "copy: shape \(source.shape) where \(shape) is needed")
      }
      if ct_copy_(handle, source.handle) != 0 { throw torchError("copy") }
    }
  }

  /// `self += alpha * other`.
  @discardableResult public func add_(_ other: Tensor, alpha: Double = 1) -> Tensor {
    change(other) { ct_add_($0, $1, alpha) }
  }

  /// `self *= factor`.
  @discardableResult public func mul_(_ factor: Double) -> Tensor {
    change(self) { a, _ in ct_mul_scalar_(a, factor) }
  }

  /// `self += weight * (end - self)`.
  @discardableResult public func lerp_(_ end: Tensor, _ weight: Double) -> Tensor {
    change(end) { ct_lerp_($0, $1, weight) }
  }

  /// Sets every element to 0.
  @discardableResult public func zero_() -> Tensor { fill_(0) }

  /// Sets every element to `value`.
  @discardableResult public func fill_(_ value: Double) -> Tensor {
    change(self) { a, _ in ct_fill_(a, value) }
  }

  private func change(
    _ other: Tensor, _ operation: StaticString = #function,
    _ body: (OpaquePointer, OpaquePointer) -> Int32
  ) -> Tensor {
    withExtendedLifetime((self, other)) { check(body(handle, other.handle), operation) }
    return self
  }
}
