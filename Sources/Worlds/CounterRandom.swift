/// Random numbers that are a pure function of (recipe, seed, index).
///
/// Scene 17 of a recipe is the same on every machine, in any order and on any thread. The key is a
/// 64-bit FNV-1a hash of the recipe's UTF-8 bytes, mixed with the seed and the index; the stream is
/// SplitMix64 started at that key. Its values are frozen: published data sets depend on them.
public struct CounterRandom: RandomNumberGenerator, Sendable {
  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  /// The stream of element `index` of `recipe` under `seed`.
  public init(recipe: String, seed: UInt64, index: UInt64) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in recipe.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    let keyed = CounterRandom.mix(CounterRandom.mix(hash) ^ CounterRandom.mix(seed &+ Self.golden))
    state = CounterRandom.mix(keyed ^ CounterRandom.mix(index &+ 2 &* Self.golden))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.golden
    return CounterRandom.mix(state)
  }

  /// A number in [0, 1): 53 random bits.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// `low + u·(high - low)` with u in [0, 1), the way the official generators draw.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + unit() * (high - low)
  }

  /// SplitMix64's finaliser: a bijection in which every input bit reaches every output bit.
  package static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
