/// Why a pickle is not read.
public enum PickleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes end too early.
  case truncated(offset: Int)
  /// An instruction that nested dictionaries of arrays do not need.
  case instruction(code: UInt8, offset: Int)
  /// A class or function other than those of NumPy arrays; none is ever called.
  case foreign(name: String)
  /// Instructions that contradict each other.
  case malformed(offset: Int, cause: String)
  /// An array of another kind than little-endian float32 in C order.
  case array(key: String, cause: String)

  /// What is wrong, and where.
  public var description: String {
    switch self {
    case .truncated(let offset): "the pickle ends early, at byte \(offset)"
    case .instruction(let code, let offset):
      "the pickle has instruction 0x\(String(code, radix: 16)) at byte \(offset), which is not read here"
    case .foreign(let name):
      "the pickle asks for '\(name)'; only NumPy arrays are read, nothing is run"
    case .malformed(let offset, let cause): "the pickle makes no sense at byte \(offset): \(cause)"
    case .array(let key, let cause): "the pickle's array '\(key)' \(cause)"
    }
  }
}
