import Findings
import Measures
import Testing
import Worlds

/// Outcomes of balls at a gap and at an edge, read from how far they get.
@Suite struct Figure16Tests {
  /// What a model shows of balls that move at `given` by the law.
  private func scenes(
    _ level: String, _ parameter: String, _ value: Double, given: Vector2, shown: Vector2
  ) -> [SceneEvidence] {
    func look(_ velocity: Vector2) -> SceneEvidence.Look {
      .init(shape: .disc, color: .red, radius: 1, velocity: velocity)
    }
    return (0..<40).map { index in
      SceneEvidence(
        score: SceneScore(
          id: "\(index)", index: index, level: level, scenario: "made_up",
          parameters: ["r": 1, parameter: value], measures: [:]), verdict: nil,
        bodies: [.init(given: look(given), shown: look(shown), seenShare: 1)], references: [:],
        truthDistance: 1, caseDistance: 1)
    }
  }

  private func verdict(
    _ family: String, subpixel: [SceneEvidence], clear: [SceneEvidence]
  ) throws -> ClaimResult {
    var evidence = Evidence(seeds: [0])
    evidence.add(subpixel, arm: family, probe: "\(family)-subpixel", seed: 0)
    evidence.add(clear, arm: family, probe: "\(family)-clear", seed: 0)
    let claim = try #require(
      ExperimentCatalogue.named("figure-16").claims.first { $0.name == "\(family)-ambiguity" })
    return claim.result(evidence)
  }

  /// A ball that rests though it should tip off, by less than half a unit, is a missed outcome.
  @Test func anEdgeIsMissedWhereTheBallTipsOffTheOtherWay() throws {
    let still = Vector2(x: 0, y: -0.5)
    let tips = Vector2(x: 0.1, y: -0.5)
    let clear = scenes(
      "clear", "offset", 8, given: Vector2(x: 0.6, y: -1), shown: Vector2(x: 0.6, y: -1))
    for (given, shown) in [(still, tips), (tips, still)] {
      let found = try verdict(
        "edge", subpixel: scenes("subpixel", "offset", 0.25, given: given, shown: shown),
        clear: clear)
      #expect(found.verdict == .holds && found.estimate.value == 1)
    }
    let right = try verdict(
      "edge", subpixel: scenes("subpixel", "offset", 0.25, given: tips, shown: tips), clear: clear)
    #expect(right.verdict == .fails && right.estimate.value == 0)
  }

  /// By the law it moves 3 pixels: neither outcome.
  @Test func anEdgeBetweenTheOutcomesIsLeftOut() throws {
    let given = Vector2(x: 3 * Scene.pixel / 2.8, y: 0)
    let found = try verdict(
      "edge",
      subpixel: scenes("subpixel", "offset", -0.125, given: given, shown: Vector2(x: 1, y: 0)),
      clear: scenes("clear", "offset", -8, given: Vector2(x: 0, y: 0), shown: Vector2(x: 0, y: 0)))
    #expect(found.verdict == .undecided && found.estimate.value.isNaN)
  }

  @Test func aGapIsMissedWhereTheFallEndsElsewhere() throws {
    let clear = scenes(
      "clear", "excess", -8, given: Vector2(x: 0, y: -1), shown: Vector2(x: 0, y: -1.1))
    let through = Vector2(x: 0, y: -3)
    let stuck = Vector2(x: 0, y: -1.2)
    for (excess, given, shown) in [(0.25, through, stuck), (-0.25, stuck, through)] {
      let found = try verdict(
        "gap", subpixel: scenes("subpixel", "excess", excess, given: given, shown: shown),
        clear: clear)
      #expect(found.verdict == .holds && found.estimate.value == 1)
    }
  }
}
