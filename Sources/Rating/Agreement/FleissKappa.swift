/// Fleiss' kappa: agreement beyond chance among a fixed number of raters.
///
///     κ = (P̄ − P̄ₑ) / (1 − P̄ₑ)
///
/// Source: J. L. Fleiss, Measuring nominal scale agreement among many raters (1971).
public enum FleissKappa {
  /// The kappa of clips that all have the same number of answers, at least two; NaN for others, and
  /// when all answers are the same.
  public static func kappa(_ clips: [AnswerCounts]) -> Double {
    guard let raters = clips.first?.total, raters >= 2, clips.allSatisfy({ $0.total == raters })
    else { return .nan }
    let pairs = Double(raters * (raters - 1))
    let agreement =
      clips.reduce(0.0) { $0 + Double($1.agreeingPairs) / pairs } / Double(clips.count)
    let all = Double(raters * clips.count)
    let chance = clips.summed.reduce(0.0) { $0 + (Double($1) / all) * (Double($1) / all) }
    return chance < 1 ? (agreement - chance) / (1 - chance) : .nan
  }
}
