import Measures

/// A number with its 95 % interval over scenes and seeds.
public struct Estimate: Codable, Hashable, Sendable {
  /// The number; NaN (null in files) without evidence.
  @NullableNumber public var value: Double
  /// Lower end of the interval.
  @NullableNumber public var low: Double
  /// Upper end of the interval.
  @NullableNumber public var high: Double
  /// Scenes behind it, over all seeds.
  public var scenes: Int
  /// Training seeds behind it.
  public var seeds: Int

  /// An estimate from its parts.
  public init(value: Double, low: Double, high: Double, scenes: Int, seeds: Int) {
    self.value = value
    self.low = low
    self.high = high
    self.scenes = scenes
    self.seeds = seeds
  }
}
