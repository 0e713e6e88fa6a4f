/// What a dataset of an HDF5 file is, before its elements are read.
struct HDF5Dataset: Hashable, Sendable {
  /// The kinds of elements that are read.
  enum Kind: Hashable, Sendable {
    /// 64-bit floating-point numbers.
    case double
    /// 32-bit floating-point numbers.
    case float
    /// Lists of bytes, each of its own length.
    case byteLists
    /// Anything else, in words.
    case other(String)

    var text: String {
      switch self {
      case .double: "float64"
      case .float: "float32"
      case .byteLists: "variable-length uint8"
      case .other(let text): text
      }
    }
  }

  /// The path inside the file.
  var path: String
  /// The length of each axis.
  var shape: [Int]
  /// The kind of its elements.
  var kind: Kind
  /// Where the elements begin in the file; nil when they do not lie in one piece.
  var offset: Int?
}
