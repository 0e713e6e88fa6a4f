import Datasets
import Foundation
import Measures

/// The values of two evaluations side by side.
struct PairedScores {
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
