/// What the evidence says of a claim.
public enum ClaimVerdict: String, Codable, CaseIterable, Sendable {
  /// The whole interval lies on the claim's side of its threshold.
  case holds
  /// The whole interval lies on the other side.
  case fails
  /// The interval holds the threshold, or there is too little evidence for one.
  case undecided
}

/// The side of a threshold on which a claim holds.
public enum ClaimThreshold: Codable, Hashable, Sendable {
  /// The effect must be larger.
  case above(Double)
  /// The effect must be smaller.
  case below(Double)

  /// The number that decides.
  public var value: Double {
    switch self {
    case .above(let value), .below(let value): value
    }
  }

  /// `> 5` or `< 0.1`.
  public var text: String {
    switch self {
    case .above(let value): "> \(Self.short(value))"
    case .below(let value): "< \(Self.short(value))"
    }
  }

  /// What an interval says.
  public func verdict(low: Double, high: Double) -> ClaimVerdict {
    guard low.isFinite, high.isFinite else { return .undecided }
    switch self {
    case .above(let value): return low > value ? .holds : high < value ? .fails : .undecided
    case .below(let value): return high < value ? .holds : low > value ? .fails : .undecided
    }
  }

  private static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : "\(value)"
  }
}

/// A claim with the effect that was measured, its interval and the verdict.
public struct ClaimResult: Codable, Hashable, Sendable {
  /// A short name that stays, such as `gap-pulls-speed`.
  public var name: String
  /// The claim as a sentence that can be checked.
  public var sentence: String
  /// What the number is, such as `error out of distribution over error in distribution`.
  public var effect: String
  /// The number and its 95 % interval over scenes and seeds; its `count` is that of scenes.
  public var estimate: Estimate
  /// Fixed before the run.
  public var threshold: ClaimThreshold
  /// Holds, fails, or undecided.
  public var verdict: ClaimVerdict
  /// Why, in a sentence.
  public var reason: String

  /// A result from its parts.
  public init(
    name: String, sentence: String, effect: String, estimate: Estimate, threshold: ClaimThreshold,
    verdict: ClaimVerdict, reason: String
  ) {
    self.name = name
    self.sentence = sentence
    self.effect = effect
    self.estimate = estimate
    self.threshold = threshold
    self.verdict = verdict
    self.reason = reason
  }
}
