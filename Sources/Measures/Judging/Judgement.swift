/// What a video is worth against the laws of its scene: the paper's three kinds.
public enum Verdict: String, Codable, CaseIterable, Sendable {
  /// It shows what truly happens.
  case asTruth = "as_truth"
  /// It shows something else that the same laws allow, such as the same motion at another speed.
  case lawful
  /// It shows what no law allows.
  case wrong
}

/// A verdict with everything that speaks for it.
public struct Judgement: Codable, Hashable, Sendable {
  /// What the video is worth.
  public var verdict: Verdict
  /// For `wrong` what is broken, for `lawful` what is different, for `asTruth` nothing; by frames.
  public var reasons: [Reason]

  /// A judgement from its parts.
  public init(verdict: Verdict, reasons: [Reason]) {
    self.verdict = verdict
    self.reasons = reasons
  }
}
