import Datasets
import Testing

struct EvaluationLevelTests {
  @Test func namesAreTheOnesInFiles() {
    #expect(
      EvaluationLevel.allCases.map(\.rawValue)
        == ["id", "r_low", "r_high", "v_low", "v_high", "rv_low", "rv_high", "cross"])
    #expect(EvaluationLevel(rawValue: "nothing") == nil)
  }

  @Test(arguments: [
    (1.0, 2.0, EvaluationLevel.idLevel), (0.4, 2.0, .rLow), (1.8, 2.0, .rHigh),
    (1.0, 0.4, .vLow), (1.0, 5.0, .vHigh), (0.4, 0.4, .rvLow), (1.8, 5.0, .rvHigh),
    (0.4, 5.0, .cross), (1.8, 0.4, .cross),
  ])
  func everyPointHasOneLevel(r: Double, v: Double, level: EvaluationLevel) {
    let found = EvaluationLevel.allCases.filter { $0.region.contains(["r": r, "v": v]) }
    #expect(found == [level])
  }

  @Test func gapsBelongToNoLevel() {
    for (r, v) in [(0.65, 2.0), (1.0, 0.9), (2.1, 2.0), (1.0, 4.2)] {
      #expect(!EvaluationLevel.allCases.contains { $0.region.contains(["r": r, "v": v]) })
    }
  }
}
