/// The 95 % interval of a share by Wilson's score method.
///
/// Unlike the textbook interval it stays within 0 and 1 and has a width where nothing, or
/// everything, was counted. Source: E. B. Wilson, Probable inference (1927).
public enum WilsonInterval {
  /// The normal distribution's 97.5 % quantile.
  private static let quantile = 1.959_963_984_540_054

  /// The share `successes / trials`; NaN without trials.
  public static func share(_ successes: Int, of trials: Int) -> Summary {
    guard trials > 0 else { return Summary(mean: .nan, low: .nan, high: .nan, count: 0) }
    let (n, z) = (Double(trials), quantile)
    let p = Double(successes) / n
    let center = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return Summary(
      mean: p, low: successes == 0 ? 0 : (center - spread) / scale,
      high: successes == trials ? 1 : (center + spread) / scale, count: trials)
  }
}
