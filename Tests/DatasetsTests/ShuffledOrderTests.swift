import Datasets
import Testing

struct ShuffledOrderTests {
  @Test(arguments: [1, 2, 3, 4, 5, 17, 1000, 4097])
  func isABijection(count: Int) {
    for epoch in 0..<3 {
      let order = ShuffledOrder(count: count, seed: 7, epoch: epoch)
      #expect((0..<count).map { order[$0] }.sorted() == Array(0..<count))
    }
  }

  @Test func threeMillionPlacesAreABijection() {
    let count = 3_000_000
    let order = ShuffledOrder(count: count, seed: 1)
    var seen = [Bool](repeating: false, count: count)
    for place in 0..<count { seen[order[place]] = true }
    #expect(!seen.contains(false))
  }

  @Test func seedAndEpochChangeIt() {
    func places(_ seed: UInt64, _ epoch: Int) -> [Int] {
      let order = ShuffledOrder(count: 100, seed: seed, epoch: epoch)
      return (0..<100).map { order[$0] }
    }
    #expect(places(1, 0) == places(1, 0))
    #expect(Set([places(1, 0), places(1, 1), places(2, 0), places(2, 1)]).count == 4)
  }

  /// A place should say nothing about its number: no drift, and no runs of neighbours.
  @Test func looksRandom() {
    let count = 10_000
    let order = ShuffledOrder(count: count, seed: 3)
    let numbers = (0..<count).map { Double(order[$0]) }
    let middle = Double(count - 1) / 2
    let covariance = numbers.enumerated().reduce(0) {
      $0 + (Double($1.offset) - middle) * ($1.element - middle)
    }
    let variance = Double(count) * (Double(count) * Double(count) - 1) / 12
    #expect(abs(covariance / variance) < 0.05)
    let neighbours = zip(numbers, numbers.dropFirst()).count { abs($0 - $1) == 1 }
    #expect(neighbours < 20)
  }

  /// Frozen: training runs of earlier versions go on with the same order.
  @Test func valuesAreFrozen() {
    let order = ShuffledOrder(count: 1000, seed: 42)
    #expect((0..<8).map { order[$0] } == [361, 941, 380, 236, 966, 193, 688, 68])
  }

  @Test func nothingHasNoOrder() {
    #expect(ShuffledOrder(count: 0, seed: 1).isEmpty && ShuffledOrder(count: -5, seed: 1).isEmpty)
  }

  @Test func placesFarIntoALargeOrderAreFrozen() {
    #expect(ShuffledOrder(count: 3_000_000, seed: 42, epoch: 2)[123_456] == 2_182_139)
  }
}
