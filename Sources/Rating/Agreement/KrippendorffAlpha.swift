/// Krippendorff's alpha for answers without an order: 1 is full agreement, 0 what chance would give.
///
///     α = 1 − D_observed / D_expected
///
/// over all pairs of answers to the same clip. Raters may have missed any clips; clips with fewer
/// than two answers say nothing and are left out. Source: K. Krippendorff, Computing Krippendorff's
/// Alpha-Reliability (2011).
public enum KrippendorffAlpha {
  /// The alpha of some clips; NaN without two answers to one clip, or when all answers are the same,
  /// where chance would agree too.
  public static func nominal(_ clips: [AnswerCounts]) -> Double {
    let paired = clips.filter { $0.total >= 2 }
    let totals = paired.summed
    let pairable = totals.reduce(0, +)
    let expected = totals.reduce(0) { $0 + $1 * (pairable - $1) }
    guard expected > 0 else { return .nan }
    let observed = paired.reduce(0.0) { sum, clip in
      let pairs = clip.total * (clip.total - 1)
      return sum + Double(pairs - clip.agreeingPairs) / Double(clip.total - 1)
    }
    return 1 - Double(pairable - 1) * observed / Double(expected)
  }
}
