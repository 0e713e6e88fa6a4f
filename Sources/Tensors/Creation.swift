import CTorch

extension Tensor {
  /// A tensor with unset elements.
  public static func empty(
    _ shape: [Int], dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    take(ct_empty(shape, shape.count, dtype.rawValue, device.code))
  }

  /// A tensor of zeros; shape `[]` gives one number.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    full(shape, 0, dtype: dtype, device: device)
  }

  /// A tensor of ones.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    full(shape, 1, dtype: dtype, device: device)
  }

  /// A tensor whose elements all are `value`.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    take(ct_full(shape, shape.count, value, dtype.rawValue, device.code))
  }

  /// Zeros in the shape, type and place of `other`.
  public static func zeros(like other: Tensor) -> Tensor {
    zeros(other.shape, dtype: other.dtype, device: other.device)
  }

  /// The numbers 0, 1, … `count` - 1, shape `[count]`.
  public static func arange(
    _ count: Int, dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    take(ct_arange(count, dtype.rawValue, device.code))
  }

  /// `count` evenly spaced numbers from `start` to `end`, both included.
  public static func linspace(
    _ start: Double, _ end: Double, _ count: Int, dtype: DType = .float32,
    device: Device = .standard
  ) -> Tensor {
    take(ct_linspace(start, end, count, dtype.rawValue, device.code))
  }

  /// Standard normal numbers from `stream`; the same stream gives the same numbers on every device.
  public static func randn(
    _ shape: [Int], stream: RandomStream, dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    stream.normal(shape, dtype: dtype, device: device)
  }

  /// Uniform numbers in [0, 1) from `stream`.
  public static func rand(
    _ shape: [Int], stream: RandomStream, dtype: DType = .float32, device: Device = .standard
  ) -> Tensor {
    stream.uniform(shape, dtype: dtype, device: device)
  }

  /// A float32 tensor; the last dimension of `shape` varies fastest.
  public convenience init(_ values: [Float], _ shape: [Int], device: Device = .standard) {
    self.init(memory: values, shape, .float32, device)
  }

  /// An int64 tensor, for example of indices.
  public convenience init(_ values: [Int64], _ shape: [Int], device: Device = .standard) {
    self.init(memory: values, shape, .int64, device)
  }

  /// A float64 tensor. The label keeps plain literals float32.
  public convenience init(
    doubles values: [Double], _ shape: [Int], device: Device = .standard
  ) {
    self.init(memory: values, shape, .float64, device)
  }

  /// A uint8 tensor, for example of pixels.
  public convenience init(bytes values: [UInt8], _ shape: [Int], device: Device = .standard) {
    self.init(memory: values, shape, .uint8, device)
  }

  /// Copies foreign memory in the machine's byte order, for example of a file, to the CPU.
  ///
  /// Throws a `TorchError` when `shape` does not hold exactly these bytes.
  public convenience init(copying memory: UnsafeRawBufferPointer, dtype: DType, _ shape: [Int])
    throws
  {
    guard let handle = Tensor.copy(memory, shape, dtype) else {
      throw torchError("Tensor(copying:)")
    }
    self.init(owning: handle)
  }

  private convenience init<T>(
    memory values: [T], _ shape: [Int], _ dtype: DType, _ device: Device
  ) {
    guard let handle = values.withUnsafeBytes({ Tensor.copy($0, shape, dtype) }) else {
      stop("Tensor(_:_:)")
    }
    guard device != .cpu else {
      self.init(owning: handle)
      return
    }
    defer { ct_release(handle) }
    guard let moved = ct_to_device(handle, device.code) else { stop("Tensor(_:_:device:)") }
    self.init(owning: moved)
  }

  private static func copy(
    _ memory: UnsafeRawBufferPointer, _ shape: [Int], _ dtype: DType
  ) -> ct_tensor? {
    // An empty array may have no address; libtorch wants one even for zero elements.
    withUnsafePointer(to: UInt64(0)) { none in
      let address = memory.baseAddress ?? UnsafeRawPointer(none)
      return ct_from_data(address, memory.count, shape, shape.count, dtype.rawValue)
    }
  }
}
