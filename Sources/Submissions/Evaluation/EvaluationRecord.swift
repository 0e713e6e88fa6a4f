import Foundation
import Measures

/// One line of `scores.jsonl`: everything about one scene that a file answers.
public struct EvaluationRecord: Hashable, Sendable {
  /// What was measured on the answer; without measures where it could not be scored.
  public var score: SceneScore
  /// Floor (`ground_truth`, `autoencoder`) to the same measures on that video.
  public var floors: [String: [String: Double]]
  /// What the judge says; nil where none was asked or the video could not be scored.
  public var verdict: Verdict?
  /// The file's name in the submission, made printable.
  public var file: String
  /// A text that changes when the file does.
  public var stamp: String
  /// How the video was mapped; nil where it could not be.
  public var mapping: String?
  /// Why it could not be scored; nil where it could.
  public var problem: SubmissionProblem?

  /// A record from its parts.
  public init(
    score: SceneScore, floors: [String: [String: Double]] = [:], verdict: Verdict? = nil,
    file: String, stamp: String, mapping: String? = nil, problem: SubmissionProblem? = nil
  ) {
    self.score = score
    self.floors = floors
    self.verdict = verdict
    self.file = file
    self.stamp = stamp
    self.mapping = mapping
    self.problem = problem
  }
}

// The score's own keys and these, in one object.
extension EvaluationRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case floors, verdict, file, stamp, mapping, problem
  }

  /// Reads a record; null is NaN.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      score: try SceneScore(from: decoder),
      floors: try values.decodeIfPresent([String: [String: Double?]].self, forKey: .floors)?
        .mapValues { $0.mapValues { $0 ?? .nan } } ?? [:],
      verdict: try values.decodeIfPresent(Verdict.self, forKey: .verdict),
      file: try values.decode(String.self, forKey: .file),
      stamp: try values.decode(String.self, forKey: .stamp),
      mapping: try values.decodeIfPresent(String.self, forKey: .mapping),
      problem: try values.decodeIfPresent(SubmissionProblem.self, forKey: .problem))
  }

  /// Writes a record; what is not finite becomes null.
  public func encode(to encoder: any Encoder) throws {
    try score.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    if !floors.isEmpty {
      try values.encode(
        floors.mapValues { $0.mapValues { $0.isFinite ? $0 : nil } }, forKey: .floors)
    }
    try values.encodeIfPresent(verdict, forKey: .verdict)
    try values.encode(file, forKey: .file)
    try values.encode(stamp, forKey: .stamp)
    try values.encodeIfPresent(mapping, forKey: .mapping)
    try values.encodeIfPresent(problem, forKey: .problem)
  }
}
