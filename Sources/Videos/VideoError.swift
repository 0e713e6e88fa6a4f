/// Why a video or picture cannot be read, written or resized.
///
/// Every description names the file (or the value) and the cause.
public enum VideoError: Error, Equatable, Sendable {
  /// There is no file of this name.
  case missing(file: String)
  /// The file exists but its bytes cannot be had.
  case unreadable(file: String, cause: String)
  /// The bytes are not a video or picture of a supported kind.
  case notAVideo(file: String, cause: String)
  /// The file begins well but its frames are cut short or damaged.
  case damaged(file: String, cause: String)
  /// The file cannot be written.
  case cannotWrite(file: String, cause: String)
  /// The encoder refused.
  case cannotEncode(cause: String)
  /// A size that the operation cannot handle; the text says which and what would do.
  case size(String)
}

extension VideoError: CustomStringConvertible {
  /// One sentence with the file and the cause.
  public var description: String {
    switch self {
    case .missing(let file): "\(file): no such file"
    case .unreadable(let file, let cause): "\(file): cannot be read: \(cause)"
    case .notAVideo(let file, let cause): "\(file): not a readable video or picture: \(cause)"
    case .damaged(let file, let cause): "\(file): damaged or cut short: \(cause)"
    case .cannotWrite(let file, let cause): "\(file): cannot be written: \(cause)"
    case .cannotEncode(let cause): "cannot encode: \(cause)"
    case .size(let text): text
    }
  }
}
