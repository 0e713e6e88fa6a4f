/// The part of every batch that one process takes.
public struct BatchShare: Hashable, Sendable {
  /// Which part, from 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// Part `index` of `count`.
  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// All of it.
  public static let whole = BatchShare(index: 0, count: 1)

  /// The places of this part among `total`; all parts together have each place once.
  public func range(of total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
  }
}
