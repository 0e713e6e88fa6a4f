import CTorch

// One call for a whole list of tensors, in place and not recorded by autograd.
extension Tensor {
  /// `a[i] += weight * (b[i] - a[i])` for every i, as an average of weights needs.
  public static func foreachLerp_(_ a: [Tensor], _ b: [Tensor], _ weight: Double) {
    pairwise(a, b) { ct_foreach_lerp_($0, $1, $2, weight) }
  }

  /// `a[i] += alpha * b[i]` for every i.
  public static func foreachAdd_(_ a: [Tensor], _ b: [Tensor], alpha: Double = 1) {
    pairwise(a, b) { ct_foreach_add_($0, $1, $2, alpha) }
  }

  /// `a[i] *= factor` for every i.
  public static func foreachMul_(_ a: [Tensor], _ factor: Double) {
    check(withHandles(a) { ct_foreach_mul_($0, $1, factor) })
  }

  /// Euclidean norm of all gradients together; 0 when there are none.
  public static func gradNorm(_ parameters: [Tensor]) -> Double {
    var norm = 0.0
    check(withHandles(parameters) { ct_grad_norm($0, $1, &norm) })
    return norm
  }

  /// Scales all gradients so that `gradNorm` is at most `maxNorm`; returns the norm before.
  ///
  /// A norm that is not finite is returned and the gradients stay as they are.
  @discardableResult
  public static func clipGradNorm_(_ parameters: [Tensor], maxNorm: Double) -> Double {
    let norm = gradNorm(parameters)
    if norm.isFinite && norm > maxNorm {
      check(withHandles(parameters) { ct_scale_grads_($0, $1, maxNorm / (norm + 1e-6)) })
    }
    return norm
  }

  /// `clipGradNorm_` that leaves the norm on the device, so that the program need not wait for it.
  ///
  /// A norm that is not finite spoils the gradients: look at it before the parameters are used for anything.
  public static func deferredClipGradNorm_(_ parameters: [Tensor], maxNorm: Double) -> Tensor {
    withHandles(parameters) { take(ct_clip_grads_($0, $1, maxNorm), "clipGradNorm_") }
  }

  private static func pairwise(
    _ a: [Tensor], _ b: [Tensor], _ operation: StaticString = #function,
    _ body: (UnsafePointer<OpaquePointer>, UnsafePointer<OpaquePointer>, Int) -> Int32
  ) {
    guard a.count == b.count else { stop(operation, "lists of \(a.count) and \(b.count) tensors") }
    check(withHandles(a) { p, n in withHandles(b) { q, _ in body(p, q, n) } }, operation)
  }
}
