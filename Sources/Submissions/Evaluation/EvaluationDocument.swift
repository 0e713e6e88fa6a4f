import Foundation
import Measures

/// Everything that an evaluation of somebody's videos found: the contents of `metrics.json`.
///
/// Levels are those of the split, and `all`. A measure's name is a path with its form last, such as
/// `velocity_error.unbiased`; Documentation/Measures.md defines them. NaN is null.
public struct EvaluationDocument: Codable, Hashable, Sendable {
  /// Measure to its mean over the videos of a level.
  public typealias Measures = [String: Summary]

  /// The level that holds every scene.
  public static let everything = "all"
  /// The most names that a list in the document holds; complete lists are in the folder's files.
  public static let listLimit = 1000

  /// Version of this layout.
  public var version = 1
  /// What the model is called; nil where nobody said.
  public var model: String?
  /// Split, mapping and ruler.
  public var settings: EvaluationSettings
  /// Videos counted.
  public var counts: Counts
  /// Levels in the order of tables; `all` is the last.
  public var levels: [String]
  /// Scenes of each level that were scored.
  public var scored: [String: Int]
  /// How videos were mapped, in words, to how many were mapped so.
  public var mappings: [String: Int]
  /// Level, then measure.
  public var measures: [String: Measures]
  /// Floor, then level, then measure: the truth (`ground_truth`) and, where the official layout gave
  /// it, the autoencoder's reconstruction (`autoencoder`), by the same rulers and the same mapping.
  public var floors: [String: [String: Measures]]
  /// Numbers that belong to the whole set rather than to videos, such as `fvd`.
  public var setMeasures: [String: SetMeasure] = [:]
  /// Level to judgements; empty where there was no judge.
  public var judgements: [String: Judgements]
  /// Level to the videos with the smallest and the largest errors.
  public var examples: [String: Examples]
  /// Things a reader of the numbers must know.
  public var warnings: [String]
  /// The first problems; `problems.jsonl` has all.
  public var problems: [SubmissionProblem]
  /// The first scenes without a video; `missing.txt` has all.
  public var missing: [String]
  /// Where the numbers come from: program, folder.
  public var provenance: [String: String]

  enum CodingKeys: String, CodingKey {
    case version, model, settings, counts, levels, scored, mappings, measures, floors, judgements
    case examples, warnings, problems, missing, provenance
    case setMeasures = "set_measures"
  }

  /// Videos counted.
  public struct Counts: Codable, Hashable, Sendable {
    /// Scenes of the split.
    public var scenes: Int
    /// Scenes whose video was scored.
    public var scored: Int
    /// Scenes whose video could not be scored.
    public var failed: Int
    /// Scenes without a video.
    public var missing: Int
    /// Videos that answer no scene.
    public var surplus: Int
    /// Files that are no videos.
    public var otherFiles: Int

    enum CodingKeys: String, CodingKey {
      case scenes, scored, failed, missing, surplus
      case otherFiles = "other_files"
    }
  }

  /// A number of a whole set, with what it depends on.
  public struct SetMeasure: Codable, Hashable, Sendable {
    /// The number.
    public var value: Double
    /// Such as numbers of clips and frames; it must not be compared with one of others.
    public var facts: [String: String]

    /// A number with what it depends on.
    public init(_ value: Double, facts: [String: String]) {
      self.value = value
      self.facts = facts
    }

    /// The facts in a line.
    public var text: String {
      facts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  /// What a judge says of a level's videos.
  public struct Judgements: Codable, Hashable, Sendable {
    /// Videos that show what really happens.
    public var asTruth: Int
    /// Videos that show something else that could happen.
    public var lawful: Int
    /// Videos that show what cannot happen.
    public var wrong: Int
    /// Share of wrong videos with its 95 % Wilson interval: the paper's abnormal ratio.
    public var abnormal: Summary
    /// Kind of reason to number of wrong videos that have it.
    public var reasons: [String: Int]

    enum CodingKeys: String, CodingKey {
      case lawful, wrong, abnormal, reasons
      case asTruth = "as_truth"
    }
  }

  /// The best and the worst videos of a level by one measure.
  public struct Examples: Codable, Hashable, Sendable {
    /// The measure that orders them.
    public var measure: String
    /// Smallest first.
    public var best: [Example]
    /// Largest first; a video on which the measure does not exist is among the worst.
    public var worst: [Example]
  }

  /// One video to look at.
  public struct Example: Codable, Hashable, Sendable {
    /// The scene's name.
    public var id: String
    /// The scene's number.
    public var index: Int
    /// The file's name in the submission, made printable.
    public var file: String
    /// The measure; NaN where it does not exist.
    @NullableNumber public var value: Double
    /// What the judge says.
    public var judgement: Judgement?
  }

  /// Whether every scene was scored.
  public var isComplete: Bool { counts.scored == counts.scenes }
}

extension EvaluationDocument {
  /// Reads the document of an evaluation's folder.
  ///
  /// - Throws: ``SubmissionError``
  public init(in folder: URL) throws(SubmissionError) {
    self = try OutputFolder.read(Self.self, from: Self.url(in: folder))
  }

  /// Where the document of an evaluation's folder lies.
  public static func url(in folder: URL) -> URL { folder.appendingPathComponent("metrics.json") }

  /// The measure by which examples and leaderboards order, of those that there are.
  public static func headline(of names: some Collection<String>) -> String? {
    let preferred = [
      "velocity_error.unbiased", "velocity_error.post.unbiased", "velocity_error.official",
      "track_error",
    ]
    return preferred.first(where: names.contains)
      ?? names.filter { $0.contains("error") }.min() ?? names.min()
  }
}
