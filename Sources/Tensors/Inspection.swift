import CTorch

extension Tensor {
  /// The length of every dimension; `[]` for one number.
  public var shape: [Int] { (0..<ct_rank(handle)).map { ct_size(handle, $0) } }

  /// The length of one dimension; negative numbers count from the end.
  public func size(_ dim: Int) -> Int {
    let rank = self.rank
    guard dim >= -rank && dim < rank else {
      stop("Tensor.size", "dimension \(dim) is out of range for shape \(shape)")
    }
    return ct_size(handle, dim < 0 ? dim + rank : dim)
  }

  /// The number of dimensions.
  public var rank: Int { ct_rank(handle) }

  /// The number of elements.
  public var count: Int { ct_count(handle) }

  /// The type of the elements.
  public var dtype: DType {
    let code = ct_dtype(handle)
    guard let dtype = DType(rawValue: code) else { stop("dtype", "unknown scalar type \(code)") }
    return dtype
  }

  /// Where the elements live.
  public var device: Device { Device(code: ct_device(handle)) }

  /// True when the elements lie in the order of their indices.
  public var isContiguous: Bool { ct_is_contiguous(handle) }

  /// The only element as a Double; stops when there are more.
  public func item() -> Double {
    var value = 0.0
    check(ct_item(handle, &value))
    return value
  }

  /// All elements, converted to Float.
  public func floats() -> [Float] { copyOut(.float32, 0) }

  /// All elements, converted to Double.
  public func doubles() -> [Double] { copyOut(.float64, 0) }

  /// All elements, converted to Int64; fractions are cut.
  public func int64s() -> [Int64] { copyOut(.int64, 0) }

  /// The elements of a uint8 or bool tensor. Other types stop: round and convert with `to(.uint8)` first.
  public func bytes() -> [UInt8] {
    guard dtype == .uint8 || dtype == .bool else { stop("bytes()", "the tensor is \(dtype)") }
    return copyOut(dtype, 0)
  }

  /// The memory of the elements in index order and the machine's byte order, whatever the type.
  public func rawBytes() -> [UInt8] {
    let dtype = self.dtype
    return [UInt8](unsafeUninitializedCapacity: count * dtype.size) { buffer, filled in
      fill(UnsafeMutableRawBufferPointer(buffer), dtype)
      filled = buffer.count
    }
  }

  private func copyOut<T>(_ dtype: DType, _ zero: T) -> [T] {
    [T](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableRawBufferPointer(buffer), dtype)
      filled = buffer.count
    }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ dtype: DType) {
    guard let address = buffer.baseAddress, count > 0 else { return }
    check(ct_copy_out(handle, dtype.rawValue, address, count * dtype.size))
  }
}

extension Tensor: CustomStringConvertible {
  /// Type, shape and place; up to eight elements.
  public var description: String {
    let values = count <= 8 ? " \(doubles())" : ""
    return "Tensor(\(dtype), \(shape), \(device))\(values)"
  }
}
