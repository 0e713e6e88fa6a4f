import Foundation
import Measures
import Videos

/// One video of a report: truth above generation, ready to be embedded.
public struct ReportClip: Hashable, Sendable {
  /// Heading, "Worst in distribution".
  public var label: String
  /// What is seen, in a line.
  public var caption: String
  /// Evaluation level, which groups the clips; `id` comes first.
  public var level: String
  /// The video as mp4 (H.264, yuv420p), or empty.
  public var mp4: Data
  /// The filmstrip as PNG, or empty.
  public var filmstrip: Data

  /// Makes a clip from encoded data.
  public init(label: String, caption: String, level: String, mp4: Data, filmstrip: Data) {
    self.label = label
    self.caption = caption
    self.level = level
    self.mp4 = mp4
    self.filmstrip = filmstrip
  }
}

extension ReportClip {
  /// Encodes a chosen video: truth above generation as mp4, and a filmstrip of both.
  ///
  /// The bar between the two is dark while the frames are those the model was given.
  /// - Parameters:
  ///   - choice: Which record this is, for heading and caption.
  ///   - truth: The true video, at least as long as the generated one.
  ///   - generated: The model's video, condition frames included.
  /// - Throws: `VideoError` when a frame size cannot be encoded.
  public init(
    _ choice: ClipPicker.Choice, truth: Video, generated: Video, conditionFrames: Int = 3
  ) throws {
    let pair = SideBySide(truth: truth, generated: generated, conditionFrames: conditionFrames)
    let strip = Filmstrip.image(rows: [pair.truth, pair.generated], frameIndices: pair.keyFrames)
    self.init(
      label: choice.heading, caption: choice.caption, level: choice.score.level,
      mp4: try VideoFile.mp4Data(pair.video), filmstrip: try ImageFile.png(strip))
  }
}

/// Chooses the videos that a report should show.
public enum ClipPicker {
  /// A chosen record and why.
  public struct Choice: Hashable, Sendable {
    /// The record; `index` and `level` say which video to make again.
    public var score: VideoScore
    /// "Median", "Worst", "Best".
    public var label: String

    /// Its heading in the report.
    public var heading: String { "\(label), \(Levels.name(score.level).lowercased())" }

    /// What is seen, in a line.
    public var caption: String {
      "r \(Format.fixed(score.r, 2)), true speed \(Format.fixed(score.v, 2)), generated "
        + "\(Format.fixed(score.generatedSpeed, 2)), error \(Format.error(score.official))"
        + (score.ballKept ? "" : "; ball lost")
    }
  }

  /// Best, median and worst in distribution, and the median and worst of every other level.
  ///
  /// Sorted by the official error; a record without a number counts as the worst.
  public static func choose(_ scores: [VideoScore]) -> [Choice] {
    let levels = Dictionary(grouping: scores, by: \.level)
    return Levels.ordered(levels.keys).flatMap { level -> [Choice] in
      let sorted = (levels[level] ?? []).sorted { rank($0) < rank($1) }
      guard let best = sorted.first, let worst = sorted.last else { return [] }
      let median = Choice(score: sorted[sorted.count / 2], label: "Median")
      let all =
        level == "id"
        ? [Choice(score: best, label: "Best"), median, Choice(score: worst, label: "Worst")]
        : [median, Choice(score: worst, label: "Worst")]
      var seen: Set<Int> = []
      return all.filter { seen.insert($0.score.index).inserted }
    }
  }

  private static func rank(_ score: VideoScore) -> Double {
    score.official.isNaN ? .infinity : score.official
  }
}
