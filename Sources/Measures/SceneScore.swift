/// All that was measured on one video of any law: one line of a submission's `scores.jsonl`.
///
/// `measures` maps names to numbers. A name is a path with the form last, such as
/// `velocity_error.official` or `velocity_error.post.unbiased`; Documentation/Measures.md lists
/// them. A number that does not exist is NaN here and null in files.
public struct SceneScore: Hashable, Sendable {
  /// The scene's name: what the video file is called, without extension.
  public var id: String
  /// Number of the scene within its set.
  public var index: Int
  /// The level or split of the scene; nil where its set names none.
  public var level: String?
  /// The scenario, such as `collision`.
  public var scenario: String
  /// What the scene was made from, such as `r` and `v`.
  public var parameters: [String: Double]
  /// Name to number.
  public var measures: [String: Double]

  /// A record from its parts.
  public init(
    id: String, index: Int, level: String?, scenario: String, parameters: [String: Double],
    measures: [String: Double]
  ) {
    self.id = id
    self.index = index
    self.level = level
    self.scenario = scenario
    self.parameters = parameters
    self.measures = measures
  }
}

extension SceneScore: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, index, level, scenario, parameters, measures
  }

  /// Reads a record; null is NaN.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      index: try values.decode(Int.self, forKey: .index),
      level: try values.decodeIfPresent(String.self, forKey: .level),
      scenario: try values.decode(String.self, forKey: .scenario),
      parameters: try values.decode([String: Double].self, forKey: .parameters),
      measures: try values.decode([String: Double?].self, forKey: .measures)
        .mapValues { $0 ?? .nan })
  }

  /// Writes a record; what is not finite becomes null.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(index, forKey: .index)
    try values.encodeIfPresent(level, forKey: .level)
    try values.encode(scenario, forKey: .scenario)
    try values.encode(parameters, forKey: .parameters)
    try values.encode(measures.mapValues { $0.isFinite ? $0 : nil }, forKey: .measures)
  }
}
