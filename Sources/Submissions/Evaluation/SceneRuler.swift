import Datasets
import Measures
import Videos
import Worlds

/// What measures one video of a scene; called from several threads at once.
public protocol SceneRuler: Sendable {
  /// A text that changes when its numbers may: scores of another ruler are not gone on with.
  var identity: String { get }
  /// What one video says.
  ///
  /// - Parameters:
  ///   - video: Square frames, 0.1 s apart, from the scene's first frame on; at most as many as the
  ///     truth has.
  ///   - truthVideo: The true video by the same way, of the same size and length.
  ///   - judged: Whether a judgement is wanted, too.
  func reading(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory, judged: Bool
  ) throws -> SceneReading
}

/// What a ruler reads off one video.
public struct SceneReading: Hashable, Sendable {
  /// Name to number; NaN for what does not exist on this video.
  public var measures: [String: Double]
  /// Whether the video obeys the laws; nil where that was not asked or cannot be said.
  public var judgement: Judgement?

  /// A reading from its parts.
  public init(measures: [String: Double], judgement: Judgement? = nil) {
    self.measures = measures
    self.judgement = judgement
  }
}

/// The measures of physical laws and the judge from known physics.
public struct PhysicalRuler: SceneRuler {
  private let scorer: SceneScorer
  private let judge: Judge

  /// A ruler that leaves out the frames that the model was given.
  public init(conditionFrames: Int = 3) {
    scorer = SceneScorer(conditionFrames: conditionFrames)
    judge = Judge(conditionFrames: conditionFrames)
  }

  /// Changes with the definitions of the measures.
  public var identity: String { "physics 1" }

  /// See `SceneScorer` and `Judge`; both look at the same tracks.
  public func reading(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory, judged: Bool
  ) throws -> SceneReading {
    let (score, tracks) = try scorer.scoreWithTracks(
      video, scene: scene.scene, truth: truth, scenario: scene.scenario, id: "",
      index: scene.index)
    guard judged else { return SceneReading(measures: score.measures) }
    let truth = truth.prefix(video.frames)
    return SceneReading(
      measures: score.measures,
      judgement: try judge.judge(tracks, scene: scene.scene, truth: truth))
  }
}
