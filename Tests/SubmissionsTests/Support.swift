import Datasets
import Foundation
import Measures
import Submissions
import TestSupport
import Videos
import Worlds

/// A ruler for scenes of one body.
struct TrialRuler: SceneRuler {
  var identity = "trial"

  func reading(
    of video: Video, truthVideo: Video, scene: LabelledScene, truth: Trajectory, judged: Bool
  ) throws -> SceneReading {
    let score = try score(video, scene, truth)
    let gone = Reason(kind: .lost, body: 0, frame: 3, value: 1, text: "the ball is gone")
    return SceneReading(
      measures: [
        "velocity_error.official": score.official, "velocity_error.unbiased": score.unbiased,
        "lost_share": Double(score.lostFrames) / Double(max(score.scoredFrames, 1)),
      ],
      judgement: score.ballKept
        ? Judgement(verdict: .asTruth, reasons: [])
        : Judgement(verdict: .wrong, reasons: [gone]))
  }

  private func score(
    _ video: Video, _ scene: LabelledScene, _ truth: Trajectory
  ) throws -> VideoScore {
    try VideoScorer().score(
      video, scene: scene.scene, truth: truth, index: scene.index, level: scene.level ?? "")
  }
}

/// Small splits and the true videos of their scenes.
enum Trial {
  static func split(_ count: Int = 6, seed: UInt64 = 0) throws -> SceneSplit {
    try SceneSplit(named: "uniform/eval", seed: seed, count: count)
  }

  static func truth(_ split: SceneSplit, place: Int) throws -> RenderedTruth {
    let (scene, trajectory) = try split.scene(at: split.index(at: place))
    return RenderedTruth(scene.scene, trajectory)
  }

  /// The names of a split's scenes.
  static func ids(_ split: SceneSplit) -> [String] {
    (0..<split.count).map { split.id(of: split.index(at: $0)) }
  }

  /// Writes the true videos of a split as files.
  static func write(
    _ split: SceneSplit, to folder: URL, size: Int = 64, places: Range<Int>? = nil
  ) throws {
    for place in places ?? 0..<split.count {
      try VideoFile.write(
        try truth(split, place: place).video(size: size),
        to: folder.appendingPathComponent("\(ids(split)[place]).mp4"), quality: .lossless)
    }
  }

  static func evaluation(
    _ videos: URL, _ split: SceneSplit, to output: URL, threads: Int = 1,
    mapping: MappingOptions = MappingOptions(), floors: Bool = true
  ) throws -> SubmissionEvaluation {
    var evaluation = try SubmissionEvaluation(
      of: videos, on: split, ruler: TrialRuler(), to: output, mapping: mapping, floors: floors)
    evaluation.threads = threads
    return evaluation
  }
}

extension URL {
  /// The names in the folder.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func made() throws -> URL {
    try FileManager.default.createDirectory(at: self, withIntermediateDirectories: true)
    return self
  }

  subscript(name: String) -> URL { appendingPathComponent(name) }
}

extension Video {
  /// The bytes of an npy file.
  var npy: Data {
    NumPyLayout(type: "|u1", shape: [frames, height, width, 3]).header + Data(bytes)
  }
}
