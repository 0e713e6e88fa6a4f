import Findings
import Foundation
import Measures
import Testing
import Worlds

@Suite struct ClaimTests {
  private func evidence(
    _ values: [UInt64: [Double]], arm: String = "a", probe: String = "p", measure: String = "m"
  ) -> Evidence {
    var evidence = Evidence(seeds: values.keys.sorted())
    for (seed, numbers) in values {
      evidence.add(
        numbers.enumerated().map { index, number in made(index, [measure: number]) }, arm: arm,
        probe: probe, seed: seed)
    }
    return evidence
  }

  private func claim(_ threshold: ClaimThreshold) -> Claim {
    Claim(
      "c", "A sentence.", effect: "the mean", threshold,
      cells: [.init("a", "p") { $0.number("m") }]
    ) { $0[0] }
  }

  @Test(arguments: [
    (ClaimThreshold.above(1), 1.1, 2.0, ClaimVerdict.holds), (.above(1), 0.5, 0.9, .fails),
    (.above(1), 0.5, 1.5, .undecided), (.below(1), 0.5, 0.9, .holds),
    (.below(1), 1.1, 2, .fails), (.below(1), 0.9, 1.1, .undecided),
    (.above(1), .nan, 2, .undecided), (.below(1), 0.5, .infinity, .undecided),
  ])
  func aVerdictNeedsTheWholeInterval(
    _ threshold: ClaimThreshold, _ low: Double, _ high: Double, _ verdict: ClaimVerdict
  ) {
    #expect(threshold.verdict(low: low, high: high) == verdict)
  }

  @Test func theIntervalHoldsTheMeanAndShrinksWithScenes() {
    func width(_ count: Int) -> Double {
      let numbers = (0..<count).map { Double($0 % 7) }
      let estimate = claim(.above(0)).result(evidence([0: numbers])).estimate
      #expect(estimate.low < estimate.value && estimate.value < estimate.high)
      #expect(estimate.scenes == count)
      return estimate.high - estimate.low
    }
    let (few, many) = (width(21), width(2100))
    #expect(abs(few / many - 10) < 2)
  }

  @Test func seedsThatDisagreeWidenTheInterval() {
    let alike = claim(.above(0)).result(
      evidence([0: Array(repeating: 1, count: 50), 1: Array(repeating: 1.01, count: 50)])
    ).estimate
    let apart = claim(.above(0)).result(
      evidence([0: Array(repeating: 1, count: 50), 1: Array(repeating: 3, count: 50)])
    ).estimate
    #expect(apart.seeds == 2)
    #expect(apart.high - apart.low > 1.9 && alike.high - alike.low < 0.02)
  }

  @Test func noneOfThirtySixIsNotNone() {
    let estimate = claim(.below(0.02)).result(
      evidence([0: Array(repeating: 0, count: 36)])
    ).estimate
    // The upper end of the posterior: 1 − 0.025^(1/37).
    #expect(abs(estimate.high - 0.095) < 0.01 && estimate.value == 0)
    let all = claim(.below(0.02)).result(evidence([0: Array(repeating: 1, count: 36)])).estimate
    #expect(abs(all.low - 0.905) < 0.01 && all.value == 1)
  }

  @Test func scenesWithoutANumberAreLeftOutAndNothingIsUndecided() {
    let some = claim(.above(0)).result(evidence([0: [1, .nan, 2, .nan, 3]]))
    #expect(some.estimate.value == 2 && some.estimate.scenes == 3)
    let none = claim(.above(0)).result(evidence([0: [.nan, .nan]]))
    #expect(none.verdict == .undecided && none.estimate.value.isNaN)
    let nothing = claim(.above(0)).result(Evidence(seeds: [0]))
    #expect(nothing.verdict == .undecided && nothing.reason.contains("No scene"))
  }

  @Test func armsAreComparedOnTheSameScenes() {
    // One arm is worse by exactly 1 in every scene, while scenes differ by a hundred.
    let numbers = (0..<40).map { Double($0 * $0 % 101) }
    var evidence = evidence([0: numbers], arm: "a")
    evidence.add(
      numbers.enumerated().map { made($0.offset, ["m": $0.element + 1]) }, arm: "b", probe: "p",
      seed: 0)
    let claim = Claim(
      "c", "Worse.", effect: "difference", .above(0.9),
      cells: [.init("b", "p") { $0.number("m") }, .init("a", "p") { $0.number("m") }]
    ) { $0[0] - $0[1] }
    let result = claim.result(evidence)
    #expect(result.verdict == .holds)
    #expect(abs(result.estimate.low - 1) < 1e-9 && abs(result.estimate.high - 1) < 1e-9)
  }

  @Test(arguments: [(0.5, ClaimVerdict.undecided), (0.05, .holds)])
  func aModelThatLearnedNothingDecidesNothing(_ error: Double, _ verdict: ClaimVerdict) {
    var scene = made(0, ["velocity_error.official": error], level: "seen")
    scene.references = ["nearest_case": ["velocity_error.official": 0.1]]
    var evidence = Evidence(seeds: [0])
    evidence.add(Array(repeating: scene, count: 20), arm: "a", probe: "p", seed: 0)
    let arm = Arm(
      "a", "the arm", set: "uniform/train-30k",
      probes: [
        Probe("p", "all", set: "uniform/eval")
      ])
    let claim = Claim(
      "c", "Close to 1.", effect: "a ratio of itself", .below(2),
      cells: [.init("a", "p") { $0.error }, .init("a", "p") { $0.error }]
    ) { $0[0] / $0[1] }
    let result = claim.weighed(evidence, [arm])
    #expect(result.verdict == verdict && result.estimate.value == 1)
    #expect(result.reason.contains("nearest training case") == (verdict == .undecided))
    // A model of little data is expected to be weak.
    var little = arm
    little.amount = .small
    #expect(claim.weighed(evidence, [little]).verdict == .holds)
  }

  @Test func aResultSurvivesAFile() throws {
    let result = claim(.above(0)).result(Evidence(seeds: [0]))
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(ClaimResult.self, from: data) == result)
  }
}

/// Evidence of a scene with nothing but measures.
func made(
  _ index: Int, _ measures: [String: Double], level: String? = nil,
  bodies: [SceneEvidence.BodyEvidence] = []
) -> SceneEvidence {
  SceneEvidence(
    score: SceneScore(
      id: "\(index)", index: index, level: level, scenario: "uniform_motion",
      parameters: ["r": 1, "v": 2], measures: measures), verdict: .asTruth, bodies: bodies,
    references: [:], truthDistance: .nan, caseDistance: .nan)
}
