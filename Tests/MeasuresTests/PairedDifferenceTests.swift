import Foundation
import Measures
import Testing

@Suite struct PairedDifferenceTests {
  /// Hard and easy scenes; the second model is a little worse on each.
  private let first = (0..<200).map { Double($0 * 37 % 200) / 10 }

  @Test func whatIsHardForBothDoesNotWidenTheInterval() {
    let second = first.enumerated().map { $1 + 0.1 + ($0.isMultiple(of: 2) ? 0.05 : -0.05) }
    let pair = PairedDifference(first: first, second: second)
    #expect(abs(pair.difference.mean - 0.1) < 1e-9)
    #expect(pair.isShown)
    #expect(pair.difference.high - pair.difference.low < 0.03)
    let apart = Bootstrap().mean(second)
    #expect(apart.high - apart.low > 1)
  }

  @Test func equalModelsShowNoDifference() {
    let pair = PairedDifference(first: first, second: first)
    #expect(pair.difference.mean == 0 && !pair.isShown)
  }

  @Test func missingValuesLeaveThePairs() {
    let pair = PairedDifference(first: [1, .nan, 3, 4], second: [2, 2, .nan, 6])
    #expect(pair.first == 2.5 && pair.second == 4)
    #expect(pair.difference.count == 2 && pair.onlyFirst == 1 && pair.onlySecond == 1)
    let none = PairedDifference(first: [], second: [])
    #expect(none.difference.mean.isNaN && none.difference.count == 0 && !none.isShown)
  }
}
