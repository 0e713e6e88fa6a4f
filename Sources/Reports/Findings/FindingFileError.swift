/// What stops the files of a finding from being written or read.
public enum FindingFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such file.
  case missing(file: String)
  /// The file is of a version of the format that this program does not know.
  case otherVersion(file: String, found: Int, known: Int)
  /// The file is no finding.
  case broken(file: String, cause: String)
  /// A figure or table has a name that cannot be a file's, or that another has too.
  case badName(kind: String, name: String, cause: String)
  /// A file could not be written.
  case cannotWrite(file: String, cause: String)

  /// The sentence shown to the user, with the remedy.
  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no such file; name a folder of results, such as results/laptop/figure-7, or make "
        + "one with 'phyworld reproduce'"
    case .otherVersion(let file, let found, let known):
      "\(file) is of version \(found), this program reads version \(known); "
        + (found > known
          ? "use a newer phyworld, or run the experiment again with this one"
          : "run the experiment again: finished arms are not trained again")
    case .broken(let file, let cause):
      "\(file) is no finding: \(cause); restore the file, or run the experiment again: finished "
        + "arms are not trained again"
    case .badName(let kind, let name, let cause):
      "the \(kind) '\(name)' cannot be written: \(cause); give it a name of letters, digits, '-', "
        + "'_' and '.' of its own"
    case .cannotWrite(let file, let cause):
      "cannot write \(file): \(cause); check that the folder exists and has space"
    }
  }
}
