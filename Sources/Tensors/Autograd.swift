import CTorch

extension Tensor {
  /// Records (or stops recording) operations on this leaf tensor for `backward()`; returns the tensor.
  @discardableResult public func requiresGrad(_ on: Bool = true) -> Tensor {
    check(ct_set_requires_grad(handle, on))
    return self
  }

  /// True for a leaf that records and for everything computed from one.
  public var needsGrad: Bool { ct_requires_grad(handle) }

  /// Adds the derivative of this number (one element) to the `grad` of every leaf it depends on.
  ///
  /// The record is used up: a second `backward()` of the same number stops.
  public func backward() { withExtendedLifetime(self) { check(ct_backward(handle)) } }

  /// What `backward()` has added up; nil before.
  public var grad: Tensor? {
    get { withExtendedLifetime(self) { ct_grad(handle).map { Tensor(owning: $0) } } }
    set { withExtendedLifetime((self, newValue)) { check(ct_set_grad(handle, newValue?.handle)) } }
  }

  /// Forgets the gradient.
  public func zeroGrad() { grad = nil }

  /// The same elements, shared, without the record of how they were computed.
  public func detached() -> Tensor { apply(ct_detach) }
}
