/// What stops a measurement.
public enum MeasureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The third entry of an init vector is neither 0 (red) nor 1 (blue).
  case invalidColor(Double)
  /// An init vector has fewer entries than its evaluator needs.
  case shortInit(Int)
  /// Video and truth cover different numbers of frames.
  case frameMismatch(video: Int, truth: Int)
  /// The scene has a number of bodies that this measure cannot score.
  case bodyCount(Int)
  /// The truth follows another number of bodies than the scene has.
  case bodyMismatch(scene: Int, truth: Int)
  /// The video has no frames, or frames without pixels or of unequal sides.
  case frameSize(frames: Int, width: Int, height: Int)
  /// The text is not a file that this build wrote.
  case unreadable(String)

  /// The sentence shown to the user, with the remedy.
  public var description: String {
    switch self {
    case .invalidColor(let code):
      "colour code \(code) is unknown; use 0 (red) or 1 (blue)"
    case .shortInit(let count):
      "an init vector of \(count) entries cannot be scored; give radius and speed, or both radii and "
        + "both speeds of a collision"
    case .frameMismatch(let video, let truth):
      "the video has \(video) frames but the truth has \(truth); cut both to the same length"
    case .bodyCount(let count):
      "a scene of \(count) bodies cannot be scored here; give scenes of one body, or of two for a "
        + "collision"
    case .bodyMismatch(let scene, let truth):
      "the scene has \(scene) bodies but the truth follows \(truth); simulate this very scene"
    case .frameSize(let frames, let width, let height):
      "\(frames) frames of \(width) by \(height) pixels cannot be scored; give at least one frame, "
        + "as wide as high"
    case .unreadable(let detail):
      "not a readable measurement: \(detail); run the evaluation again"
    }
  }
}
