import Foundation
import Measures
import Tables

/// The numbers of an evaluation as tables.
public struct EvaluationTables {
  private let document: EvaluationDocument

  /// The tables of a document.
  public init(_ document: EvaluationDocument) { self.document = document }

  /// One row per level: number of videos, headline measures with intervals and floor, verdicts.
  public var overview: ReportTable {
    let names = headlines
    var columns: [ReportTable.Column] = [.init("Level", numeric: false), .init("Videos")]
    for name in names {
      columns.append(.init(name))
      columns.append(.init("Floor"))
    }
    // Of the looks the truth's own value is known: it is the best there is.
    let looks = self.looks
    columns += looks.map { .init($0) }
    let hasJudge = !document.judgements.isEmpty
    if hasJudge { columns.append(.init("Abnormal")) }
    let rows = document.levels.map { level in
      var row: [ReportTable.Cell] = [
        .init(level), .init(String(document.scored[level] ?? 0)),
      ]
      for name in names {
        row.append(Self.cell(document.measures[level]?[name]))
        row.append(
          .init(Format.error(document.floors["ground_truth"]?[level]?[name]?.mean ?? .nan)))
      }
      row += looks.map { Self.cell(document.measures[level]?[$0]) }
      if hasJudge, let abnormal = document.judgements[level]?.abnormal {
        row.append(
          .init(
            Format.percent(abnormal.mean),
            detail: "\(Format.percent(abnormal.low)) to \(Format.percent(abnormal.high))"))
      }
      return row
    }
    return ReportTable(
      caption: "\(document.model ?? "Videos") on \(document.settings.split.name)",
      columns: columns, rows: rows)
  }

  /// One row per level, one column per velocity error in the paper's form and the headline; for
  /// tables of papers: means without intervals.
  public var compact: ReportTable {
    let names = headlines + looks
    return ReportTable(
      columns: [.init("Level", numeric: false), .init("n")] + names.map { .init($0) },
      rows: document.levels.map { level in
        [.init(level), .init(String(document.scored[level] ?? 0))]
          + names.map { .init(Format.error(document.measures[level]?[$0]?.mean ?? .nan)) }
      })
  }

  /// Every number once: source, level, measure, mean, interval, count.
  public var tidy: ReportTable {
    var rows = Self.rows("model", document.measures, document.levels)
    for floor in document.floors.keys.sorted() {
      rows += Self.rows(floor, document.floors[floor] ?? [:], document.levels)
    }
    for level in document.levels {
      guard let abnormal = document.judgements[level]?.abnormal else { continue }
      rows.append(Self.row("model", level, "abnormal", abnormal))
    }
    for (name, measure) in document.setMeasures.sorted(by: { $0.key < $1.key }) {
      rows.append([
        "model", "all", .init(name), .init("\(measure.value)"), "", "",
        .init(measure.facts["clips"] ?? ""),
      ])
    }
    return ReportTable(
      columns: [
        .init("source", numeric: false), .init("level", numeric: false),
        .init("measure", numeric: false), .init("mean"), .init("low"), .init("high"),
        .init("count"),
      ], rows: rows)
  }

  /// Writes `metrics.csv` (every number), `metrics.md` (the overview) and `metrics.tex` (rows for a
  /// paper's table).
  ///
  /// - Throws: ``SubmissionError/cannotWrite(path:cause:)``
  public func write(to folder: URL) throws(SubmissionError) {
    try OutputFolder.write(tidy.csv, to: folder.appendingPathComponent("metrics.csv"))
    try OutputFolder.write(markdown, to: folder.appendingPathComponent("metrics.md"))
    try OutputFolder.write(compact.latex, to: folder.appendingPathComponent("metrics.tex"))
  }

  /// The overview with counts, mappings and warnings, safe for any viewer.
  public var markdown: String {
    let counts = document.counts
    var table = overview
    table.caption = escapedMarkdown(table.caption)
    var text = table.markdown + "\n"
    text += "\(counts.scored) of \(counts.scenes) scenes scored"
    text += ", \(counts.failed) could not be scored, \(counts.missing) missing, "
    text += "\(counts.surplus) videos surplus; seed "
    text += document.settings.split.seed.map(String.init) ?? "of the released files"
    text += "; means with 95 % intervals, the floor is the truth by the same ruler.\n\n"
    for (mapping, count) in document.mappings.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }
    ) {
      text += "- \(count) videos: \(escapedMarkdown(mapping))\n"
    }
    for (name, measure) in document.setMeasures.sorted(by: { $0.key < $1.key }) {
      text += "- \(name) of the set: \(Format.error(measure.value)) (\(measure.text))\n"
    }
    for warning in document.warnings { text += "- Note: \(escapedMarkdown(warning))\n" }
    for problem in document.problems.prefix(20) {
      text += "- \(escapedMarkdown(problem.description))\n"
    }
    if document.problems.count > 20 { text += "- … all in problems.jsonl\n" }
    return text
  }

  /// The measures that a first look needs, of those that there are.
  private var headlines: [String] {
    let names = Set(document.measures.values.flatMap(\.keys))
    let wanted =
      names.contains("velocity_error.pre.official")
      ? [
        "velocity_error.pre.official", "velocity_error.post.official",
        "velocity_error.pre.unbiased", "velocity_error.post.unbiased",
      ]
      : [
        "velocity_error.official", "velocity_error.per_frame", "velocity_error.unbiased",
        "track_error",
      ]
    return wanted.filter(names.contains)
  }

  /// How alike generated and true videos look, where that was measured.
  private var looks: [String] {
    let names = Set(document.measures.values.flatMap(\.keys))
    return ["psnr", "ssim", "lpips_alex", "lpips_vgg"].filter(names.contains)
  }

  private static func cell(_ summary: Summary?) -> ReportTable.Cell {
    guard let summary else { return "–" }
    return .init(Format.error(summary.mean), detail: Format.interval(summary))
  }

  private static func rows(
    _ source: String, _ table: [String: EvaluationDocument.Measures], _ levels: [String]
  ) -> [[ReportTable.Cell]] {
    levels.flatMap { level in
      (table[level] ?? [:]).sorted { $0.key < $1.key }.map { row(source, level, $0.key, $0.value) }
    }
  }

  private static func row(
    _ source: String, _ level: String, _ measure: String, _ summary: Summary
  ) -> [ReportTable.Cell] {
    func number(_ value: Double) -> ReportTable.Cell { .init(value.isFinite ? "\(value)" : "") }
    return [
      .init(source), .init(level), .init(measure), number(summary.mean), number(summary.low),
      number(summary.high), .init(String(summary.count)),
    ]
  }
}
