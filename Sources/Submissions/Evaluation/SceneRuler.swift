import Datasets
import Measures
import Videos
import Worlds

/// What measures one video of a scene; called from several threads at once.
public protocol SceneRuler: Sendable {
  /// A text that changes when its numbers may: scores of another ruler are not gone on with.
  var identity: String { get }
  /// Name to number; NaN for what does not exist on this video.
  ///
  /// - Parameters:
  ///   - video: Square frames, 0.1 s apart, from the scene's first frame on; at most as many as the
  ///     truth has.
  ///   - truthVideo: The true video by the same way, of the same size and length.
  func measures(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory
  ) throws -> [String: Double]
  /// Whether the video obeys the laws; nil where that is not asked.
  func judgement(
    of video: Video, scene: LabelledScene, truth: Trajectory
  ) throws -> Judgement?
}

extension SceneRuler {
  /// Nil.
  public func judgement(
    of video: Video, scene: LabelledScene, truth: Trajectory
  ) throws -> Judgement? { nil }
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

  /// See `SceneScorer`.
  public func measures(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory
  ) throws -> [String: Double] {
    try scorer.score(
      video, scene: scene.scene, truth: truth, scenario: scene.scenario, id: "", index: scene.index
    ).measures
  }

  /// See `Judge`.
  public func judgement(
    of video: Video, scene: LabelledScene, truth: Trajectory
  ) throws -> Judgement? {
    let truth = truth.prefix(video.frames)
    let tracks = try ObjectReader(renderedSize: scorer.renderedSize)
      .tracks(of: video, scene: scene.scene, truth: truth)
    return try judge.judge(tracks, scene: scene.scene, truth: truth)
  }
}
