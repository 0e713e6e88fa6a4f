import Datasets
import Testing

struct ShuffledOrderTests {
  @Test(arguments: [0, 1, 2, 3, 4, 5, 16, 17, 1000, 3_000_000])
  func everyNumberComesOnce(count: Int) {
    let order = ShuffledOrder(count: count, seed: 7)
    #expect(order.count == count)
    var seen = Array(repeating: false, count: count)
    for number in order { seen[number] = true }
    #expect(seen.allSatisfy { $0 })
  }

  @Test func seedsAndEpochsGiveOtherOrders() {
    let first = Array(ShuffledOrder(count: 1000, seed: 1))
    #expect(first == Array(ShuffledOrder(count: 1000, seed: 1, epoch: 0)))
    #expect(first != Array(ShuffledOrder(count: 1000, seed: 1, epoch: 1)))
    #expect(first != Array(ShuffledOrder(count: 1000, seed: 2)))
    #expect(first != Array(0..<1000))
  }

  /// Neighbours must not stay neighbours, nor the first half in the first half.
  @Test(arguments: [100, 1000, 30_000])
  func ordersAreWellMixed(count: Int) {
    var near = 0
    var low = 0
    let epochs = 20
    for epoch in 0..<epochs {
      let order = ShuffledOrder(count: count, seed: 3, epoch: epoch)
      for place in 1..<count where abs(order[place] - order[place - 1]) == 1 { near += 1 }
      for place in 0..<count / 2 where order[place] < count / 2 { low += 1 }
    }
    // Of n places, 2 are next to each other on average.
    #expect(near < epochs * 8)
    let share = Double(low) / Double(epochs * count / 2)
    #expect(abs(share - 0.5) < 0.05, "\(share)")
  }

  /// Frozen: an interrupted training continues in the same order.
  @Test func theOrderNeverChanges() {
    #expect(Array(ShuffledOrder(count: 10, seed: 0)) == [0, 8, 2, 3, 7, 1, 5, 9, 6, 4])
    #expect(ShuffledOrder(count: 3_000_000, seed: 42, epoch: 2)[123_456] == 2_182_139)
  }

  @Test func negativeCountsAreEmpty() {
    #expect(ShuffledOrder(count: -5, seed: 1).isEmpty)
  }
}
