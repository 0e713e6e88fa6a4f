import Foundation
import Measures
import Submissions

/// The page of an evaluation of anybody's videos.
public struct EvaluationPage: Sendable {
  private let document: EvaluationDocument
  private let clips: [ReportClip]

  /// The page of a document.
  ///
  /// - Parameter clips: videos to show, their `level` being the document's.
  public init(_ document: EvaluationDocument, clips: [ReportClip] = []) {
    self.document = document
    self.clips = clips
  }

  /// The page.
  public var page: HTMLPage {
    let finding = EvaluationFinding(document)
    return HTMLPage(
      kicker: document.settings.split.name,
      title: document.model ?? "Evaluation on \(document.settings.split.name)", summary: "",
      sections: [PageParts.finding("measured", finding.sentence, finding.details)]
        + [errors, judgements, tables, videos, problems, provenance].compactMap { $0 })
  }

  private var errors: String? {
    let names = Set(document.measures.values.flatMap(\.keys))
    let wanted = [
      "velocity_error.official", "velocity_error.per_frame", "velocity_error.unbiased",
      "velocity_error.pre.unbiased", "velocity_error.post.official",
      "velocity_error.post.unbiased", "track_error",
    ].filter(names.contains)
    let charts = wanted.compactMap { name -> String? in
      let rows = document.levels.compactMap { level -> LevelChart.Row? in
        guard let summary = document.measures[level]?[name], summary.count > 0 else { return nil }
        let floor = document.floors["ground_truth"]?[level]?[name]?.mean ?? .nan
        return LevelChart.Row(
          level == EvaluationDocument.everything ? "all" : Levels.name(level), summary,
          floor: floor)
      }
      guard !rows.isEmpty else { return nil }
      let chart = LevelChart(MeasureLabel.text(name), rows: rows)
      return """
        <figure>
        <div class="wide">\(chart.svg(width: 720))</div>
        <div class="narrow">\(chart.svg(width: 360))</div>
        <figcaption><code>\(escaped(name))</code></figcaption>
        </figure>
        """
    }
    guard !charts.isEmpty else { return nil }
    return PageParts.section(
      "errors", "Errors by level",
      [
        "<p>The ring is the true video by the same ruler and the same mapping: no model can be told "
          + "apart from the truth below it.</p>"
      ] + charts)
  }

  private var judgements: String? {
    guard !document.judgements.isEmpty else { return nil }
    let rows = document.levels.compactMap { level -> [ReportTable.Cell]? in
      guard let found = document.judgements[level] else { return nil }
      let reasons = found.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        .map { "\($0.key.replacingOccurrences(of: "_", with: " ")) \($0.value)" }
      return [
        .init(Levels.name(level)), .init("\(found.asTruth)"), .init("\(found.lawful)"),
        .init("\(found.wrong)"),
        .init(
          Format.percent(found.abnormal.mean),
          detail:
            "\(Format.percent(found.abnormal.low)) to \(Format.percent(found.abnormal.high))"),
        .init(reasons.joined(separator: ", ")),
      ]
    }
    let table = ReportTable(
      caption: "Videos by verdict, with 95 % Wilson intervals and the commonest reasons",
      columns: [
        .init("Level", numeric: false), .init("As truth"), .init("Lawful"), .init("Wrong"),
        .init("Abnormal"), .init("Reasons", numeric: false),
      ], rows: rows)
    return PageParts.section("judge", "Does it obey physics?", [table.html])
  }

  private var tables: String {
    PageParts.section(
      "tables", "Numbers",
      [
        EvaluationTables(document).overview.html,
        "<details><summary>Every measure</summary>\(EvaluationTables(document).tidy.html)</details>",
      ])
  }

  private var videos: String? {
    guard !clips.isEmpty else { return nil }
    let groups = document.levels.compactMap { level -> String? in
      let own = clips.filter { $0.level == level }
      guard !own.isEmpty else { return nil }
      return "<h3>\(escaped(Levels.name(level)))</h3><div class=\"clips\">"
        + own.map(PageParts.clip).joined(separator: "\n") + "</div>"
    }
    return PageParts.section(
      "videos", "Videos",
      [
        "<p>Truth above, the model’s video below; the bar between them is dark while the frames are "
          + "those that the model was given.</p>"
      ] + groups)
  }

  private var problems: String? {
    guard !document.problems.isEmpty || document.counts.missing > 0 else { return nil }
    var parts: [String] = []
    if !document.problems.isEmpty {
      let rows = document.problems.prefix(200).map { problem -> [ReportTable.Cell] in
        [.init(problem.file), .init(problem.kind.rawValue), .init(problem.cause)]
      }
      parts.append(
        ReportTable(
          caption: document.problems.count > 200 ? "The first 200; problems.jsonl has all." : "",
          columns: [
            .init("File", numeric: false), .init("Kind", numeric: false),
            .init("What is wrong", numeric: false),
          ], rows: rows
        ).html)
    }
    if document.counts.missing > 0 {
      let some = document.missing.prefix(50).joined(separator: ", ")
      parts.append(
        "<p>\(document.counts.missing) scenes have no video: \(escaped(some))"
          + (document.counts.missing > 50 ? ", …; missing.txt has all." : ".") + "</p>")
    }
    return PageParts.section("problems", "What could not be scored", parts)
  }

  private var provenance: String {
    let settings = document.settings
    var entries: [ReportContent.Entry] = [
      .init("Split", settings.split.name),
      .init("Seed", settings.split.seed.map { "\($0)" } ?? "of the released files"),
      .init("Scenes", "\(settings.split.count) of \(settings.split.frames) frames"),
      .init("Given frames", "\(settings.mapping.conditionFrames)"), .init("Ruler", settings.ruler),
    ]
    entries += document.mappings.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { .init("Mapped, \($0.value) videos", $0.key) }
    entries += document.setMeasures.sorted { $0.key < $1.key }
      .map { .init($0.key, "\(Format.error($0.value.value)) (\($0.value.text))") }
    entries += document.provenance.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }
    return PageParts.section("provenance", "How it was measured", [PageParts.list(entries)])
  }
}
