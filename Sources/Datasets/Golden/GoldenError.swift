/// Why a folder of reference data cannot be read. The description names the file and the cause.
public enum GoldenError: Error, Equatable, Sendable {
  /// The folder or one of its files is not there.
  case missing(file: String)
  /// A file is there but not in the expected layout.
  case garbled(file: String, cause: String)
  /// A case refers to a scene that `scenes.json` does not hold.
  case noScene(id: String)
}

extension GoldenError: CustomStringConvertible {
  /// One sentence with the file and the cause.
  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no such file; reference data is a folder with scenes.json, frames.npz, "
        + "evaluator.json and eval_frames.npz"
    case .garbled(let file, let cause): "\(file): not in the layout of reference data: \(cause)"
    case .noScene(let id): "the reference data has no scene '\(id)'"
    }
  }
}
