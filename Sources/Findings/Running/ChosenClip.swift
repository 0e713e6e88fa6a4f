import Experiments
import Foundation
import Submissions
import Tables
import Videos

/// A video worth looking at: the truth and what was generated.
public struct ChosenClip: Sendable {
  /// Label, caption and file name.
  public var clip: FindingClip
  /// The pair.
  public var truth, generated: Video

  /// The best, the median and the worst of a probe's scenes, by velocity error.
  static func of(
    _ scenes: [SceneEvidence], _ probe: Probe, _ training: Reproduction.Training,
    count: Int
  ) throws -> [ChosenClip] {
    // Where no speed can be measured, how far the bodies are from their places.
    func badness(_ scene: SceneEvidence) -> Double {
      scene.error ?? scene.number("track_error") ?? .infinity
    }
    let ranked = scenes.sorted { badness($0) < badness($1) }
    guard probe.steps == nil, let best = ranked.first, let worst = ranked.last else { return [] }
    let asked = try AskedSets.scenes(
      named: probe.set, seed: Probe.seed, count: count,
      frames: training.configuration.evaluation.frames)
    let folder = ProbeStage.folder(
      training.run, probe, count: count, training.configuration)
    return try [("best", best), ("median", ranked[ranked.count / 2]), ("worst", worst)].map {
      rank, scene in
      let generated = try VideoFile.read(
        folder.appendingPathComponent("videos")
          .appendingPathComponent(SampleManifest.fileName(scene.score.index)))
      let truth = try asked.truth(at: scene.score.index, size: generated.width)
      let parameters = scene.score.parameters.sorted { $0.key < $1.key }
        .map { "\($0.key) \(Format.significant($0.value, 3))" }.joined(separator: ", ")
      return ChosenClip(
        clip: FindingClip(
          label: "\(training.arm.title): \(probe.title), \(rank)",
          caption: "scene \(scene.score.id), "
            + (scene.score.level.map { "\($0), " } ?? "") + parameters
            + (scene.errorName == "place_error" ? "; error of places " : "; velocity error ")
            + Format.significant(scene.error ?? .nan, 3)
            + (scene.verdict.map { ", judged \($0 == .asTruth ? "as the truth" : $0.rawValue)" }
              ?? ""),
          file: "clips/\(training.arm.name)-\(probe.name)-\(rank).mp4"),
        truth: truth, generated: generated)
    }
  }
}
