import Worlds

/// The numbers 0 to `count - 1` in a random order that needs no memory.
///
/// Place i is computed, not stored: a Feistel network with keyed rounds permutes the next larger
/// power of four, and places that fall outside are permuted again until they fall inside.
///
/// ```swift
/// let order = ShuffledOrder(count: 3_000_000, seed: 1, epoch: 0)
/// order[0]  // the first scene of the first epoch
/// ```
public struct ShuffledOrder: RandomAccessCollection, Sendable {
  private static let rounds = 6

  /// Number of places.
  public let count: Int
  private let halfBits: UInt64
  private let keys: [UInt64]

  /// The order of an epoch under a seed; below one place the collection is empty.
  public init(count: Int, seed: UInt64, epoch: Int = 0) {
    self.count = Swift.max(0, count)
    let bits = UInt64(UInt64.bitWidth - UInt64(Swift.max(0, count - 1)).leadingZeroBitCount)
    halfBits = Swift.max(1, (bits + 1) / 2)
    var random = CounterRandom(
      recipe: "shuffled order", seed: seed, index: UInt64(bitPattern: Int64(epoch)))
    keys = (0..<Self.rounds).map { _ in random.next() }
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// ``count``.
  public var endIndex: Int { count }

  /// The number at a place.
  public subscript(place: Int) -> Int {
    precondition((0..<count).contains(place), "place \(place) of an order of \(count)")
    var value = UInt64(place)
    repeat { value = permuted(value) } while value >= UInt64(count)
    return Int(value)
  }

  private func permuted(_ value: UInt64) -> UInt64 {
    let mask: UInt64 = 1 << halfBits - 1
    var left = value >> halfBits
    var right = value & mask
    for key in keys {
      (left, right) = (right, left ^ (CounterRandom.mix(right ^ key) & mask))
    }
    return left << halfBits | right
  }
}
