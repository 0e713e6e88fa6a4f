import Foundation
import Testing
import Worlds

struct CollisionTests {
  static func parameters(
    _ r1: Double, _ r2: Double, _ v1: Double, _ v2: Double
  ) -> [String: Double] {
    ["r1": r1, "r2": r2, "v1": v1, "v2": v2]
  }

  /// Feasible parameters of the training range and beyond, each with its scene.
  static func samples(_ count: Int, _ law: Collision = Collision()) throws -> [Scene] {
    var scenes: [Scene] = []
    var index: UInt64 = 0
    while scenes.count < count {
      var random = CounterRandom(recipe: "collision", seed: 1, index: index)
      index += 1
      let point = parameters(
        random.uniform(0.3, 2), random.uniform(0.3, 2), random.uniform(0, 6),
        random.uniform(0, 6))
      guard Collision.isFeasible(point, preFrames: law.preFrames) else { continue }
      scenes.append(try law.scene(for: point, using: &random))
    }
    return scenes
  }

  @Test(arguments: [8, 4]) func ballsStartInViewAndMeetAfterTheFramesBefore(frames: Int) throws {
    for scene in try Self.samples(300, Collision(preFrames: frames)) {
      let (red, blue) = (scene.bodies[0], scene.bodies[1])
      #expect(red.color == .red && blue.color == .blue)
      #expect(red.position.y == blue.position.y)
      #expect(red.position.x >= red.radius && blue.position.x <= 10 - blue.radius)
      let way = blue.position.x - red.position.x - red.radius - blue.radius
      let speed = red.velocity.x - blue.velocity.x
      #expect(way >= 0.1 * Double(frames) * speed - 1e-9)
      #expect(scene.bodies.allSatisfy { $0.position.y - $0.radius >= 0.5 - 1e-9 })
      #expect(scene.bodies.allSatisfy { $0.position.y + $0.radius <= 9.5 + 1e-9 })
      let path = try Simulator().simulate(scene)
      if let contact = path.contacts.first {
        #expect(contact.step + 1 >= 10 * frames)
        // The engine finds the contact at most two steps late.
        #expect(Double(contact.step) * 0.01 * speed <= way + 0.0201 * speed + 1e-6)
      }
    }
  }

  @Test func elasticImpactsKeepMomentumAndEnergy() throws {
    for elastic in [false, true] {
      for scene in try Self.samples(300, Collision(elastic: elastic)) {
        let speed = scene.bodies[0].velocity.x - scene.bodies[1].velocity.x
        guard elastic ? speed > 0.01 : speed > 1.001 else { continue }
        let path = try Simulator().simulate(scene)
        let mass = scene.bodies.map { $0.radius * $0.radius }
        func momentum(_ frame: Int) -> Double {
          mass.indices.reduce(0) { $0 + mass[$1] * (path.velocity(frame: frame, body: $1)?.x ?? 0) }
        }
        func energy(_ frame: Int) -> Double {
          mass.indices.reduce(0) {
            let v = path.velocity(frame: frame, body: $1)?.x ?? 0
            return $0 + mass[$1] * v * v / 2
          }
        }
        let scale = energy(0)
        for frame in 1..<scene.frames {
          #expect(abs(momentum(frame) - momentum(0)) < 2e-6 * max(scale, 1))
          #expect(abs(energy(frame) - energy(0)) < 2e-6 * scale)
        }
      }
    }
  }

  @Test func slowImpactsStickUnlessElastic() throws {
    let point = Self.parameters(0.5, 0.5, 0.5, 0.5)
    for elastic in [false, true] {
      let law = Collision(elastic: elastic, frames: 200)
      let path = try Simulator().simulate(law.scene(for: point) { 0 })
      #expect(!path.contacts.isEmpty)
      let last = try #require(path.velocity(frame: 199, body: 1)).x
      #expect(elastic ? abs(last - 0.5) < 1e-6 : abs(last) < 1e-6)
    }
  }

  @Test func infeasibleParametersAreRefusedWithTheReason() throws {
    let point = Self.parameters(1.5, 1.5, 4, 4)
    #expect(!Collision.isFeasible(point) && Collision.isFeasible(point, preFrames: 4))
    do {
      _ = try Collision().scene(for: point) {
        Issue.record("a draw was taken")
        return 0
      }
      Issue.record("a scene was made")
    } catch {
      guard case .infeasible(let scenario, let found, let reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(scenario == "collision" && found == point)
      #expect(reason.contains("8 frames") && reason.contains("12.4"))
    }
  }

  @Test func parametersOutsideTheLawAreRefused() {
    for (r1, r2, v1, v2) in [
      (0.0, 1.0, 1.0, 1.0), (1, -1, 1, 1), (2.5, 2.5, 1, 1), (.nan, 1, 1, 1), (1, 1, -1, 1),
      (1, 1, 1, 201), (1, 1, .infinity, 1),
    ] {
      let point = Self.parameters(r1, r2, v1, v2)
      #expect(throws: SceneError.self, "\(point)") { try Collision().validate(point) }
      #expect(!Collision.isFeasible(point))
    }
    for frames in [0, -1, 33] {
      #expect(throws: SceneError.self) {
        try Collision(preFrames: frames).validate(Self.parameters(1, 1, 1, 1))
      }
    }
    #expect(!Collision.isFeasible(["r1": 1]) && Collision.officialDraws(["r1": 1]) == 0)
  }

  @Test func drawsAreCountedAsTheOfficialCodeTakesThem() throws {
    let cases: [(r1: Double, r2: Double, v: Double, draws: Int)] = [
      (1, 1, 2, 3), (1.5, 0.6, 2, 4), (0.6, 1.5, 2, 3), (1, 1, 6, 101), (2, 0.6, 6, 151),
    ]
    for (r1, r2, v, draws) in cases {
      let point = Self.parameters(r1, r2, v, v)
      #expect(Collision.officialDraws(point) == draws)
      var taken = 0
      let scene = try Collision().officialScene(for: point) {
        taken += 1
        return 0.3
      }
      #expect(taken == draws && (scene != nil) == (draws < 10))
      guard scene != nil else { continue }
      #expect(try Collision().scene(for: point) { 0.3 } == scene)
    }
  }

  @Test func variantsAreNamedAndComeBackFromJSON() throws {
    #expect(Collision().variant == "pre=8")
    let law = Collision(preFrames: 4, elastic: true, frames: 20)
    #expect(AnyScenario(law).id == "collision(pre=4,elastic)")
    let data = try JSONEncoder().encode(AnyScenario(law))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(law))
  }

  /// Balls that fill the picture exactly: the official rounding drops these, the closed form not.
  @Test func exactFitsAreKeptWhereThatIsChosen() throws {
    let exact = Collision(keepsExactFits: true)
    #expect(exact.variant == "pre=8,exact")
    var kept = 0
    for v1 in CollisionStartTests.line(1, 4, 31) {
      for v2 in CollisionStartTests.line(1, 4, 31) {
        let point = Self.parameters(1.2, 1.4, v1, v2)
        let width = 0.8 * (v1 + v2) + 2 * 2.6
        let isExact = abs(width - 10) < 1e-9
        #expect(((try? exact.validate(point)) != nil) == (width < 10 || isExact))
        guard isExact, !Collision.isFeasible(point) else { continue }
        kept += 1
        #expect(throws: SceneError.self) { try Collision().validate(point) }
        let bodies = try exact.scene(for: point) { 0.5 }.bodies
        #expect(abs(bodies[0].position.x - 1.2) < 1e-9 && abs(bodies[1].position.x - 8.6) < 1e-9)
      }
    }
    #expect(kept > 0)
    let data = try JSONEncoder().encode(AnyScenario(exact))
    #expect(try JSONDecoder().decode(AnyScenario.self, from: data) == AnyScenario(exact))
    let short = #"{"name": "collision", "preFrames": 8, "elastic": false, "frames": 32}"#
    #expect(
      try JSONDecoder().decode(AnyScenario.self, from: Data(short.utf8))
        == AnyScenario(Collision()))
  }
}
