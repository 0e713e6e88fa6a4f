/// A mean with its 95 % interval and the number of values behind it.
public struct Summary: Codable, Hashable, Sendable {
  /// Mean of the finite values; NaN (JSON null) when there are none.
  @NullableNumber public var mean: Double
  /// Lower end of the interval.
  @NullableNumber public var low: Double
  /// Upper end of the interval.
  @NullableNumber public var high: Double
  /// Finite values counted.
  public var count: Int

  /// Makes a summary.
  public init(mean: Double, low: Double, high: Double, count: Int) {
    self.mean = mean
    self.low = low
    self.high = high
    self.count = count
  }
}

/// Percentile bootstrap: how far could the mean have come out differently?
///
/// Values are drawn with replacement as often as there are values, many times; the interval spans
/// the middle 95 % of the resampled means. A pure function of the values and the seed.
public struct Bootstrap: Hashable, Sendable {
  /// Resampled means; default 2000.
  public var resamples: Int
  /// Seed of the draws.
  public var seed: UInt64

  /// A bootstrap; at least one resample is drawn.
  public init(resamples: Int = 2000, seed: UInt64 = 0) {
    self.resamples = max(1, resamples)
    self.seed = seed
  }

  /// The mean of the finite values and its 95 % interval. NaN and infinities are left out.
  public func mean(_ values: [Double]) -> Summary {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1 else {
      return Summary(mean: finite.mean, low: finite.mean, high: finite.mean, count: finite.count)
    }
    return interval(around: finite.mean, count: finite.count) { resampledMean(finite, &$0) }
  }

  /// The mean of `numerators`' means divided by the mean of `denominator`, each set resampled.
  public func ratio(_ numerators: [[Double]], over denominator: [Double]) -> Summary {
    let above = numerators.map { $0.filter(\.isFinite) }.filter { !$0.isEmpty }
    let below = denominator.filter(\.isFinite)
    let count = above.reduce(0) { $0 + $1.count }
    guard !above.isEmpty, !below.isEmpty else {
      return Summary(mean: .nan, low: .nan, high: .nan, count: 0)
    }
    return interval(around: above.map(\.mean).mean / below.mean, count: count) { generator in
      let top = above.map { resampledMean($0, &generator) }.mean
      return top / resampledMean(below, &generator)
    }
  }

  private func interval(
    around estimate: Double, count: Int, statistic: (inout SplitMix) -> Double
  ) -> Summary {
    var generator = SplitMix(state: seed)
    var draws = (0..<resamples).map { _ in statistic(&generator) }
    draws.sort()
    return Summary(
      mean: estimate, low: Quantile.of(draws, 0.025), high: Quantile.of(draws, 0.975),
      count: count)
  }

  private func resampledMean(_ values: [Double], _ generator: inout SplitMix) -> Double {
    var sum = 0.0
    for _ in values.indices { sum += values[generator.index(below: values.count)] }
    return sum / Double(values.count)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
