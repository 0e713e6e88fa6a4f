/// The element type of a tensor; raw values are libtorch's `ScalarType`.
public enum DType: Int32, Sendable, CaseIterable {
  case uint8 = 0
  case int32 = 3
  case int64 = 4
  case float16 = 5
  case float32 = 6
  case float64 = 7
  case bool = 11
  case bfloat16 = 15

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .uint8, .bool: 1
    case .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }
}

/// Where the elements of a tensor live.
public enum Device: Sendable, Hashable, CustomStringConvertible {
  case cpu
  /// CUDA device with this index, from 0.
  case cuda(Int)

  /// The shim's code: -1 for the CPU, else the CUDA index.
  var code: Int32 {
    switch self {
    case .cpu: -1
    case .cuda(let index): Int32(index)
    }
  }

  init(code: Int32) { self = code < 0 ? .cpu : .cuda(Int(code)) }

  /// `cpu` or `cuda:INDEX`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }
}
