import Foundation
import Testing
import Worlds

struct GapTests {
  static func scene(_ excess: Double, _ index: Int, frames: Int = 32) throws -> Scene {
    var random = CounterRandom(recipe: "gap", seed: 1, index: UInt64(index))
    let radius = random.uniform(0.45, 2.2)
    return try Gap(frames: frames).scene(for: ["r": radius, "excess": excess], using: &random)
  }

  @Test(arguments: [0.001, 0.01, 0.1, 0.25, 0.5, 1, 2, 4, 20])
  func passesWiderGapsWithoutTouching(excess: Double) throws {
    for index in 0..<100 {
      let scene = try Self.scene(excess, index)
      let path = try Simulator().simulate(scene)
      #expect(path.contacts.isEmpty)
      #expect(path[frame: 31, body: 0].y < Gap.heights.lowerBound - scene.bodies[0].radius)
    }
  }

  @Test(arguments: [-0.15, -0.25, -0.5, -1, -2, -4, -20])
  func stopsAtNarrowerGaps(excess: Double) throws {
    for index in 0..<100 {
      let path = try Simulator().simulate(Self.scene(excess, index))
      #expect(Set(path.contacts.map(\.second)) == [1, 2])
      #expect(path[frame: 31, body: 0].y > Gap.heights.upperBound - 0.5)
    }
  }

  @Test(arguments: [-1.0, -0.25]) func staysThereForLong(excess: Double) throws {
    for index in 0..<20 {
      let path = try Simulator().simulate(Self.scene(excess, index, frames: 200))
      #expect(path[frame: 199, body: 0].y > Gap.heights.upperBound - 0.5)
    }
  }

  @Test func theGapIsAsWideAsItSays() throws {
    for excess in [-8.0, -0.5, 0, 0.5, 8] {
      let scene = try Self.scene(excess, 3)
      let (ball, left, right) = (scene.bodies[0], scene.bodies[1], scene.bodies[2])
      let (start, end) = (left.position.x + left.radius, right.position.x - right.radius)
      #expect(abs(end - start - 2 * ball.radius - excess * 10 / 255) < 1e-12)
      #expect(abs((start + end) / 2 - ball.position.x) < 1e-12)
      #expect(start >= 1 - 1e-12 && end <= 9 + 1e-12)
      #expect(ball.position.y - ball.radius > Gap.heights.upperBound)
    }
  }

  @Test func parametersOutsideTheLawAreRefused() {
    for (r, excess) in [
      (0.0, 1.0), (2.25, 1), (.nan, 1), (1, 20.5), (1, -21), (1, .infinity), (0.3, -20),
    ] {
      #expect(throws: SceneError.self) { try Gap().validate(["r": r, "excess": excess]) }
    }
    #expect {
      try Gap().validate(["r": 0.3, "excess": -20])
    } throws: { "\($0)".contains("larger ball") }
  }

  @Test func comesBackFromJSON() throws {
    let law = Gap(color: .blue, frames: 40)
    #expect(AnyScenario(law).id == "gap(blue)")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }
}
