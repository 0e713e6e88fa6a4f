/// How two models differ on the same scenes, in one measure.
///
/// Scenes are drawn with replacement, each with both models' values (paired bootstrap): what makes a
/// scene hard for both does not widen the interval.
public struct PairedDifference: Codable, Hashable, Sendable {
  /// The first model's mean over the scenes on which both have a value.
  @NullableNumber public var first: Double
  /// The second model's mean over the same scenes.
  @NullableNumber public var second: Double
  /// Second less first, with its 95 % interval and the number of scenes.
  public var difference: Summary
  /// Scenes on which only the first has a value.
  public var onlyFirst: Int
  /// Scenes on which only the second has a value.
  public var onlySecond: Int

  /// The difference of values that belong together, place by place; NaN is no value.
  ///
  /// - Precondition: there are as many of both.
  public init(first: [Double], second: [Double], bootstrap: Bootstrap = Bootstrap()) {
    precondition(first.count == second.count, "\(first.count) values beside \(second.count)")
    let pairs = zip(first, second).filter { $0.isFinite && $1.isFinite }
    self.first = pairs.map(\.0).mean
    self.second = pairs.map(\.1).mean
    difference = bootstrap.mean(pairs.map { $1 - $0 })
    onlyFirst = zip(first, second).count { $0.isFinite && !$1.isFinite }
    onlySecond = zip(first, second).count { !$0.isFinite && $1.isFinite }
  }

  /// Whether the interval leaves no room for equality.
  public var isShown: Bool {
    difference.count > 1 && (difference.low > 0 || difference.high < 0)
  }

  enum CodingKeys: String, CodingKey {
    case first, second, difference
    case onlyFirst = "only_first"
    case onlySecond = "only_second"
  }
}
