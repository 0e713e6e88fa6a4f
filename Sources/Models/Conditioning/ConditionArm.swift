/// What a model is told besides noise and time: the arms of the paper's Figure 18.
public enum ConditionArm: String, Codable, CaseIterable, Sendable {
  /// The first frames.
  case frames
  /// The first frames, and the scene's initial state in numbers, added to the video tokens layer by layer.
  case state
  /// The first frames, and the scene's initial state in words, through a text encoder and cross-attention.
  case text
}
