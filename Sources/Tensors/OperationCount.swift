import CTorch

extension Torch {
  /// Runs `body` and counts the floating-point operations of matrix products, convolutions and attention that
  /// libtorch's operators take meanwhile, on all threads; a multiplication and an addition are two.
  ///
  /// One counting at a time, a second stops. Products inside the fused operators of this library are not seen where
  /// they are computed without libtorch's operators.
  public static func countingOperations<Value>(
    _ body: () throws -> Value
  ) rethrows -> (value: Value, operations: Double) {
    check(ct_operations_begin(), "countingOperations")
    var operations = 0.0
    let value: Value
    do {
      defer { operations = ct_operations_end() }
      value = try body()
    }
    return (value, operations)
  }
}
