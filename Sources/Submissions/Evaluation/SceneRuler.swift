import Datasets
import Measures
import Videos
import Worlds

/// What measures one video of a scene; called from several threads at once.
public protocol SceneRuler: Sendable {
  /// A text that changes when its numbers may: scores of another ruler are not gone on with.
  var identity: String { get }
  /// Measures a video against the truth.
  ///
  /// - Parameters:
  ///   - video: Square frames, 0.1 s apart, from the scene's first frame on; at most as many as the
  ///     truth has.
  ///   - truthVideo: The true video by the same way, of the same size and length.
  func measure(
    _ video: Video, truthVideo: Video, of scene: LabelledScene, truth: Trajectory
  ) throws -> RuledVideo
}

/// What a ruler found.
public struct RuledVideo: Hashable, Sendable {
  /// Name to number; NaN for what does not exist.
  public var measures: [String: Double]
  /// What the judge says; nil where none was asked.
  public var verdict: Verdict?

  /// A finding from its parts.
  public init(measures: [String: Double], verdict: Verdict? = nil) {
    self.measures = measures
    self.verdict = verdict
  }
}

/// The paper's three kinds of video, with the reasons.
public struct Verdict: Codable, Hashable, Sendable {
  /// `as_truth`, `lawful` (another motion that obeys the law) or `wrong`.
  public var kind: Kind
  /// Short names of what is wrong, such as `velocity_jump`; for counting.
  public var reasons: [String]
  /// The reasons in words, with frame and value.
  public var text: String

  /// The three kinds.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Shows what really happens.
    case asTruth = "as_truth"
    /// Shows something else that could happen.
    case lawful
    /// Shows what cannot happen.
    case wrong
  }

  /// A verdict from its parts.
  public init(_ kind: Kind, reasons: [String] = [], text: String = "") {
    self.kind = kind
    self.reasons = reasons
    self.text = text
  }
}
