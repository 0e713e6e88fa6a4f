import Foundation
import Testing
import Worlds

struct SimulatorTests {
  static func disc(
    _ x: Double, _ y: Double, _ vx: Double, _ vy: Double, radius: Double = 0.5
  ) -> Body {
    Body(radius: radius, position: Vector2(x: x, y: y), velocity: Vector2(x: vx, y: vy))
  }

  /// Frame k is the state after 10k + 1 single-precision Euler steps.
  @Test func aloneABodyTakesEulerSteps() throws {
    var random = CounterRandom(recipe: "euler", seed: 1, index: 0)
    for _ in 0..<50 {
      let body = Self.disc(
        random.uniform(-5, 15), random.uniform(-5, 15), random.uniform(-6, 6),
        random.uniform(-6, 6), radius: random.uniform(0.1, 2.4))
      let gravity = Vector2(x: random.uniform(-1, 1), y: random.uniform(-3, 1))
      let path = try Simulator().simulate(Scene(bodies: [body], gravity: gravity, frames: 33))
      var (x, y) = (Float(body.position.x), Float(body.position.y))
      var (vx, vy) = (Float(body.velocity.x), Float(body.velocity.y))
      let step: Float = 0.01
      var steps = 0
      for frame in 0..<33 {
        while steps < 10 * frame + 1 {
          vx += step * Float(gravity.x)
          vy += step * Float(gravity.y)
          x += step * vx
          y += step * vy
          steps += 1
        }
        #expect(path[frame: frame, body: 0] == Vector2(x: Double(x), y: Double(y)))
      }
    }
  }

  @Test func bodiesApartDoNotFeelEachOther() throws {
    let bodies = (0..<10).map { Self.disc(Double($0) * 3, 5, 0, Double($0)) }
    let together = try Simulator().simulate(Scene(bodies: bodies))
    for (index, body) in bodies.enumerated() {
      let alone = try Simulator().simulate(Scene(bodies: [body]))
      #expect(together.path(ofBody: index) == alone.path(ofBody: 0))
    }
  }

  @Test func equalBodiesSwapTheirVelocities() throws {
    let scene = Scene(bodies: [Self.disc(3, 5, 2, 0), Self.disc(7, 5, -1, 0)])
    let path = try Simulator().simulate(scene)
    func velocity(_ body: Int, _ frame: Int) -> Double {
      (path[frame: frame + 1, body: body].x - path[frame: frame, body: body].x) / 0.1
    }
    #expect(abs(velocity(0, 0) - 2) < 1e-4 && abs(velocity(1, 0) + 1) < 1e-4)
    #expect(abs(velocity(0, 30) + 1) < 1e-4 && abs(velocity(1, 30) - 2) < 1e-4)
  }

  @Test func longerRunsBeginLikeShorterOnes() throws {
    var scene = Scene(bodies: [Self.disc(3, 5, 2, 0), Self.disc(7, 5.2, -1, 0)])
    let short = try Simulator().simulate(scene)
    scene.frames = 100
    #expect(try Simulator().simulate(scene).prefix(32) == short)
  }

  @Test func invalidScenesAreRefused() {
    func error(_ change: (inout Scene) -> Void) -> SceneError? {
      var scene = Scene(bodies: [Self.disc(5, 5, 1, 0)])
      change(&scene)
      do throws(SceneError) {
        _ = try Simulator().simulate(scene)
        return nil
      } catch {
        return error
      }
    }
    #expect(error { _ in } == nil)
    #expect(error { $0.bodies = [] } == .noBodies)
    let body = Self.disc(1, 1, 0, 0)
    #expect(error { $0.bodies = Array(repeating: body, count: 65) } == .tooManyBodies(65))
    for frames in [0, -1, 10_001, .max] {
      #expect(error { $0.frames = frames } == .frames(frames))
    }
    for radius in [0, -1, .infinity, 1e-60, 11] {
      #expect(
        error { $0.bodies[0].radius = radius } == .radius(body: 0, value: radius, below: 10))
    }
    #expect(error { $0.bodies[0].radius = .nan } != nil)
    #expect(error { $0.bodies[0].position.x = .nan } != nil)
    #expect(error { $0.bodies[0].position.y = 1e9 } != nil)
    #expect(error { $0.bodies[0].velocity.x = .infinity } != nil)
    #expect(error { $0.bodies[0].velocity.x = 201 } != nil)
    #expect(error { $0.gravity.y = .nan } != nil)
    #expect(error { $0.gravity.y = -1000 } != nil)
    #expect(error { $0.bodies[0].radius = -3 }?.description.contains("-3") == true)
  }

  /// In a process of its own: other tests running beside it would blur the measurement.
  @Test func thousandsOfWorldsAreReleased() async {
    await #expect(processExitsWith: .success) {
      let scene = Scene(bodies: [SimulatorTests.disc(5, 5, 1, 0)], frames: 1)
      for _ in 0..<200 { _ = try Simulator().simulate(scene) }
      let before = residentKilobytes()
      for _ in 0..<3000 { _ = try Simulator().simulate(scene) }
      // A world holds more than 100 kB: 3000 leaked ones would take 300 MB.
      precondition(residentKilobytes() - before < 20_000, "worlds are leaked")
    }
  }
}

/// The official generators leave the engine's sleeping on; the law does not know it.
struct SleepingTests {
  /// A head-on impact that leaves the first ball with 0.005 units per second.
  private static let scene = Scene(bodies: [
    Body(radius: 1, position: Vector2(x: 3.2, y: 5), velocity: Vector2(x: 2, y: 0)),
    Body(radius: 1, position: Vector2(x: 6, y: 5), velocity: Vector2(x: 0.005, y: 0)),
  ])

  @Test func slowBodiesStopOnlyWhereTheSceneSaysSo() throws {
    let awake = try Simulator().simulate(Self.scene)
    var sleepy = Self.scene
    sleepy.allowsSleep = true
    let stopped = try Simulator().simulate(sleepy)
    #expect(try #require(awake.velocity(frame: 31, body: 0)).x > 0.004)
    #expect(stopped.velocity(frame: 31, body: 0) == .zero)
    #expect(stopped[frame: 8, body: 0] == awake[frame: 8, body: 0])
    let distance = awake[frame: 31, body: 0].x - stopped[frame: 31, body: 0].x
    #expect(distance > 0.002 && distance < 0.02)
  }

  @Test func jsonKeepsTheChoiceAndLeavesTheUsualOneOut() throws {
    var sleepy = Self.scene
    sleepy.allowsSleep = true
    let encoder = JSONEncoder()
    #expect(try JSONDecoder().decode(Scene.self, from: encoder.encode(sleepy)) == sleepy)
    let plain = try encoder.encode(Self.scene)
    #expect(!String(decoding: plain, as: UTF8.self).contains("allowsSleep"))
    #expect(try JSONDecoder().decode(Scene.self, from: plain) == Self.scene)
  }
}
