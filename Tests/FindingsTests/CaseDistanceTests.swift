import Findings
import Measures
import Testing
import Worlds

@Suite struct CaseDistanceTests {
  private func scene(x: Double, v: Double, _ color: BodyColor = .red) -> Scene {
    Scene(bodies: [
      Body(
        shape: .disc, color: color, radius: 1, position: Vector2(x: x, y: 5),
        velocity: Vector2(x: v, y: 0))
    ])
  }

  /// What a perfect eye sees of a scene.
  private func seen(_ scene: Scene) throws -> [[SeenObject?]] {
    let path = try Simulator().simulate(scene)
    return [
      path.path(ofBody: 0).map { position in
        SeenObject(
          position: position, area: .pi, halfExtent: Vector2(x: 1, y: 1),
          color: scene.bodies[0].color, colorConfidence: 1, shape: .disc, shapeConfidence: 1,
          radius: 1, isWhole: true)
      }
    ]
  }

  private func evidence(_ truth: Double, _ nearest: Double) -> SceneEvidence {
    SceneEvidence(
      score: SceneScore(
        id: "0", index: 0, level: nil, scenario: "uniform_motion", parameters: [:], measures: [:]),
      verdict: nil, bodies: [], references: [:], truthDistance: truth, caseDistance: nearest)
  }

  @Test func theLawIsTheTruthAndReplayIsACase() throws {
    let truth = scene(x: 2, v: 1)
    let cases = try CaseDistance([scene(x: 2, v: 3), scene(x: 4, v: 3)], frames: 32)
    let path = try Simulator().simulate(truth)
    let law = cases.distances(of: try seen(truth), scene: truth, truth: path)
    #expect(law.truth < 1e-3 && law.nearestCase > 1)
    #expect(try #require(evidence(law.truth, law.nearestCase).caseScore) < 0.01)
    let replay = cases.distances(of: try seen(scene(x: 2, v: 3)), scene: truth, truth: path)
    #expect(replay.nearestCase < 1e-3 && replay.truth > 1)
    #expect(try #require(evidence(replay.truth, replay.nearestCase).caseScore) > 0.99)
  }

  @Test func anotherColourIsAUnitAway() throws {
    let truth = scene(x: 2, v: 1)
    let cases = try CaseDistance([scene(x: 2, v: 1, .blue)], frames: 32)
    let found = cases.distances(
      of: try seen(truth), scene: truth, truth: try Simulator().simulate(truth))
    #expect(abs(found.nearestCase - 1) < 1e-3)
  }

  @Test func nothingSeenAndNoSuchCaseHaveNoDistance() throws {
    let truth = scene(x: 2, v: 1)
    let path = try Simulator().simulate(truth)
    let pair = Scene(bodies: truth.bodies + scene(x: 8, v: -1, .blue).bodies)
    let none = try CaseDistance([pair], frames: 32)
    #expect(none.distances(of: try seen(truth), scene: truth, truth: path).nearestCase.isNaN)
    let lost = none.distances(
      of: [Array(repeating: nil, count: 32)], scene: truth, truth: path)
    #expect(lost.truth.isNaN && evidence(lost.truth, lost.nearestCase).caseScore == nil)
  }
}
