import Tensors

/// The arithmetic of a network's matrix products; weights, sums and optimisers stay float32.
public enum Precision: String, Codable, CaseIterable, Sendable {
  /// Single precision throughout.
  case float32
  /// On NVIDIA GPUs factors are rounded to 10 bits, sums are float32; elsewhere the same as `float32`.
  case tensorFloat32
  /// Factors are rounded to bfloat16 (7 bits). For GPUs: on processors without bfloat16 units it is slow.
  case bfloat16

  /// Runs a network in this precision; `backward()` may be called outside.
  package func callAsFunction<R>(_ body: () throws -> R) rethrows -> R {
    switch self {
    case .float32: return try body()
    case .tensorFloat32:
      Torch.allowTF32(true)
      return try body()
    case .bfloat16: return try Torch.autocast(.bfloat16, body)
    }
  }
}
