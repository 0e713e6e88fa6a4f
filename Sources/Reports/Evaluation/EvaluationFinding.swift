import Foundation
import Measures
import Submissions

/// What an evaluation comes to, in a few sentences computed from its numbers.
public struct EvaluationFinding: Hashable, Sendable {
  /// The main sentence.
  public let sentence: String
  /// What else a reader should know at once.
  public let details: [String]

  /// The finding of a document.
  public init(_ document: EvaluationDocument) {
    let measure = EvaluationDocument.headline(
      of: Set(document.measures.values.flatMap(\.keys)))
    sentence = Self.sentence(document, measure)
    details = Self.details(document)
  }

  /// The levels beside `id`, where there is one: those outside of what models train on.
  static func outside(_ document: EvaluationDocument) -> [String] {
    let levels = document.levels.filter { $0 != EvaluationDocument.everything }
    return levels.contains("id") ? levels.filter { $0 != "id" } : []
  }

  private static func sentence(_ document: EvaluationDocument, _ measure: String?) -> String {
    let name = document.model ?? "The model"
    let split = document.settings.split.name
    guard let measure, let all = document.measures[EvaluationDocument.everything]?[measure],
      all.count > 0
    else { return "\(name) could not be measured on \(split): no video could be scored." }
    let text = MeasureLabel.text(measure)
    func mean(_ level: String) -> Double? {
      document.measures[level]?[measure].flatMap { $0.count > 0 ? $0.mean : nil }
    }
    let others = outside(document).compactMap(mean)
    if let inside = mean("id"), !others.isEmpty, inside > 0 {
      let beyond = others.reduce(0, +) / Double(others.count)
      return "\(name) on \(split): \(text) \(Format.rough(inside)) in distribution, "
        + "\(Format.rough(beyond)) on average over the levels outside it, "
        + "\(Format.rough(beyond / inside)) times as much."
    }
    var sentence =
      "\(name) on \(split): \(text) \(Format.rough(all.mean)) (95 % interval "
      + "\(Format.rough(all.low)) to \(Format.rough(all.high)), \(all.count) videos)"
    if let floor = document.floors["ground_truth"]?[EvaluationDocument.everything]?[measure]?.mean,
      floor.isFinite, floor > 0
    {
      sentence += ", \(Format.rough(all.mean / floor)) times that of the true videos"
    }
    return sentence + "."
  }

  private static func details(_ document: EvaluationDocument) -> [String] {
    var details: [String] = []
    if let all = document.judgements[EvaluationDocument.everything] {
      let total = all.asTruth + all.lawful + all.wrong
      details.append(
        "The judge finds \(Format.percent(all.abnormal.mean)) of \(total) videos physically wrong "
          + "(95 % interval \(Format.percent(all.abnormal.low)) to "
          + "\(Format.percent(all.abnormal.high))); \(all.asTruth) show what really happens and "
          + "\(all.lawful) another motion that obeys the law.")
    }
    let counts = document.counts
    details.append(
      "\(counts.scored) of \(counts.scenes) scenes are scored"
        + (document.isComplete
          ? "." : "; \(counts.failed) could not be, \(counts.missing) have no video."))
    return details + document.warnings.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  }
}

/// Measures in words.
enum MeasureLabel {
  private static let words = [
    "velocity_error": "velocity error", "pre": "before the impact", "post": "after the impact",
    "official": "released form", "per_frame": "frame by frame", "unbiased": "unbiased",
    "track_error": "distance from the true path", "lost_share": "share of frames without the body",
  ]

  /// `velocity_error.post.unbiased`: "velocity error after the impact (unbiased)".
  static func text(_ measure: String) -> String {
    let parts = measure.split(separator: ".").map(String.init)
    func word(_ part: String) -> String {
      words[part] ?? part.replacingOccurrences(of: "_", with: " ")
    }
    let forms = ["official", "per_frame", "unbiased"]
    guard let last = parts.last, forms.contains(last) else {
      return parts.map(word).joined(separator: " ")
    }
    return parts.dropLast().map(word).joined(separator: " ") + " (\(word(last)))"
  }
}
