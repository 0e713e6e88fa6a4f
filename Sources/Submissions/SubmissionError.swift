/// Why a submission cannot be evaluated at all. The description names the place, the value and the
/// remedy; what concerns single videos is a ``SubmissionProblem`` and stops nothing.
public enum SubmissionError: Error, Equatable, Sendable {
  /// There is no file or folder of this name.
  case missing(path: String)
  /// The file or folder cannot be read as what it should be.
  case unreadable(path: String, cause: String)
  /// Nothing in the folder answers a scene of the split.
  case nothingInCommon(path: String, split: String, first: String, last: String, found: String)
  /// The file cannot be written.
  case cannotWrite(path: String, cause: String)
  /// What is already there was made with another setting.
  case setting(path: String, name: String, found: String, wanted: String)
  /// The target is already there.
  case exists(path: String)
  /// Another process is writing there.
  case busy(path: String)
  /// Two evaluations do not answer the same scenes.
  case notComparable(name: String, first: String, second: String)
  /// It was asked to stop.
  case interrupted(doing: String)
  /// The request makes no sense; the text says which value and what would do.
  case request(String)
}

extension SubmissionError: CustomStringConvertible {
  /// One sentence with the place, the value and the remedy.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file or folder"
    case .unreadable(let path, let cause): "\(path): cannot be read: \(cause)"
    case .nothingInCommon(let path, let split, let first, let last, let found):
      "\(path): answers no scene of \(split); a video is named for its scene, \(first) to \(last), "
        + "such as \(first).mp4; found \(found)"
    case .cannotWrite(let path, let cause):
      "\(path): cannot be written: \(cause); free some space or choose another --output"
    case .setting(let path, let name, let found, let wanted):
      "\(path): was made with \(name) \(found), not \(wanted); it is kept as it is: "
        + "choose another --output or remove it first"
    case .exists(let path): "\(path): already there; choose another --output or remove it first"
    case .busy(let path): "\(path): another process is writing there; wait for it or end it"
    case .notComparable(let name, let first, let second):
      "the evaluations cannot be compared: their \(name) differ, \(first) and \(second); "
        + "evaluate both with the same settings"
    case .interrupted(let doing): "interrupted while \(doing); run the same command again to go on"
    case .request(let text): text
    }
  }
}
