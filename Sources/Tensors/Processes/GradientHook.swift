import CTorch

/// Calls a closure each time `backward()` has added to a leaf's gradient, from the thread that did so.
///
/// Lives until it is released; a leaf has one hook at a time.
public final class GradientHook {
  private let leaf: Tensor
  private let body: @Sendable () -> Void

  /// Watches a leaf that records.
  public init(_ leaf: Tensor, _ body: @escaping @Sendable () -> Void) {
    self.leaf = leaf
    self.body = body
    let context = Unmanaged.passUnretained(self).toOpaque()
    check(
      ct_on_gradient(
        leaf.handle,
        { context in
          guard let context else { return }
          Unmanaged<GradientHook>.fromOpaque(context).takeUnretainedValue().body()
        }, context), "GradientHook")
  }

  deinit { check(ct_on_gradient(leaf.handle, nil, nil), "GradientHook") }
}
