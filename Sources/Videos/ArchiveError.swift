/// Why an archive, or an array in one, cannot be read. The description names the file and the cause.
public enum ArchiveError: Error, Equatable, Sendable {
  /// There is no file of this name.
  case missing(file: String)
  /// The bytes cannot be had.
  case unreadable(file: String, cause: String)
  /// The bytes are not a zip archive or an array, or they are damaged.
  case damaged(file: String, cause: String)
  /// The archive is fine but uses something this reader does not know.
  case unsupported(file: String, cause: String)
  /// The archive holds no array of this name.
  case noArray(file: String, name: String)
}

extension ArchiveError: CustomStringConvertible {
  /// One sentence with the file and the cause.
  public var description: String {
    switch self {
    case .missing(let file): "\(file): no such file"
    case .unreadable(let file, let cause): "\(file): cannot be read: \(cause)"
    case .damaged(let file, let cause): "\(file): not a whole archive: \(cause)"
    case .unsupported(let file, let cause): "\(file): not supported: \(cause)"
    case .noArray(let file, let name): "\(file): holds no array named '\(name)'"
    }
  }
}
