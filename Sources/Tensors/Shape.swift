import CTorch

// Negative dimensions count from the end. One length of a new shape may be -1: it follows from the rest.
extension Tensor {
  /// The same memory in another shape; stops where strides do not allow it.
  public func view(_ shape: [Int]) -> Tensor { apply { ct_view($0, shape, shape.count) } }

  /// Another shape, copying only where it must.
  public func reshape(_ shape: [Int]) -> Tensor { apply { ct_reshape($0, shape, shape.count) } }

  /// `reshape` for a shape that input decides: one that does not fit throws a `TorchError`.
  public func tryReshape(_ shape: [Int]) throws -> Tensor {
    try withExtendedLifetime(self) {
      try .tryTake(ct_reshape(handle, shape, shape.count), "reshape")
    }
  }

  /// Dimensions in another order.
  public func permute(_ dims: [Int]) -> Tensor { apply { ct_permute($0, dims, dims.count) } }

  /// Two dimensions exchanged.
  public func transpose(_ a: Int, _ b: Int) -> Tensor { apply { ct_transpose($0, a, b) } }

  /// Dimensions of length 1 repeated to `shape` without copying; -1 keeps a length.
  public func expand(_ shape: [Int]) -> Tensor { apply { ct_expand($0, shape, shape.count) } }

  /// The elements in reverse order along `dims`.
  public func flip(_ dims: [Int]) -> Tensor { apply { ct_flip($0, dims, dims.count) } }

  /// The elements in reverse order along `dim`.
  public func flip(_ dim: Int) -> Tensor { flip([dim]) }

  /// A view of `start ..< start + length` along `dim`.
  public func narrow(_ dim: Int, start: Int, length: Int) -> Tensor {
    apply { ct_narrow($0, dim, start, length) }
  }

  /// The slice `index` along `dim`, without that dimension.
  ///
  /// Its gradient is a full tensor of zeros around the slice: to take every slice, use `unbind`.
  public func select(_ dim: Int, _ index: Int) -> Tensor { apply { ct_select($0, dim, index) } }

  /// A new dimension of length 1 at `dim`.
  public func unsqueeze(_ dim: Int) -> Tensor { apply { ct_unsqueeze($0, dim) } }

  /// Drops dimension `dim` if its length is 1.
  public func squeeze(_ dim: Int) -> Tensor { apply { ct_squeeze($0, dim) } }

  /// The elements in index order in memory; the same tensor when they are already.
  public func contiguous() -> Tensor { apply(ct_contiguous) }

  /// The slices along `dim` that an int64 (or int32) vector names, in its order.
  public func indexSelect(_ dim: Int, _ indices: Tensor) -> Tensor {
    apply(indices) { ct_index_select($0, dim, $1) }
  }

  /// All slices along `dim`, without that dimension.
  public func unbind(_ dim: Int) -> [Tensor] {
    let capacity = size(dim)
    return withExtendedLifetime(self) {
      collect(capacity) { ct_unbind(handle, dim, $0, capacity) }
    }
  }

  /// At most `count` parts of equal length along `dim`; the last may be shorter.
  public func chunk(_ count: Int, _ dim: Int) -> [Tensor] {
    guard count > 0 else { stop("chunk", "\(count) parts asked for; at least 1 is needed") }
    return withExtendedLifetime(self) {
      collect(count) { ct_chunk(handle, count, dim, $0, count) }
    }
  }

  /// Tensors one after another along an existing dimension.
  public static func cat(_ tensors: [Tensor], _ dim: Int = 0) -> Tensor {
    withHandles(tensors) { take(ct_cat($0, $1, dim), "cat") }
  }

  /// Tensors of one shape side by side along a new dimension.
  public static func stack(_ tensors: [Tensor], _ dim: Int = 0) -> Tensor {
    withHandles(tensors) { take(ct_stack($0, $1, dim), "stack") }
  }
}
