import Worlds

/// A random order of 0..<count that needs no memory: place p is computed, not looked up.
///
/// A Feistel network permutes the next power of four; numbers at or beyond `count` walk on until they
/// fall inside. Its values are frozen: training runs depend on them.
public struct ShuffledOrder: Sendable {
  /// Number of places.
  public let count: Int
  private let half: UInt64
  private let keys: [UInt64]

  /// The order of an epoch under a seed.
  ///
  /// - Precondition: `count` is positive.
  public init(count: Int, seed: UInt64, epoch: Int = 0) {
    precondition(count > 0, "an order of \(count) places")
    self.count = count
    var bits: UInt64 = 1
    while bits < 31, UInt64(1) << (2 * bits) < UInt64(count) { bits += 1 }
    half = bits
    var random = CounterRandom(
      recipe: "shuffled-order", seed: seed, index: UInt64(bitPattern: Int64(epoch)))
    keys = (0..<6).map { _ in random.next() }
  }

  /// The number at a place; every number is at exactly one place.
  ///
  /// - Precondition: `place` lies in 0..<count.
  public subscript(place: Int) -> Int {
    precondition((0..<count).contains(place), "place \(place) of \(count)")
    var value = UInt64(place)
    repeat { value = permuted(value) } while value >= UInt64(count)
    return Int(value)
  }

  private func permuted(_ value: UInt64) -> UInt64 {
    let mask = (UInt64(1) << half) - 1
    var left = value >> half
    var right = value & mask
    for key in keys {
      // SplitMix64's finaliser as the round function.
      var z = right ^ key
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      (left, right) = (right, left ^ (z & mask))
    }
    return left << half | right
  }
}
