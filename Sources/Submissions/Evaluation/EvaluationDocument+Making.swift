import Datasets
import Foundation
import Measures

extension EvaluationDocument {
  /// What the folder of a submission holds beside answers to be scored.
  struct Listing {
    /// The first scenes without a video, and how many there are.
    var missing: [String] = []
    var missingCount = 0
    /// Scenes that several files answer.
    var ambiguous = 0
    var surplus = 0
    var otherFiles = 0
    /// The first problems of every kind.
    var problems: [SubmissionProblem] = []
  }

  /// Summarises the records of an evaluation.
  init(
    _ columns: ScoreColumns, _ listing: Listing, settings: EvaluationSettings, levels: [String],
    model: String?, threads: Int, provenance: [String: String]
  ) throws {
    self.settings = settings
    self.model = model
    self.provenance = provenance
    let present = levels.filter { columns.scored[$0] != nil }
    let others = columns.scored.keys
      .filter { !levels.contains($0) && $0 != Self.everything }.sorted()
    self.levels = present + others + [Self.everything]
    counts = Counts(
      scenes: settings.split.count, scored: columns.scored[Self.everything] ?? 0,
      failed: columns.failures + listing.ambiguous, missing: listing.missingCount,
      surplus: listing.surplus, otherFiles: listing.otherFiles)
    scored = columns.scored
    mappings = columns.mappings
    measures = try Self.summaries(columns.measures, threads: threads)
    floors = try columns.floors.mapValues { try Self.summaries($0, threads: threads) }
    judgements = columns.verdicts.reduce(into: [:]) { result, level in
      result[level.key] = Judgements(level.value, reasons: columns.reasons[level.key] ?? [:])
    }
    examples = columns.rankings.compactMapValues { ranking in
      ranking.measure.map { Examples(measure: $0, best: ranking.best, worst: ranking.worst) }
    }
    problems = listing.problems
    missing = listing.missing
    warnings = []
    warnings = Self.warnings(columns, counts: counts)
  }

  /// Means with intervals; every column is a job of its own.
  private static func summaries(
    _ table: ScoreColumns.Table, threads: Int
  ) throws -> [String: Measures] {
    let columns = table.flatMap { level, measures in
      measures.map { (level: level, name: $0.key, values: $0.value) }
    }
    let found = try Parallel.map(0..<columns.count, threads: threads) { index in
      Bootstrap(values: columns[index].values.count).mean(columns[index].values)
    }
    return zip(columns, found).reduce(into: [:]) { result, column in
      result[column.0.level, default: [:]][column.0.name] = column.1
    }
  }

  private static func warnings(_ columns: ScoreColumns, counts: Counts) -> [String] {
    var warnings: [String] = []
    let differences = columns.conditionDifferences.sorted()
    if !differences.isEmpty, differences[differences.count / 2] > 0.5 {
      warnings.append(
        "the given frames of most videos are not those of their scenes: was the model given another "
          + "split or seed, or does it not repeat the given frames?")
    }
    if columns.mappings.count > 1 {
      warnings.append("videos were mapped in \(columns.mappings.count) different ways")
    }
    if counts.scored < counts.scenes {
      warnings.append(
        "means are over the \(counts.scored) of \(counts.scenes) scenes that could be scored")
    }
    return warnings
  }
}

extension Bootstrap {
  /// A bootstrap for so many values: 2000 resamples up to 20,000 values, fewer beyond, where the
  /// interval is narrow and one resample costs as much as the values are many; at least 200.
  init(values count: Int) {
    self.init(resamples: max(200, min(2000, 40_000_000 / max(count, 1))))
  }
}

extension EvaluationDocument.Judgements {
  init(_ counts: [Verdict: Int], reasons: [String: Int]) {
    asTruth = counts[.asTruth] ?? 0
    lawful = counts[.lawful] ?? 0
    wrong = counts[.wrong] ?? 0
    self.reasons = reasons
    abnormal = WilsonInterval.share(wrong, of: asTruth + lawful + wrong)
  }
}
