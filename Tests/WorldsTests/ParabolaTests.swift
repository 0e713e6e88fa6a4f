import Foundation
import Testing
import Worlds

struct ParabolaTests {
  static func scene(
    _ law: Parabola, r: Double, v: Double, index: UInt64 = 0
  ) throws -> Scene {
    var random = CounterRandom(recipe: "parabola", seed: 1, index: index)
    return try law.scene(for: ["r": r, "v": v], using: &random)
  }

  @Test func startsInTheBandAtTheTopAndFalls() throws {
    for index in 0..<200 {
      var random = CounterRandom(recipe: "parameters", seed: 3, index: UInt64(index))
      let (r, v) = (random.uniform(0.3, 2), random.uniform(0, 6))
      let scene = try Self.scene(Parabola(), r: r, v: v, index: UInt64(index))
      let body = scene.bodies[0]
      #expect(scene.gravity == Vector2(x: 0, y: -2.5) && scene.frames == 32)
      #expect(body.velocity == Vector2(x: v, y: 0) && body.radius == r)
      #expect(body.position.y >= 8.5 - r - 1e-9 && body.position.y <= 9.5 - r)
      #expect(body.position.x >= r && body.position.x <= max(10 - r - 2.4 * v, r + 0.5))
    }
  }

  /// Half of g t squared within what the engine's steps add to it: g t h / 2.
  @Test func fallsAsGalileoSays() throws {
    let scene = try Self.scene(Parabola(), r: 1, v: 2)
    let path = try Simulator().simulate(scene)
    let start = scene.bodies[0].position
    for frame in 0..<32 {
      let time = 0.01 + 0.1 * Double(frame)
      let place = path[frame: frame, body: 0]
      #expect(abs(place.x - start.x - 2 * time) < 1e-4)
      #expect(abs(place.y - start.y + 1.25 * time * (time + 0.01)) < 1e-4)
    }
  }

  @Test func leftIsTheMirrorImage() throws {
    let right = try Self.scene(Parabola(), r: 1, v: 2).bodies[0]
    let left = try Self.scene(Parabola(direction: .left), r: 1, v: 2).bodies[0]
    #expect(left.position == Vector2(x: 10 - right.position.x, y: right.position.y))
    #expect(left.velocity == Vector2(x: -2, y: 0))
  }

  @Test func shapesColoursAndStartSpeedsAreKept() throws {
    let law = Parabola(shape: .ring, color: .blue, frames: 7, startSpeed: 1...4)
    let scene = try Self.scene(law, r: 1, v: 0)
    #expect(scene.frames == 7 && scene.bodies[0].shape == .ring && scene.bodies[0].color == .blue)
    #expect(Parabola().variant == "right,disc,red")
    #expect(law.variant == "right,ring,blue,start=1.0...4.0")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }

  @Test func upAndDownAreRefused() {
    for direction in ["up", "down", "sideways"] {
      let json = #"{"direction":"\#(direction)","shape":"disc","color":"red","frames":32}"#
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Parabola.self, from: Data(json.utf8))
      }
    }
  }

  @Test func parametersOutsideTheLawAreRefused() {
    for (r, v) in [(0.0, 1.0), (2.5, 1), (.nan, 1), (1, -0.1), (1, .infinity)] {
      #expect(throws: SceneError.self, "\(r), \(v)") { try Self.scene(Parabola(), r: r, v: v) }
    }
    #expect(throws: SceneError.missingParameter(scenario: "parabola", name: "r")) {
      try Parabola().validate(["v": 1])
    }
  }
}
