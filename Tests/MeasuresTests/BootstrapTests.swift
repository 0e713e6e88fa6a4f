import Measures
import Testing
import Worlds

@Suite struct BootstrapTests {
  private func normal(_ count: Int, trial: Int) -> [Double] {
    var random = CounterRandom(recipe: "bootstrap", seed: 3, index: UInt64(trial))
    // Sum of twelve uniforms: mean 0, variance 1.
    return (0..<count).map { _ in (0..<12).reduce(-6) { sum, _ in sum + random.uniform(0, 1) } }
  }

  /// The truth lies inside about 95 % of the intervals.
  @Test func intervalsCoverTheTruth() {
    let trials = 400
    let covered = (0..<trials).count { trial in
      let summary = Bootstrap(resamples: 500, seed: UInt64(trial)).mean(normal(40, trial: trial))
      return summary.low <= 0 && summary.high >= 0
    }
    #expect((0.91...0.975).contains(Double(covered) / Double(trials)))
  }

  @Test func widthIsThatOfTheStandardError() {
    let summary = Bootstrap().mean(normal(400, trial: 1))
    #expect(abs((summary.high - summary.low) / (2 * 1.96 / 20) - 1) < 0.15)
    #expect(summary.count == 400)
  }

  @Test func sameSeedSameInterval() {
    let values = normal(30, trial: 2)
    #expect(Bootstrap(seed: 5).mean(values) == Bootstrap(seed: 5).mean(values))
    #expect(Bootstrap(seed: 5).mean(values) != Bootstrap(seed: 6).mean(values))
  }

  @Test func missingNumbersAreLeftOutAndNotCounted() {
    let summary = Bootstrap().mean([1, .nan, 3, .infinity])
    #expect(summary.mean == 2)
    #expect(summary.count == 2)
    #expect(Bootstrap().mean([.nan]).count == 0)
    #expect(Bootstrap().mean([]).mean.isNaN)
    let one = Bootstrap().mean([4])
    #expect(one.low == 4 && one.high == 4 && one.count == 1)
  }

  @Test func ratioHasAnInterval() {
    let inside = normal(60, trial: 3).map { 0.04 + 0.004 * $0 }
    let outside = normal(60, trial: 4).map { 0.8 + 0.1 * $0 }
    let ratio = Bootstrap().ratio([outside, outside], over: inside)
    #expect((18...22).contains(ratio.mean))
    #expect(ratio.low < ratio.mean && ratio.mean < ratio.high)
    #expect(ratio.count == 120)
    #expect(Bootstrap().ratio([], over: inside).mean.isNaN)
    #expect(Bootstrap().ratio([outside], over: [.nan]).mean.isNaN)
  }
}
