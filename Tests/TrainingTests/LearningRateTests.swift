import Testing
import Training

@Suite struct LearningRateTests {
  @Test func risesThenFallsToTheFloor() {
    let rate = LearningRate(warmup: 10, floor: 0.02)
    #expect(rate.factor(step: 0, of: 1000) < 0.11)
    #expect(rate.factor(step: 10, of: 1000) > 0.99)
    #expect(abs(rate.factor(step: 999, of: 1000) - 0.02) < 1e-12)
    let values = (10..<1000).map { rate.factor(step: $0, of: 1000) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func worksWithoutWarmupAndBeyondTheEnd() {
    let rate = LearningRate(warmup: 0, floor: 0)
    #expect(rate.factor(step: 0, fraction: 0) == 1)
    #expect(rate.factor(step: 5, fraction: 3) < 1e-12)
  }
}
