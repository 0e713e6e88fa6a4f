/// What stops a measurement.
public enum MeasureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The third entry of an init vector is neither 0 (red) nor 1 (blue).
  case invalidColor(Double)
  /// An init vector has fewer than two entries (radius, speed).
  case shortInit(Int)
  /// Video and truth cover different numbers of frames.
  case frameMismatch(video: Int, truth: Int)
  /// The scene has a number of bodies that this measure cannot score.
  case bodyCount(Int)
  /// This evaluator function has no counterpart in this build.
  case notBuilt(String)
  /// The text is not a file that this build wrote.
  case unreadable(String)

  /// The sentence shown to the user, with the remedy.
  public var description: String {
    switch self {
    case .invalidColor(let code):
      "colour code \(code) is unknown; use 0 (red) or 1 (blue)"
    case .shortInit(let count):
      "an init vector of \(count) entries cannot be scored; give at least radius and speed"
    case .frameMismatch(let video, let truth):
      "the video has \(video) frames but the truth has \(truth); cut both to the same length"
    case .bodyCount(let count):
      "a scene of \(count) bodies cannot be scored here; give scenes of one body"
    case .notBuilt(let name):
      "\(name) is not built yet; only one-object cases can be evaluated"
    case .unreadable(let detail):
      "not a readable measurement: \(detail); run the evaluation again"
    }
  }
}
