import Foundation
import Testing
import Worlds

struct CollisionThenBounceTests {
  typealias Event = CollisionThenBounce.Event

  static func samples(_ event: Event, _ count: Int) throws -> [Scene] {
    let law = CollisionThenBounce(event: event)
    var scenes: [Scene] = []
    var index: UInt64 = 0
    while scenes.count < count {
      var random = CounterRandom(recipe: "temporal", seed: 1, index: index)
      index += 1
      let point = [
        "r1": random.uniform(0.3, 1.5), "v1": random.uniform(event == .bounce ? 1.01 : 0, 5),
        "r2": event == .bounce ? 0 : random.uniform(0.3, 1.5),
        "v2": event == .bounce ? 0 : random.uniform(0, 5),
      ]
      guard (try? law.validate(point)) != nil else { continue }
      scenes.append(try law.scene(for: point, using: &random))
    }
    return scenes
  }

  @Test(arguments: Event.allCases) func exactlyTheEventHappens(event: Event) throws {
    for scene in try Self.samples(event, 300) {
      let path = try Simulator().simulate(scene)
      let met = path.contacts.map { [$0.first, $0.second] }
      switch event {
      case .collision: #expect(met == [[0, 1]] && scene.bodies.count == 3)
      case .bounce: #expect(met == [[0, 1]] && scene.bodies.count == 2)
      case .both: #expect(met == [[0, 1], [1, 2]] && scene.bodies.count == 3)
      }
      #expect(scene.bodies.last?.mobility == .fixed)
      let first = try #require(path.contacts.first)
      // The engine may find an impact two steps late.
      #expect((8...24).contains(first.frame))
      for body in scene.bodies.dropLast() {
        #expect(body.position.x >= body.radius - 1e-9)
        #expect(body.position.x <= WallRule.face - body.radius + 1e-9)
      }
      for (index, body) in scene.bodies.dropLast().enumerated() {
        for place in path.path(ofBody: index) {
          #expect(place.x + body.radius < WallRule.face + Scene.pixel / 2)
        }
      }
    }
  }

  @Test func theBlueBallKeepsItsSpeedAtTheWall() throws {
    for scene in try Self.samples(.both, 300) {
      let path = try Simulator().simulate(scene)
      let bounce = try #require(path.contacts.last)
      // The engine finds the two contacts some steps late.
      #expect(bounce.frame <= 25)
      let before = try #require(path.velocity(frame: bounce.frame - 1, body: 1)).x
      let after = try #require(path.velocity(frame: 31, body: 1)).x
      #expect(before > 1 && abs(before + after) < 2e-6 * before)
    }
  }

  @Test(arguments: [Event.collision, .both])
  func theImpactKeepsMomentumAndEnergy(event: Event) throws {
    for scene in try Self.samples(event, 200) {
      let path = try Simulator().simulate(scene)
      let impact = try #require(path.contacts.first)
      // The last frame before the blue ball meets the wall.
      let last = path.contacts.count > 1 ? path.contacts[1].frame - 1 : 31
      guard last > impact.frame else { continue }
      let masses = scene.bodies.prefix(2).map { $0.radius * $0.radius }
      func sums(_ frame: Int) -> (momentum: Double, energy: Double) {
        var (momentum, energy) = (0.0, 0.0)
        for (index, mass) in masses.enumerated() {
          let v = path.velocity(frame: frame, body: index)?.x ?? .nan
          momentum += mass * v
          energy += mass * v * v / 2
        }
        return (momentum, energy)
      }
      let (start, end) = (sums(0), sums(last))
      #expect(abs(start.momentum - end.momentum) < 4e-6 * max(start.energy, 1))
      #expect(abs(start.energy - end.energy) < 4e-6 * start.energy)
    }
  }

  @Test func whatCannotHappenIsRefusedWithTheReason() {
    func reason(_ event: Event, _ r1: Double, _ r2: Double, _ v1: Double, _ v2: Double) -> String {
      let point = ["r1": r1, "r2": r2, "v1": v1, "v2": v2]
      do {
        _ = try CollisionThenBounce(event: event).scene(for: point) {
          Issue.record("a draw was taken")
          return 0
        }
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(reason(.both, 1, 1, 0.4, 0.4).contains("must be above 1"))
    #expect(reason(.both, 1, 1, 1, 3).contains("needs 1.01"))
    #expect(reason(.both, 1, 1, 4, 1).contains("stay apart"))
    #expect(reason(.collision, 1, 1, 4, 1).contains("off the wall"))
    #expect(reason(.bounce, 1, 0, 1, 0).contains("v1 = 1.0"))
    #expect(reason(.bounce, 1, 1, 2, 0).contains("no blue ball"))
    #expect(reason(.bounce, 2, 0, 7, 0).contains("9.5"))
    #expect(reason(.collision, 0, 1, 2, 1).contains("r1 = 0.0"))
    #expect(reason(.collision, 1, 2.5, 2, 1).contains("r2 = 2.5"))
    #expect(reason(.collision, 1, 1, -1, 3).contains("v1 = -1.0"))
  }

  @Test(arguments: Event.allCases) func comesBackFromJSON(event: Event) throws {
    let law = CollisionThenBounce(event: event, frames: 40)
    #expect(AnyScenario(law).id == "collision_then_bounce(\(event.rawValue))")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }
}
