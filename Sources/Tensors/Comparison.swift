import CTorch

// Comparisons give bool tensors of the broadcast shape.
extension Tensor {
  /// Where `a` is greater than `b`.
  public static func > (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: ">", ct_gt) }
  /// Where `a` is less than `b`.
  public static func < (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "<", ct_lt) }
  /// Where `a` is at least `b`.
  public static func >= (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: ">=", ct_ge) }
  /// Where `a` is at most `b`.
  public static func <= (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "<=", ct_le) }
  /// Where `a` equals `b`.
  public static func == (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "==", ct_eq) }

  /// Where elements are greater than `s`.
  public static func > (a: Tensor, s: Double) -> Tensor {
    a.apply(named: ">") { ct_gt_scalar($0, s) }
  }
  /// Where elements are less than `s`.
  public static func < (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "<") { ct_lt_scalar($0, s) }
  }
  /// Where elements are at least `s`.
  public static func >= (a: Tensor, s: Double) -> Tensor {
    a.apply(named: ">=") { ct_ge_scalar($0, s) }
  }
  /// Where elements are at most `s`.
  public static func <= (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "<=") { ct_le_scalar($0, s) }
  }
  /// Where elements equal `s`.
  public static func == (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "==") { ct_eq_scalar($0, s) }
  }

  /// Elementwise negation of a bool tensor.
  public func logicalNot() -> Tensor { apply(ct_logical_not) }
  /// Where elements are neither infinite nor NaN.
  public func isFinite() -> Tensor { apply(ct_isfinite) }
}
