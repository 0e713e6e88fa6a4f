import Foundation
import Models
import Perception
import Submissions
import Tensors
import Videos

/// The Fréchet video distance between a submission's videos and the true ones of the same scenes.
///
/// Takes the videos once more, for features cost far more than decoding. Sums are saved as it goes, so
/// an interrupted pass goes on where it was.
public struct FrechetPass {
  /// Clips between two times of saving.
  private static let saving = 64

  private let evaluation: SubmissionEvaluation
  private let features: any ClipFeatures
  private let preparation: ClipPreparation

  /// A pass over the videos of an evaluation.
  public init(
    _ evaluation: SubmissionEvaluation, features: any ClipFeatures,
    preparation: ClipPreparation = .styleganv
  ) {
    self.evaluation = evaluation
    self.features = features
    self.preparation = preparation
  }

  /// What was found, and what was left out.
  public struct Finding: Codable, Hashable, Sendable {
    /// The distance with numbers of clips and frames.
    public var value: FrechetVideoDistance.Value
    /// Videos of another length than the scenes, or that could not be read.
    public var leftOut: Int

    enum CodingKeys: String, CodingKey {
      case value
      case leftOut = "left_out"
    }
  }

  /// What a saved state belongs to; another one is not gone on with.
  private struct Progress: Codable, Equatable {
    var settings: EvaluationSettings
    var network: String
    var preparation: ClipPreparation
    /// Frames of a clip.
    var frames: Int
    /// Every video with the text that changes when its file does.
    var videos: [String]
    var done = 0
    var leftOut = 0
  }

  /// Takes the features of every video and returns the distance.
  ///
  /// - Throws: `PerceptionError` with fewer than two clips; `SubmissionError.interrupted`.
  public func callAsFunction(
    progress report: (Int, Int) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws -> Finding {
    let videos = try evaluation.mappedVideos()
    let distance = FrechetVideoDistance(features: features, preparation: preparation)
    var progress = Progress(
      settings: evaluation.settings, network: features.name, preparation: preparation,
      frames: evaluation.split.frames - evaluation.settings.mapping.conditionFrames,
      videos: videos.stamps)
    if let saved = restore(distance, like: progress) { progress = saved }
    let given = evaluation.settings.mapping.conditionFrames
    let frames = evaluation.split.frames
    for place in progress.done..<videos.indices.count {
      if isCancelled() {
        try save(distance, progress)
        throw SubmissionError.interrupted(doing: "measuring the Fréchet distance")
      }
      if let pair = try? videos.mapped(videos.indices[place]), pair.video.frames == frames {
        try distance.add(
          FramePair(generated: pair.video, truth: pair.truth, conditionFrames: given))
      } else {
        progress.leftOut += 1
      }
      progress.done = place + 1
      if progress.done.isMultiple(of: Self.saving) { try save(distance, progress) }
      report(progress.done, videos.indices.count)
    }
    try save(distance, progress)
    return Finding(value: try distance.value(), leftOut: progress.leftOut)
  }

  private var folder: URL { evaluation.output.appendingPathComponent("fvd-progress") }

  private func save(_ distance: FrechetVideoDistance, _ progress: Progress) throws {
    do {
      try AtomicFolder.write(to: folder) { temporary in
        try Safetensors.write(
          distance.state, to: temporary.appendingPathComponent("moments.safetensors"))
        try AtomicFolder.write(
          json: progress, to: temporary.appendingPathComponent("progress.json"))
      }
    } catch {
      throw SubmissionError.cannotWrite(path: folder.path, cause: "\(error)")
    }
  }

  /// Fills `distance` with what was saved of the same pass; nil where nothing was.
  private func restore(_ distance: FrechetVideoDistance, like wanted: Progress) -> Progress? {
    guard
      let data = try? Data(contentsOf: folder.appendingPathComponent("progress.json")),
      let saved = try? JSONDecoder().decode(Progress.self, from: data),
      let moments = try? Safetensors.read(
        folder.appendingPathComponent("moments.safetensors")
      ).tensors
    else { return nil }
    var same = wanted
    (same.done, same.leftOut) = (saved.done, saved.leftOut)
    guard same == saved, distance.restore(moments, frames: saved.frames) else { return nil }
    return saved
  }
}
