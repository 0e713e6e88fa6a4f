import Foundation
import Testing
import Worlds

struct SquareAndBallTests {
  typealias Event = SquareAndBall.Event

  static func samples(_ event: Event, _ count: Int) throws -> [Scene] {
    let law = SquareAndBall(event: event)
    var scenes: [Scene] = []
    var index: UInt64 = 0
    while scenes.count < count {
      var random = CounterRandom(recipe: "lanes", seed: 1, index: index)
      index += 1
      let point = [
        "rs": random.uniform(0.3, 2.2), "rb": random.uniform(0.3, 2.2),
        "vs": event == .ballBounces ? 0 : random.uniform(0.1, 6),
        "vb": event == .squareMoves ? 0 : random.uniform(1.001, 6),
      ]
      guard (try? law.validate(point)) != nil else { continue }
      scenes.append(try law.scene(for: point, using: &random))
    }
    return scenes
  }

  @Test(arguments: Event.allCases) func lanesNeverTouch(event: Event) throws {
    for scene in try Self.samples(event, 200) {
      let path = try Simulator().simulate(scene)
      #expect(!path.contacts.contains { $0.first == 0 })
      for frame in 0..<scene.frames {
        #expect(path[frame: frame, body: 0].y - scene.bodies[0].radius >= 5.25 - 1e-5)
        #expect(path[frame: frame, body: 1].y + scene.bodies[1].radius <= 4.75 + 1e-5)
        #expect(
          path[frame: frame, body: 1].x + scene.bodies[1].radius
            < WallRule.face + Scene.pixel / 2)
      }
    }
  }

  @Test(arguments: Event.allCases) func whatMustMoveMovesAndTheRestRests(event: Event) throws {
    for scene in try Self.samples(event, 100) {
      let path = try Simulator().simulate(scene)
      #expect(scene.bodies[0].shape == .square && scene.bodies[0].color == .blue)
      #expect(scene.bodies[1].shape == .disc && scene.bodies[1].color == .red)
      for frame in 0..<32 {
        #expect(path.velocity(frame: frame, body: 0) == scene.bodies[0].velocity.single)
      }
      #expect((scene.bodies[0].velocity == .zero) == (event == .ballBounces))
      if event == .squareMoves {
        #expect(path.contacts.isEmpty)
        #expect(Set(path.path(ofBody: 1)) == [scene.bodies[1].position.single])
      } else {
        #expect(path.contacts.map(\.first) == [1] && path.contacts.map(\.second) == [2])
        let speed = scene.bodies[1].velocity.x
        #expect(abs((path.velocity(frame: 31, body: 1)?.x ?? 0) + speed) < 2e-6 * speed)
      }
    }
  }

  @Test func speedsThatContradictTheEventAreRefused() throws {
    func error(_ event: Event, vs: Double, vb: Double) -> String? {
      do {
        try SquareAndBall(event: event).validate(["rs": 1, "rb": 1, "vs": vs, "vb": vb])
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(error(.both, vs: 1, vb: 2) == nil)
    #expect(error(.squareMoves, vs: 1, vb: 0) == nil)
    #expect(error(.ballBounces, vs: 0, vb: 2) == nil)
    #expect(error(.squareMoves, vs: 1, vb: 2)?.contains("vb = 2.0; allowed is 0") == true)
    #expect(error(.squareMoves, vs: 0, vb: 0)?.contains("vs = 0.0") == true)
    #expect(error(.ballBounces, vs: 1, vb: 2)?.contains("vs = 1.0; allowed is 0") == true)
    #expect(error(.ballBounces, vs: 0, vb: 1)?.contains("vb = 1.0") == true)
    #expect(error(.both, vs: 1, vb: 9.5)?.contains("9.6") == true)
  }

  @Test func sizesThatLeaveTheLanesAreRefused() {
    for r in [0, 2.25, .nan] {
      for name in ["rs", "rb"] {
        var point = ["rs": 1.0, "rb": 1.0, "vs": 1.0, "vb": 2.0]
        point[name] = r
        #expect(throws: SceneError.self) { try SquareAndBall().validate(point) }
      }
    }
  }

  @Test(arguments: Event.allCases) func comesBackFromJSON(event: Event) throws {
    let law = SquareAndBall(event: event, frames: 40)
    #expect(AnyScenario(law).id == "square_and_ball(\(event.rawValue))")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }
}
