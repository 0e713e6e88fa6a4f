import Foundation
import Measures
import Tables

/// A folder of entries, one JSON file each.
///
/// Entries are compared only with those of the same scenes, given frames and ruler; each such group is
/// a table of its own. What is written in entries is text, never markup or a path.
public struct Leaderboard: Sendable {
  private static let maximumFiles = 10_000
  private static let maximumBytes = 4 << 20

  /// Entries that can be compared, best first.
  public struct Group: Sendable {
    /// What they have in common.
    public var settings: EvaluationSettings
    /// The entries, by the mean of the headline measure over all scenes.
    public var entries: [LeaderboardEntry]
    /// The measure that orders them.
    public var measure: String

    /// What is in the group, in words.
    public var title: String {
      let split = settings.split
      let seed = split.seed.map { "seed \($0)" } ?? "as released"
      return "\(PrintableText.line(split.name, limit: 100)), \(seed), \(split.count) scenes of "
        + "\(split.frames) frames, \(settings.mapping.conditionFrames) given"
    }
  }

  /// The groups, by name of their split.
  public let groups: [Group]
  /// Files that are no entries.
  public let problems: [SubmissionProblem]

  /// Reads a folder.
  ///
  /// - Throws: ``SubmissionError`` when there is no such folder.
  public init(_ folder: URL) throws(SubmissionError) {
    guard let facts = RegularFile.facts(folder), facts.isFolder else {
      throw .missing(path: folder.path)
    }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      throw .unreadable(path: folder.path, cause: error.localizedDescription)
    }
    var entries: [LeaderboardEntry] = []
    var problems: [SubmissionProblem] = []
    let files = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
    for name in files.prefix(Self.maximumFiles) {
      do throws(SubmissionProblem) {
        entries.append(try Self.entry(folder.appendingPathComponent(name)))
      } catch {
        problems.append(error)
      }
    }
    groups = Self.groups(entries)
    self.problems = problems
  }

  private static func entry(_ url: URL) throws(SubmissionProblem) -> LeaderboardEntry {
    func problem(_ cause: String) -> SubmissionProblem {
      SubmissionProblem(.unreadable, file: url.lastPathComponent, cause: cause)
    }
    guard let facts = RegularFile.facts(url), !facts.isFolder, facts.size <= maximumBytes else {
      throw problem("is no regular file of at most \(maximumBytes >> 20) MB")
    }
    let entry: LeaderboardEntry
    do { entry = try OutputFolder.read(LeaderboardEntry.self, from: url) } catch {
      guard case .unreadable(_, let cause) = error else { throw problem("\(error)") }
      throw problem(cause)
    }
    if let fault = entry.fault { throw problem(fault) }
    return entry
  }

  private static func groups(_ entries: [LeaderboardEntry]) -> [Group] {
    let grouped = Dictionary(grouping: entries) { entry in
      var settings = entry.settings
      settings.mapping = MappingOptions()
      settings.mapping.conditionFrames = entry.settings.mapping.conditionFrames
      settings.floors = true
      return settings
    }
    return grouped.map { settings, entries in
      let names = Set(entries.flatMap { $0.measures.values.flatMap(\.keys) })
      let measure = EvaluationDocument.headline(of: names) ?? ""
      func rank(_ entry: LeaderboardEntry) -> Double {
        let mean = entry.measures[EvaluationDocument.everything]?[measure]?.mean ?? .nan
        return mean.isFinite ? mean : .infinity
      }
      let ordered = entries.sorted { (rank($0), $0.model) < (rank($1), $1.model) }
      return Group(settings: settings, entries: ordered, measure: measure)
    }.sorted { ($0.title, $0.settings.ruler) < ($1.title, $1.settings.ruler) }
  }
}

extension Leaderboard.Group {
  /// One row per entry: model, scenes scored, the measure on every level, abnormal ratio; the floor is
  /// the last row.
  public var table: ReportTable {
    let levels = entries.flatMap(\.levels).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let hasJudge = entries.contains { !$0.judgements.isEmpty }
    var rows: [[ReportTable.Cell]] = entries.map { entry in
      var row: [ReportTable.Cell] = [
        .init(
          PrintableText.line(entry.model, limit: 100),
          detail: PrintableText.line(entry.commit ?? "", limit: 40)),
        .init("\(entry.counts.scored) of \(entry.counts.scenes)"),
      ]
      for level in levels {
        let summary = entry.measures[level]?[measure]
        row.append(
          .init(
            Format.error(summary?.mean ?? .nan), detail: summary.map(Format.interval) ?? ""))
      }
      if hasJudge {
        let ratio = entry.judgements[EvaluationDocument.everything]?.abnormal.mean ?? .nan
        row.append(.init(Format.percent(ratio)))
      }
      row.append(.init(PrintableText.line(entry.note ?? "")))
      return row
    }
    // Of entries that scored every scene the floors are equal.
    if let whole = entries.max(by: { $0.counts.scored < $1.counts.scored }) {
      rows.append(
        ["the truth itself", .init("\(whole.counts.scored) of \(whole.counts.scenes)")]
          + levels.map { .init(Format.error(whole.groundTruth[$0]?[measure]?.mean ?? .nan)) })
    }
    return ReportTable(
      caption: "\(title); \(PrintableText.line(measure, limit: 80)), smaller is better",
      columns: [.init("Model", numeric: false), .init("Scored")]
        + levels.map { .init(PrintableText.line($0, limit: 40)) }
        + (hasJudge ? [.init("Abnormal")] : []) + [.init("Note", numeric: false)],
      rows: rows)
  }
}
