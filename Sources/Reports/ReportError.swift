/// What stops a report.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file could not be written.
  case cannotWrite(file: String, cause: String)

  /// The sentence shown to the user, with the remedy.
  public var description: String {
    switch self {
    case .cannotWrite(let file, let cause):
      "cannot write the report to \(file): \(cause); check that the folder exists and has space"
    }
  }
}
