import Combinatorial
import Foundation
import Testing
import Worlds

struct CombinatorialSimulatorTests {
  private func ball(
    x: Double, y: Double, radius: Double = 10, mobility: Mobility = .free
  ) -> CombinatorialBody {
    CombinatorialBody(
      objectType: .dynamicBall1, mobility: mobility, color: .gray, position: Vector2(x: x, y: y),
      shapes: [.circle(radius: radius)], diameter: 2 * radius)
  }

  private func simulate(_ bodies: [CombinatorialBody]) throws -> CombinatorialTrajectory {
    try CombinatorialSimulator().simulate(CombinatorialScene(bodies: bodies))
  }

  @Test func aBallFallsAsTheEngineSteps() throws {
    let trajectory = try simulate([ball(x: 256, y: 500)])
    #expect(trajectory.frameCount == 50)
    #expect(trajectory.frameSteps.prefix(3) == [1, 21, 41] && trajectory.frameSteps[49] == 981)
    // Semi-implicit Euler: after n steps of h the ball has fallen g h² n (n + 1) / 2.
    for frame in 0..<10 {
      let steps = Double(trajectory.frameSteps[frame])
      let fall = 9.8 * 6 / 3600 * steps * (steps + 1) / 2
      #expect(abs(Double(trajectory[frame: frame, body: 0].y) - (500 - fall)) < 0.02)
    }
  }

  @Test func impactsGiveBackAFifthOfTheSpeed() throws {
    let trajectory = try simulate([ball(x: 256, y: 400)])
    let heights = (0..<50).map { Double(trajectory[frame: $0, body: 0].y) }
    let landing = try #require((1..<50).first { heights[$0] > heights[$0 - 1] })
    // Height of the first bounce: the drop of 390 times 0.2², frames may miss its top.
    let top = try #require(heights[landing...].max()) - 10
    #expect(top > 10 && top < 390 * 0.04 + 0.5)
    #expect(abs(heights[49] - 10) < 0.2)
  }

  @Test func slowImpactsBounceToo() throws {
    // From 4 units the ball meets the floor at 3.6 m/s... far above the threshold of 0.1 m/s; with
    // Box2D's own threshold of 1 m/s the second bounce, at 0.7 m/s, would be none.
    let trajectory = try simulate([ball(x: 256, y: 50)])
    let masses = try CombinatorialSimulator().masses(
      of: CombinatorialScene(bodies: [ball(x: 9, y: 9)]))
    #expect(abs(masses[0].mass - 0.25 * .pi * 100 / 36) < 1e-5)
    #expect((0..<50).allSatisfy { trajectory[frame: $0, body: 0].y > 9.9 })
  }

  @Test func bodiesRestOnStaticOnesAndStaticOnesStay() throws {
    let floor = CombinatorialBody(
      objectType: .staticBar, mobility: .fixed, color: .black, position: Vector2(x: 256, y: 200),
      shapes: [.box(width: 200, height: 10)], diameter: 200)
    let trajectory = try simulate([floor, ball(x: 256, y: 300)])
    #expect(trajectory.bodyCount == 1)
    #expect(abs(trajectory[frame: 49, body: 0].y - 215) < 0.2)
  }

  @Test func wallsCloseTheScene() throws {
    let slope = CombinatorialBody(
      objectType: .staticBar, mobility: .fixed, color: .black, position: Vector2(x: 256, y: 200),
      angle: 0.6, shapes: [.box(width: 300, height: 10)], diameter: 300)
    let trajectory = try simulate([slope, ball(x: 300, y: 400)])
    for frame in 0..<50 {
      let pose = trajectory[frame: frame, body: 0]
      #expect(pose.x > 9.5 && pose.x < 502.5 && pose.y > 9.5)
    }
  }

  @Test func whatLeavesTheSceneIsReported() {
    let error = #expect(throws: CombinatorialError.self) {
      try simulate([ball(x: 100, y: 100), ball(x: 900, y: 600)])
    }
    guard case .exploded(let body, let type, let frame, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(body == 1 && type == .dynamicBall1 && frame == 0)
  }

  /// Overlaps at the start may press a jar into the floor; it is a motion all the same.
  @Test func whatIsPressedIntoAWallHasNotLeft() throws {
    let jar = Jar.outlines(scale: 0.3)
    let pressed = CombinatorialBody(
      objectType: .jar, mobility: .free, color: .gray, position: Vector2(x: 256, y: -0.5),
      shapes: jar.shapes, diameter: jar.diameter)
    let trajectory = try simulate([pressed])
    #expect(trajectory[frame: 49, body: 0].y > 0)
  }

  @Test func resultsAreRepeatable() throws {
    for template in CombinatorialTemplate.paper.prefix(6) {
      let scene = try CombinatorialScene(template: template, task: 1, seed: 2)
      #expect(
        try CombinatorialSimulator().simulate(scene) == CombinatorialSimulator().simulate(scene))
    }
  }

  /// Every scene of the generators is a motion: all centres stay inside the walls.
  @Test func drawnScenesStayInside() throws {
    for (number, template) in CombinatorialTemplate.paper.enumerated() where number % 2 == 0 {
      let scene = try CombinatorialScene(template: template, task: number, seed: 11)
      let trajectory = try CombinatorialSimulator().simulate(scene)
      #expect(trajectory.bodyCount == scene.dynamicIndices.count)
    }
  }

  @Test func trajectoriesComeBackFromJSON() throws {
    let trajectory = try simulate([ball(x: 256, y: 500)])
    let data = try JSONEncoder().encode(trajectory)
    #expect(try JSONDecoder().decode(CombinatorialTrajectory.self, from: data) == trajectory)
    let broken = String(decoding: data, as: UTF8.self).replacing(
      "\"bodyCount\":1", with: "\"bodyCount\":2")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CombinatorialTrajectory.self, from: Data(broken.utf8))
    }
  }
}
