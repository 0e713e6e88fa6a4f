import Tensors

/// Gradients of a loss in parts, added up in an order that threads do not change.
enum GradientSum {
  /// Computes groups of parts one after another, the parts of a group at the same time; leaves the gradient of their
  /// sum in `weights` and returns the sum.
  ///
  /// A group's two parts add to the same tensors in either order, which is the same. With more groups, each group's
  /// sum is taken aside first: (a + b) + (c + d) would else be (a + b) + c + d or (a + b) + d + c, which is not.
  /// - Returns: the loss; the gradients are of no use where it is not finite.
  static func take(
    _ parts: [() throws -> Tensor], groups: Int, weights: [Tensor]
  ) throws -> Double {
    let size = (parts.count + groups - 1) / max(groups, 1)
    guard size < parts.count else { return try group(parts[...]) }
    var loss = 0.0
    var sums: [Tensor?] = []
    for start in stride(from: 0, to: parts.count, by: size) {
      loss += try group(parts[start..<min(start + size, parts.count)])
      guard loss.isFinite else { return loss }
      // In one thread's order anyway.
      if size == 1 { continue }
      let gradients = weights.map(\.grad)
      for weight in weights { weight.zeroGrad() }
      sums = sums.isEmpty ? gradients : added(gradients, to: sums)
    }
    for (weight, sum) in zip(weights, sums) { weight.grad = sum }
    return loss
  }

  private static func group(_ parts: ArraySlice<() throws -> Tensor>) throws -> Double {
    try Workers.map(parts.count) { index in
      let loss = try parts[parts.startIndex + index]()
      let value = loss.item()
      if value.isFinite { loss.backward() }
      return value
    }.reduce(0, +)
  }

  private static func added(_ gradients: [Tensor?], to sums: [Tensor?]) -> [Tensor?] {
    let pairs = zip(sums, gradients).compactMap { sum, new in
      sum.flatMap { s in new.map { (s, $0) } }
    }
    Tensor.foreachAdd_(pairs.map(\.0), pairs.map(\.1))
    return zip(sums, gradients).map { $0 ?? $1 }
  }
}
