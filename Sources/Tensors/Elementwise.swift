import CTorch

extension Tensor {
  /// Absolute values.
  public func abs() -> Tensor { apply(ct_abs) }
  /// Square roots.
  public func sqrt() -> Tensor { apply(ct_sqrt) }
  /// Reciprocal square roots.
  public func rsqrt() -> Tensor { apply(ct_rsqrt) }
  /// Squares.
  public func square() -> Tensor { apply(ct_square) }
  /// Exponentials.
  public func exp() -> Tensor { apply(ct_exp) }
  /// Natural logarithms.
  public func log() -> Tensor { apply(ct_log) }
  /// Sines of radians.
  public func sin() -> Tensor { apply(ct_sin) }
  /// Cosines of radians.
  public func cos() -> Tensor { apply(ct_cos) }
  /// Hyperbolic tangents.
  public func tanh() -> Tensor { apply(ct_tanh) }
  /// `1 / (1 + exp(-x))`.
  public func sigmoid() -> Tensor { apply(ct_sigmoid) }
  /// `x * sigmoid(x)`.
  public func silu() -> Tensor { apply(ct_silu) }
  /// `max(x, 0)`.
  public func relu() -> Tensor { apply(ct_relu) }
  /// Nearest whole numbers, halves to even; the gradient is zero.
  public func round() -> Tensor { apply(ct_round) }
  /// Greatest whole numbers not above; the gradient is zero.
  public func floor() -> Tensor { apply(ct_floor) }

  /// Gaussian error linear unit: with the tanh approximation of the GELU paper, or exact.
  public func gelu(tanh: Bool = true) -> Tensor { apply { ct_gelu($0, tanh) } }

  /// Exponentials along `dim`, scaled to sum 1.
  public func softmax(_ dim: Int) -> Tensor { apply { ct_softmax($0, dim) } }

  /// Elements limited to `min...max`; a missing bound does not limit.
  public func clamp(min: Double? = nil, max: Double? = nil) -> Tensor {
    var low = min ?? 0
    var high = max ?? 0
    return apply { t in
      withUnsafePointer(to: &low) { l in
        withUnsafePointer(to: &high) { h in
          ct_clamp(t, min == nil ? nil : l, max == nil ? nil : h)
        }
      }
    }
  }

  /// The elements in another type; the same tensor when it has the type already.
  public func to(_ dtype: DType) -> Tensor { apply { ct_to_dtype($0, dtype.rawValue) } }

  /// The elements on another device; the same tensor when they are there already.
  public func to(_ device: Device) -> Tensor { apply { ct_to_device($0, device.code) } }

  /// `to(device)` for a device that a user named: a missing one throws a `TorchError`.
  public func tryTo(_ device: Device) throws -> Tensor {
    try withExtendedLifetime(self) { try .tryTake(ct_to_device(handle, device.code), "to(device)") }
  }
}
