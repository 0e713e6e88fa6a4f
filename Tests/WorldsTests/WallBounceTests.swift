import Foundation
import Testing
import Worlds

struct WallBounceTests {
  static func samples(_ count: Int) throws -> [(parameters: [String: Double], scene: Scene)] {
    var samples: [(parameters: [String: Double], scene: Scene)] = []
    var index: UInt64 = 0
    while samples.count < count {
      var random = CounterRandom(recipe: "wall", seed: 1, index: index)
      index += 1
      let point = ["r": random.uniform(0.3, 2), "v": random.uniform(1.001, 8)]
      guard (try? WallBounce().validate(point)) != nil else { continue }
      samples.append((point, try WallBounce().scene(for: point, using: &random)))
    }
    return samples
  }

  @Test func theBallBouncesOnceWellInsideTheVideo() throws {
    for (parameters, scene) in try Self.samples(300) {
      let (r, v) = (parameters["r"] ?? .nan, parameters["v"] ?? .nan)
      #expect(scene.bodies[0].position.x >= r - 1e-9)
      let path = try Simulator().simulate(scene)
      #expect(path.contacts.count == 1)
      let contact = try #require(path.contacts.first)
      #expect((8...24).contains(contact.frame), "\(parameters)")
      #expect(path.velocity(frame: contact.frame - 1, body: 0) == scene.bodies[0].velocity.single)
      let after = try #require(path.velocity(frame: contact.frame + 1, body: 0))
      // Equal speeds mean that the energy is kept.
      #expect(abs(after.x + v) < 2e-6 * v && after.y == 0)
      #expect(path[frame: 31, body: 0].x < scene.bodies[0].position.x + 2.4 * v)
    }
  }

  /// The engine lets bodies overlap by less than half a pixel.
  @Test func theBallIsNeverInsideTheWall() throws {
    for (parameters, scene) in try Self.samples(300) {
      let path = try Simulator().simulate(scene)
      for place in path.path(ofBody: 0) {
        #expect(place.x + (parameters["r"] ?? .nan) < WallRule.face + Scene.pixel / 2)
      }
      #expect(Set(path.path(ofBody: 1)) == [Vector2(x: 9.75, y: 5)])
    }
  }

  @Test func slowBallsAreRefusedWithTheReason() {
    for v in [0, 0.5, 1, 1 + 1e-9, -3, 201, .nan] {
      #expect("\(v)") {
        try WallBounce().validate(["r": 1, "v": v])
      } throws: { error in
        guard case SceneError.parameter(_, let name, _, let allowed) = error else { return false }
        return name == "v" && (v.isNaN || allowed.contains("above 1"))
      }
    }
  }

  @Test func ballsWithoutRoomAreRefusedWithTheReason() {
    let point = ["r": 2.0, "v": 7.0]
    #expect {
      try WallBounce().scene(for: point) {
        Issue.record("a draw was taken")
        return 0
      }
    } throws: { error in
      guard case SceneError.infeasible("wall_bounce", point, let reason) = error else {
        return false
      }
      return reason.contains("9.6") && reason.contains("9.5")
    }
    for r in [0, -1, 2.5, .infinity] {
      #expect(throws: SceneError.self) { try WallBounce().validate(["r": r, "v": 2]) }
    }
  }

  @Test func comesBackFromJSON() throws {
    let law = WallBounce(color: .blue, frames: 40)
    #expect(AnyScenario(law).id == "wall_bounce(blue)")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }
}

extension Vector2 {
  /// The vector as the engine sees it, in single precision.
  var single: Vector2 { Vector2(x: Double(Float(x)), y: Double(Float(y))) }
}
