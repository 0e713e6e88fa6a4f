import Measures
import Submissions
import Videos

/// The best and worst videos of an evaluation, beside the truth.
public enum EvaluationClips {
  /// Reads and encodes the first best and worst video of every level.
  ///
  /// A video that can no longer be read is left out: the page is about what was measured.
  public static func clips(
    of document: EvaluationDocument, _ evaluation: SubmissionEvaluation
  ) -> [ReportClip] {
    guard let videos = try? evaluation.mappedVideos() else { return [] }
    return document.levels.filter {
      $0 != EvaluationDocument.everything || document.levels.count == 1
    }
    .flatMap { level -> [ReportClip] in
      guard let examples = document.examples[level] else { return [] }
      let chosen =
        examples.best.prefix(1).map { ("Best", $0) }
        + examples.worst.prefix(1).filter { $0.id != examples.best.first?.id }
        .map { ("Worst", $0) }
      return chosen.compactMap { label, example in
        guard let pair = try? videos.mapped(example.index) else { return nil }
        let sides = SideBySide(
          truth: pair.truth, generated: pair.video,
          conditionFrames: document.settings.mapping.conditionFrames)
        let strip = Filmstrip.image(
          rows: [sides.truth, sides.generated], frameIndices: sides.keyFrames)
        guard let mp4 = try? VideoFile.mp4Data(sides.video), let png = try? ImageFile.png(strip)
        else { return nil }
        return ReportClip(
          label: "\(label), \(example.id)", caption: caption(example, examples.measure),
          level: level, mp4: mp4, filmstrip: png)
      }
    }
  }

  private static func caption(
    _ example: EvaluationDocument.Example, _ measure: String
  ) -> String {
    var caption = "\(MeasureLabel.text(measure)): \(Format.error(example.value))"
    if let judgement = example.judgement {
      caption += "; \(judgement.verdict.rawValue.replacingOccurrences(of: "_", with: " "))"
      if let reason = judgement.reasons.first { caption += ": \(reason.text)" }
    }
    return caption
  }
}
