import Findings
import Testing
import Worlds

@Suite struct AttributeTests {
  private typealias Look = SceneEvidence.Look

  private func look(
    _ shape: Shape = .disc, _ color: BodyColor = .red, r: Double = 0.8, v: Double = 1.5
  ) -> SceneEvidence.Look {
    Look(shape: shape, color: color, radius: r, velocity: Vector2(x: v, y: 0))
  }

  private func shift(
    _ attribute: Attribute, _ given: SceneEvidence.Look, _ shown: SceneEvidence.Look?
  ) -> Double? {
    attribute.shift(SceneEvidence.BodyEvidence(given: given, shown: shown, seenShare: 1))
  }

  @Test func colourAndShapeChangeOrDoNot() {
    #expect(shift(.color, look(), look()) == 0)
    #expect(shift(.color, look(), look(.disc, .blue)) == 1)
    #expect(shift(.shape, look(), look(.square)) == 1)
    #expect(shift(.shape, look(.ring), look(.ring, .blue)) == 0)
  }

  @Test func sizeAndSpeedMoveTowardsTheMiddle() throws {
    let half = try #require(shift(.size, look(r: 0.75), look(r: 0.9)))
    #expect(abs(half - 0.5) < 1e-12)
    #expect(shift(.size, look(r: 0.75), look(r: 1.3)) == 1)
    #expect(shift(.size, look(r: 1.3), look(r: 1.35)) == 0)
    let slower = try #require(shift(.velocity, look(v: 3.5), look(v: 3)))
    #expect(abs(slower - 0.5) < 1e-12)
    // A ball that turns round has not become faster.
    #expect(shift(.velocity, look(v: 1.5), look(v: -3)) == 0)
  }

  @Test func conflictMatricesLeaveOutWhatIsInTheMiddle() throws {
    // The official sets give the radius 1.05 to the small and to the large ones.
    let scenes = [("seen_disc_small", 0.8, Shape.disc), ("seen_square_large", 1.3, .square)]
      .flatMap { level, radius, shape in
        [radius, 1.05].enumerated().map { index, radius in
          let given = look(shape, r: radius)
          return made(
            index, [:], level: level, bodies: [.init(given: given, shown: given, seenShare: 1)])
        }
      }
    var evidence = Evidence(seeds: [0])
    evidence.add(scenes, arm: "size-shape", probe: "size-shape", seed: 0)
    let figure = try #require(
      ExperimentCatalogue.named("figure-11").figures(evidence)
        .first { $0.name == "conflict-size-shape" })
    guard case .conflict(let content) = figure.drawing else {
      Issue.record("not a matrix")
      return
    }
    #expect(figure.caption.contains("2 so near the middle"))
    let trained = content.combinations.filter(\.isTrained)
    #expect(trained.map { [$0.column, $0.row, $0.count] } == [[0, 0, 1], [1, 1, 1]])
    #expect(trained.allSatisfy { $0.outcomes[$0.row][$0.column] == 1 })
  }

  @Test func aHairAndALostBodyDecideNothing() {
    #expect(shift(.size, look(r: 1.04), look(r: 1.2)) == nil)
    #expect(shift(.velocity, look(v: 2.45), look(v: 3)) == nil)
    #expect(shift(.color, look(), nil) == nil)
  }
}
