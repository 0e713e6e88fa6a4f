import CTorch

// Without dimensions, a reduction goes over all elements and gives one number (shape `[]`).
extension Tensor {
  /// Sum over all elements.
  public func sum() -> Tensor { sum([]) }
  /// Sum over `dims`; `keepDims` leaves them with length 1.
  public func sum(_ dims: [Int], keepDims: Bool = false) -> Tensor {
    apply { ct_sum($0, dims, dims.count, keepDims) }
  }

  /// Mean of all elements.
  public func mean() -> Tensor { mean([]) }
  /// Mean over `dims`.
  public func mean(_ dims: [Int], keepDims: Bool = false) -> Tensor {
    apply { ct_mean($0, dims, dims.count, keepDims) }
  }

  /// Greatest element over `dims`, or of all; equal greatest elements share the gradient.
  public func amax(_ dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    apply { ct_amax($0, dims, dims.count, keepDims) }
  }

  /// Least element over `dims`, or of all.
  public func amin(_ dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    apply { ct_amin($0, dims, dims.count, keepDims) }
  }

  /// Euclidean norm over `dims`, or of all elements.
  public func norm(_ dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    apply { ct_norm($0, dims, dims.count, keepDims) }
  }

  /// Index of the greatest element along `dim`, int64.
  public func argmax(_ dim: Int) -> Tensor { apply { ct_argmax($0, dim) } }
  /// Index of the least element along `dim`, int64.
  public func argmin(_ dim: Int) -> Tensor { apply { ct_argmin($0, dim) } }
  /// Running sum along `dim`.
  public func cumsum(_ dim: Int) -> Tensor { apply { ct_cumsum($0, dim) } }
}
