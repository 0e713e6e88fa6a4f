import Measures

/// All that decides what an evaluation finds, beside the videos themselves: the contents of
/// `settings.json`.
public struct EvaluationSettings: Codable, Hashable, Sendable {
  /// Version of the files' layout.
  public var version = 1
  /// The scenes.
  public var split: SceneSplit.Identity
  /// How videos are mapped.
  public var mapping: MappingOptions
  /// The ruler.
  public var ruler: String
  /// Whether the truth and the autoencoder go through the same rulers.
  public var floors: Bool

  /// Settings from their parts.
  public init(
    split: SceneSplit.Identity, mapping: MappingOptions, ruler: String, floors: Bool = true
  ) {
    self.split = split
    self.mapping = mapping
    self.ruler = ruler
    self.floors = floors
  }

  /// The first setting in which two differ, with both values; nil when they are the same.
  func difference(from other: EvaluationSettings) -> (name: String, own: String, other: String)? {
    let pairs: [(String, String, String)] = [
      ("layout version", "\(version)", "\(other.version)"),
      ("split", split.name, other.split.name),
      ("seed", Self.text(split.seed), Self.text(other.split.seed)),
      ("the released files' scenes", "\(split.compatible)", "\(other.split.compatible)"),
      ("scene count", "\(split.count)", "\(other.split.count)"),
      ("frames", "\(split.frames)", "\(other.split.frames)"),
      ("condition frames", "\(mapping.conditionFrames)", "\(other.mapping.conditionFrames)"),
      ("frame rate", Self.text(mapping.framesPerSecond), Self.text(other.mapping.framesPerSecond)),
      ("size", Self.text(mapping.size), Self.text(other.mapping.size)),
      ("fit", mapping.fit.rawValue, other.mapping.fit.rawValue),
      ("ruler", ruler, other.ruler), ("floors", "\(floors)", "\(other.floors)"),
    ]
    return pairs.first { $0.1 != $0.2 }
  }

  private static func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "unset" }
}
