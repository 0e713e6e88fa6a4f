import Datasets
import Foundation
import Measures

/// The records of an evaluation as columns of numbers: eight bytes for each measure of a video.
struct ScoreColumns {
  /// Level to measure to the finite values, in the order of the scenes.
  typealias Table = [String: [String: [Double]]]

  private(set) var measures: Table = [:]
  /// Floor to columns.
  private(set) var floors: [String: Table] = [:]
  private(set) var scored: [String: Int] = [:]
  private(set) var mappings: [String: Int] = [:]
  private(set) var verdicts: [String: [Verdict.Kind: Int]] = [:]
  private(set) var reasons: [String: [String: Int]] = [:]
  private(set) var rankings: [String: Ranking] = [:]
  /// Records of videos that could not be scored.
  private(set) var failures = 0
  /// How far given frames are from the truth's, of all videos.
  private(set) var conditionDifferences: [Double] = []

  /// Adds the records of a file, line by line; `visit` sees each.
  ///
  /// - Throws: ``SubmissionError`` for a file or line that cannot be read.
  mutating func add(
    _ url: URL, threads: Int, visit: (EvaluationRecord) throws -> Void = { _ in }
  ) throws {
    var lines: [Data] = []
    var number = 0
    for line in try LineFile(url) {
      lines.append(line.bytes)
      if lines.count == 1024 {
        try add(lines, after: number, of: url, threads, visit)
        number += lines.count
        lines.removeAll(keepingCapacity: true)
      }
    }
    try add(lines, after: number, of: url, threads, visit)
  }

  private mutating func add(
    _ lines: [Data], after number: Int, of url: URL, _ threads: Int,
    _ visit: (EvaluationRecord) throws -> Void
  ) throws {
    let records = try Parallel.map(0..<lines.count, threads: threads) { index in
      do {
        return try JSONDecoder().decode(EvaluationRecord.self, from: lines[index])
      } catch {
        throw SubmissionError.unreadable(
          path: url.path, cause: "line \(number + index + 1): \(DecodingProblem.text(error))")
      }
    }
    for record in records {
      try visit(record)
      add(record)
    }
  }

  /// Adds one record.
  mutating func add(_ record: EvaluationRecord) {
    guard record.problem == nil else {
      failures += 1
      return
    }
    if let mapping = record.mapping { mappings[mapping, default: 0] += 1 }
    if let difference = record.score.measures[MeasureName.conditionDifference],
      difference.isFinite
    {
      conditionDifferences.append(difference)
    }
    for level in Set([record.score.level, EvaluationDocument.everything].compactMap(\.self)) {
      scored[level, default: 0] += 1
      Self.add(record.score.measures, to: &measures[level, default: [:]])
      for (floor, values) in record.floors {
        Self.add(values, to: &floors[floor, default: [:]][level, default: [:]])
      }
      if let verdict = record.verdict {
        verdicts[level, default: [:]][verdict.kind, default: 0] += 1
        for reason in Set(verdict.reasons) {
          reasons[level, default: [:]][reason, default: 0] += 1
        }
      }
      rankings[level, default: Ranking()].add(record)
    }
  }

  private static func add(_ values: [String: Double], to table: inout [String: [Double]]) {
    for (name, value) in values {
      // A measure that exists on no video still has its row.
      if value.isFinite {
        table[name, default: []].append(value)
      } else if table[name] == nil {
        table[name] = []
      }
    }
  }
}

/// Names of the measures that this module takes itself.
enum MeasureName {
  /// See ``MappedVideo/conditionDifference``.
  static let conditionDifference = "condition_difference"
}

/// The few smallest and largest of many.
struct Ranking {
  static let length = 6

  private(set) var measure: String?
  private(set) var best: [EvaluationDocument.Example] = []
  private(set) var worst: [EvaluationDocument.Example] = []

  /// Adds a record; the first one decides the measure.
  mutating func add(_ record: EvaluationRecord) {
    if measure == nil { measure = EvaluationDocument.headline(of: record.score.measures.keys) }
    guard let measure else { return }
    let example = EvaluationDocument.Example(
      id: record.score.id, index: record.score.index, file: record.file,
      value: record.score.measures[measure] ?? .nan, verdict: record.verdict)
    func rank(_ example: EvaluationDocument.Example) -> Double {
      example.value.isFinite ? example.value : .infinity
    }
    insert(example, into: &best) { rank($0) < rank($1) }
    insert(example, into: &worst) { rank($0) > rank($1) }
  }

  private func insert(
    _ example: EvaluationDocument.Example, into list: inout [EvaluationDocument.Example],
    before: (EvaluationDocument.Example, EvaluationDocument.Example) -> Bool
  ) {
    if list.count == Self.length, let last = list.last, !before(example, last) { return }
    list.insert(example, at: list.firstIndex { before(example, $0) } ?? list.count)
    if list.count > Self.length { list.removeLast() }
  }
}
