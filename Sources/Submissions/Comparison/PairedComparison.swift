import Datasets
import Foundation
import Measures
import Tables

/// Two evaluations on the same scenes, scene by scene: the contents of `comparison.json`.
public struct PairedComparison: Codable, Hashable, Sendable {
  /// Version of this layout.
  public var version = 1
  /// What the two are called.
  public var names: [String]
  /// The scenes.
  public var split: SceneSplit.Identity
  /// Scenes that both scored.
  public var common: Int
  /// Scenes that only the first scored.
  public var onlyFirst: Int
  /// Scenes that only the second scored.
  public var onlySecond: Int
  /// Levels in the order of tables.
  public var levels: [String]
  /// Level, then measure.
  public var differences: [String: [String: PairedDifference]]

  enum CodingKeys: String, CodingKey {
    case version, names, split, common, levels, differences
    case onlyFirst = "only_first"
    case onlySecond = "only_second"
  }

  /// Compares the evaluations in two folders.
  ///
  /// - Throws: ``SubmissionError``, among others when they did not score the same scenes by the same
  ///   ruler.
  public init(first: URL, second: URL, threads: Int = 1) throws {
    let documents = [try EvaluationDocument(in: first), try EvaluationDocument(in: second)]
    try Self.check(documents[0].settings, documents[1].settings)
    split = documents[0].settings.split
    names = zip(documents, [first, second]).map {
      PrintableText.line($0.model ?? $1.lastPathComponent, limit: 60)
    }
    var pairs = Pairs()
    try pairs.add(first, second)
    common = pairs.common
    onlyFirst = pairs.only[0]
    onlySecond = pairs.only[1]
    guard common > 0 else {
      throw SubmissionError.request(
        "\(first.path) and \(second.path) have no scored scene in common; score more scenes")
    }
    levels = documents[0].levels.filter { pairs.values[$0] != nil }
    let columns = pairs.values.flatMap { level, measures in
      measures.map { (level: level, name: $0.key, values: $0.value) }
    }
    let found = try Parallel.map(0..<columns.count, threads: threads) { index in
      let values = columns[index].values
      return PairedDifference(
        first: values.first, second: values.second,
        bootstrap: Bootstrap(values: values.first.count))
    }
    differences = zip(columns, found).reduce(into: [:]) { result, column in
      result[column.0.level, default: [:]][column.0.name] = column.1
    }
  }

  private static func check(
    _ first: EvaluationSettings, _ second: EvaluationSettings
  ) throws(SubmissionError) {
    var aligned = second
    // The size, fit and rate of the files may differ: that is part of what is compared.
    aligned.mapping.size = first.mapping.size
    aligned.mapping.fit = first.mapping.fit
    aligned.mapping.framesPerSecond = first.mapping.framesPerSecond
    aligned.floors = first.floors
    // Chosen scenes keep their numbers: a part can be compared with the whole.
    aligned.split.count = first.split.count
    if let difference = first.difference(from: aligned) {
      throw .notComparable(
        name: difference.name, first: difference.own, second: difference.other)
    }
  }

  /// One row per level and measure: means of both, difference with interval, scenes.
  ///
  /// - Parameter measures: names to show; nil for the headline and the official errors.
  public func table(measures: [String]? = nil) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    for level in levels {
      let found = differences[level] ?? [:]
      let usual = [
        "velocity_error.official", EvaluationDocument.headline(of: found.keys) ?? "",
      ]
      for name in found.keys.sorted() where measures?.contains(name) ?? usual.contains(name) {
        guard let pair = found[name] else { continue }
        rows.append([
          .init(level), .init(name), .init(Format.error(pair.first)),
          .init(Format.error(pair.second)),
          .init(Format.error(pair.difference.mean), detail: Format.interval(pair.difference)),
          .init(String(pair.difference.count)), .init(verdict(pair)),
        ])
      }
    }
    return ReportTable(
      caption: "\(names[0]) (first) and \(names[1]) (second) on \(split.name), \(common) scenes",
      columns: [
        .init("Level", numeric: false), .init("Measure", numeric: false), .init("First"),
        .init("Second"), .init("Second − first"), .init("Scenes"), .init("", numeric: false),
      ], rows: rows)
  }

  private func verdict(_ pair: PairedDifference) -> String {
    guard pair.isShown else { return "no difference shown" }
    return pair.difference.mean < 0 ? "second is smaller" : "first is smaller"
  }
}

/// The values of two evaluations side by side.
private struct Pairs {
  struct Values {
    var first: [Double] = []
    var second: [Double] = []
  }

  /// Level to measure to values.
  var values: [String: [String: Values]] = [:]
  var common = 0
  var only = [0, 0]

  /// Goes through both files at once: they are sorted by scene.
  mutating func add(_ first: URL, _ second: URL) throws {
    var one = try Scores(first)
    var two = try Scores(second)
    var left = try one.next()
    var right = try two.next()
    while let a = left, let b = right {
      if a.index == b.index {
        add(a, b)
        left = try one.next()
        right = try two.next()
      } else if a.index < b.index {
        only[0] += 1
        left = try one.next()
      } else {
        only[1] += 1
        right = try two.next()
      }
    }
    while left != nil {
      only[0] += 1
      left = try one.next()
    }
    while right != nil {
      only[1] += 1
      right = try two.next()
    }
  }

  private mutating func add(_ a: SceneScore, _ b: SceneScore) {
    common += 1
    for level in Set([a.level, EvaluationDocument.everything].compactMap(\.self)) {
      for name in Set(a.measures.keys).union(b.measures.keys) {
        values[level, default: [:]][name, default: Values()].first
          .append(a.measures[name] ?? .nan)
        values[level, default: [:]][name, default: Values()].second
          .append(b.measures[name] ?? .nan)
      }
    }
  }

  /// The scored videos of an evaluation, one after the other.
  private struct Scores {
    private let url: URL
    private var lines: LineFile.Iterator
    private var number = 0
    private var last = -1

    init(_ folder: URL) throws {
      url = folder.appendingPathComponent("scores.jsonl")
      lines = try LineFile(url).makeIterator()
    }

    mutating func next() throws -> SceneScore? {
      while let line = lines.next() {
        number += 1
        let record: EvaluationRecord
        do {
          record = try JSONDecoder().decode(EvaluationRecord.self, from: line.bytes)
        } catch {
          throw SubmissionError.unreadable(
            path: url.path, cause: "line \(number): \(DecodingProblem.text(error))")
        }
        guard record.score.index > last else {
          throw SubmissionError.unreadable(
            path: url.path, cause: "line \(number) is out of order; evaluate again")
        }
        last = record.score.index
        if record.problem == nil { return record.score }
      }
      return nil
    }
  }
}

extension PairedComparison {
  /// Writes `comparison.json`, `.csv` and `.md` into a folder.
  ///
  /// - Throws: ``SubmissionError/cannotWrite(path:cause:)``
  public func write(to folder: URL) throws(SubmissionError) {
    try OutputFolder.make(folder)
    let all = Array(Set(differences.values.flatMap(\.keys)))
    var table = table(measures: all)
    let file = folder.appendingPathComponent("comparison")
    try OutputFolder.write(table.csv, to: file.appendingPathExtension("csv"))
    table.caption = escapedMarkdown(table.caption)
    try OutputFolder.write(table.markdown, to: file.appendingPathExtension("md"))
    try OutputFolder.write(json: self, to: file.appendingPathExtension("json"))
  }
}
