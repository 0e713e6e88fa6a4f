import CTorch

// Binary operators broadcast as in NumPy. With a number, a floating tensor keeps its type; an integer
// tensor keeps its type when the number is whole.
extension Tensor {
  /// Elementwise sum.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "+", ct_add) }
  /// Elementwise difference.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "-", ct_sub) }
  /// Elementwise product.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "*", ct_mul) }
  /// Elementwise quotient; integers give floating numbers.
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.apply(b, named: "/", ct_div) }
  /// Elementwise negative.
  public static prefix func - (a: Tensor) -> Tensor { a.apply(named: "-", ct_neg) }

  /// Adds a number to every element.
  public static func + (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "+") { ct_add_scalar($0, s) }
  }
  /// Adds a number to every element.
  public static func + (s: Double, a: Tensor) -> Tensor { a + s }
  /// Takes a number from every element.
  public static func - (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "-") { ct_sub_scalar($0, s) }
  }
  /// A number less every element.
  public static func - (s: Double, a: Tensor) -> Tensor {
    a.apply(named: "-") { ct_rsub_scalar($0, s) }
  }
  /// Every element times a number.
  public static func * (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "*") { ct_mul_scalar($0, s) }
  }
  /// Every element times a number.
  public static func * (s: Double, a: Tensor) -> Tensor { a * s }
  /// Every element divided by a number.
  public static func / (a: Tensor, s: Double) -> Tensor {
    a.apply(named: "/") { ct_div_scalar($0, s) }
  }
  /// A number divided by every element.
  public static func / (s: Double, a: Tensor) -> Tensor { a.apply(named: "/", ct_reciprocal) * s }

  /// Every element to the power `exponent`.
  public func pow(_ exponent: Double) -> Tensor { apply { ct_pow_scalar($0, exponent) } }

  /// Elementwise maximum.
  public func maximum(_ other: Tensor) -> Tensor { apply(other, ct_maximum) }
  /// Elementwise minimum.
  public func minimum(_ other: Tensor) -> Tensor { apply(other, ct_minimum) }

  /// `self + value * b * c`.
  public func addcmul(_ b: Tensor, _ c: Tensor, value: Double = 1) -> Tensor {
    apply(b, c) { ct_addcmul($0, $1, $2, value) }
  }

  /// `self + weight * (end - self)`.
  public func lerp(_ end: Tensor, _ weight: Double) -> Tensor {
    apply(end) { ct_lerp($0, $1, weight) }
  }

  /// Elements of `a` where `condition` (a bool tensor) holds, else of `b`.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    condition.apply(a, b, ct_where)
  }
}
