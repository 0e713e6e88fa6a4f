import Foundation
import Tensors

/// The float32 arrays in a pickle of nested dictionaries, by their keys joined with dots.
///
/// Reads what `pickle.dump` writes for such dictionaries and nothing else, without Python.
public struct PickledArrays: Sendable {
  /// One array.
  public struct Entry: Hashable, Sendable {
    /// The length of every dimension.
    public let shape: [Int]
    /// The numbers, little-endian float32, the last dimension fastest.
    public let data: Data
  }

  /// Key to array.
  public let entries: [String: Entry]

  /// The deepest nesting of dictionaries, and the most keys, that are followed: a dictionary can hold itself.
  private static let (deepest, most) = (64, 100_000)

  /// Reads a pickle.
  ///
  /// - Throws: ``PickleError``
  public init(_ pickle: Data) throws(PickleError) {
    var machine = PickleMachine(pickle)
    guard case .dictionary(let root) = try machine.run() else {
      throw .malformed(offset: pickle.count, cause: "the whole is no dictionary")
    }
    var entries: [String: Entry] = [:]
    var open = [("", root, 0)]
    var seen = 0
    while let (prefix, dictionary, depth) = open.popLast() {
      for (name, value) in dictionary.entries {
        let key = prefix + name
        seen += 1
        guard seen <= PickledArrays.most else {
          throw .array(key: key, cause: "comes after \(PickledArrays.most) others")
        }
        switch value {
        case .dictionary(let inner):
          guard depth < PickledArrays.deepest else {
            throw .array(key: key, cause: "lies deeper than \(PickledArrays.deepest) dictionaries")
          }
          open.append(("\(key).", inner, depth + 1))
        case .array(let array): entries[key] = try PickledArrays.checked(array, key)
        default: throw .array(key: key, cause: "is no array")
        }
      }
    }
    self.entries = entries
  }

  private static func checked(_ array: PickleArray, _ key: String) throws(PickleError) -> Entry {
    guard let dtype = array.dtype, dtype.code == "f4", dtype.order == "<" else {
      let type = array.dtype.map { "\($0.order)\($0.code)" } ?? "no type"
      throw .array(key: key, cause: "is of type \(type); little-endian float32 (<f4) is read")
    }
    guard !array.isColumnMajor else { throw .array(key: key, cause: "is in column order") }
    var bytes = 4
    for length in array.shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      guard !overflow else { throw .array(key: key, cause: "has the shape \(array.shape)") }
      bytes = product
    }
    guard bytes == array.data.count else {
      throw .array(
        key: key, cause: "of shape \(array.shape) has \(array.data.count) bytes, not \(bytes)")
    }
    return Entry(shape: array.shape, data: array.data)
  }

  /// The arrays as tensors.
  ///
  /// - Throws: `TorchError`
  func tensors() throws -> [String: Tensor] {
    try entries.mapValues { entry in
      try entry.data.withUnsafeBytes {
        try Tensor(copying: $0, dtype: .float32, entry.shape)
      }
    }
  }
}
