import Tables

/// A sentence of the paper with a test that was fixed before anything was run.
///
/// The effect is a function of means over scenes. Its interval comes from drawing seeds, and of every probe scenes,
/// with replacement: arms that were asked the same scenes are compared on the same draws.
public struct Claim: Sendable {
  /// A mean over the scenes of one arm and one probe.
  public struct Cell: Sendable {
    let arm, probe: String
    let value: @Sendable (SceneEvidence) -> Double?

    /// The mean of `value` over the scenes for which it is not nil.
    public init(
      _ arm: String, _ probe: String, _ value: @escaping @Sendable (SceneEvidence) -> Double?
    ) {
      self.arm = arm
      self.probe = probe
      self.value = value
    }
  }

  /// A short name that stays.
  public let name: String
  /// The claim.
  public let sentence: String
  /// What the number is.
  public let effect: String
  /// Where the claim holds.
  public let threshold: ClaimThreshold
  let cells: [Cell]
  /// Where its numbers come from, `ARM PROBE`.
  public var places: [String] { cells.map { "\($0.arm) \($0.probe)" } }
  let combine: @Sendable ([Double]) -> Double

  /// A claim about a function of means.
  public init(
    _ name: String, _ sentence: String, effect: String, _ threshold: ClaimThreshold,
    cells: [Cell], combine: @escaping @Sendable ([Double]) -> Double
  ) {
    self.name = name
    self.sentence = sentence
    self.effect = effect
    self.threshold = threshold
    self.cells = cells
    self.combine = combine
  }

  /// Weighs the claim.
  public func result(_ evidence: Evidence) -> ClaimResult {
    let estimate = SceneBootstrap().estimate(cells, combine, evidence)
    let verdict = threshold.verdict(low: estimate.low, high: estimate.high)
    return ClaimResult(
      name: name, sentence: sentence, effect: effect, estimate: estimate, threshold: threshold,
      verdict: verdict, reason: reason(verdict, estimate))
  }

  private func reason(_ verdict: ClaimVerdict, _ estimate: Estimate) -> String {
    guard estimate.low.isFinite, estimate.high.isFinite else {
      return "No scene gives the number: \(estimate.scenes) scenes, \(estimate.seeds) seeds."
    }
    let interval =
      "\(Format.significant(estimate.low, 3)) to \(Format.significant(estimate.high, 3))"
    let scenes =
      "\(estimate.scenes) scenes, \(estimate.seeds) "
      + (estimate.seeds == 1 ? "seed" : "seeds")
    switch verdict {
    case .holds:
      return "All of the interval, \(interval), is \(threshold.text) (\(scenes))."
    case .fails:
      return "None of the interval, \(interval), is \(threshold.text) (\(scenes))."
    case .undecided:
      return
        "The interval, \(interval), holds the threshold \(Format.significant(threshold.value, 3)) "
        + "(\(scenes))."
    }
  }
}
