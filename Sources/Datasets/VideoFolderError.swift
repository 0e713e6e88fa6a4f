/// One thing that is wrong inside a folder of videos.
public enum VideoFolderProblem: Error, Equatable, Sendable {
  /// A line of `scenes.jsonl` (counted from 1) cannot be read.
  case line(number: Int, cause: String)
  /// A scene contradicts itself or another.
  case scene(index: Int, cause: String)
  /// A video file is missing, damaged or of the wrong size.
  case video(file: String, cause: String)
  /// The list is longer or shorter than the manifest says.
  case count(expected: Int, found: Int)
}

extension VideoFolderProblem: CustomStringConvertible {
  /// One sentence with the line, scene or file.
  public var description: String {
    switch self {
    case .line(let number, let cause): "scenes.jsonl line \(number): \(cause)"
    case .scene(let index, let cause): "scene \(index): \(cause)"
    case .video(let file, let cause):
      cause.hasPrefix(file) ? cause : "\(file): \(cause)"
    case .count(let expected, let found):
      "scenes.jsonl has \(found) lines; the manifest says \(expected)"
    }
  }
}

/// Why a folder of videos cannot be written or read.
public enum VideoFolderError: Error, Equatable, Sendable {
  /// The folder or one of its files is not there.
  case missing(file: String)
  /// A file of the folder is not in the expected layout.
  case garbled(file: String, cause: String)
  /// The target is already there.
  case exists(folder: String)
  /// The target cannot be written.
  case cannotWrite(folder: String, cause: String)
  /// A number of videos below 1.
  case count(Int)
  /// Some lines or files are bad.
  case broken(folder: String, problems: [VideoFolderProblem])
}

extension VideoFolderError: CustomStringConvertible {
  /// The file or value and the cause; every problem on a line of its own.
  public var description: String {
    switch self {
    case .missing(let file): "\(file): no such file; is this a folder of simulated videos?"
    case .garbled(let file, let cause): "\(file): \(cause)"
    case .exists(let folder): "\(folder): already there; choose another name or remove it first"
    case .cannotWrite(let folder, let cause):
      "\(folder): cannot be written: \(cause); free some space or choose another place"
    case .count(let count): "\(count) videos were asked for; ask for at least 1"
    case .broken(let folder, let problems):
      "\(folder): \(problems.count) problem\(problems.count == 1 ? "" : "s")\n"
        + problems.map { "  \($0)" }.joined(separator: "\n")
    }
  }
}
