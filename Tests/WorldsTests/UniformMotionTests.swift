import Testing
import Worlds

struct UniformMotionTests {
  static func scene(
    _ law: UniformMotion, r: Double, v: Double, index: UInt64 = 0
  ) throws -> Scene {
    var random = CounterRandom(recipe: "test", seed: 1, index: index)
    return try law.scene(for: ["r": r, "v": v], using: &random)
  }

  @Test(arguments: Direction.allCases)
  func directionsTurnTheSameMotion(direction: Direction) throws {
    let right = try Self.scene(UniformMotion(), r: 1, v: 2).bodies[0]
    let turned = try Self.scene(UniformMotion(direction: direction), r: 1, v: 2).bodies[0]
    let (x, y) = (right.position.x, right.position.y)
    switch direction {
    case .right: #expect(turned == right)
    case .left:
      #expect(
        turned.position == Vector2(x: 10 - x, y: y) && turned.velocity == Vector2(x: -2, y: 0))
    case .up:
      #expect(turned.position == Vector2(x: y, y: x) && turned.velocity == Vector2(x: 0, y: 2))
    case .down:
      #expect(
        turned.position == Vector2(x: y, y: 10 - x) && turned.velocity == Vector2(x: 0, y: -2))
    }
  }

  @Test func shapeColourAndLengthAreKept() throws {
    let law = UniformMotion(shape: .square, color: .blue, frames: 5)
    let scene = try Self.scene(law, r: 0.9, v: 1.5)
    #expect(scene.frames == 5 && scene.gravity == .zero && scene.bodies.count == 1)
    #expect(scene.bodies[0].shape == .square && scene.bodies[0].color == .blue)
    #expect(scene.bodies[0].radius == 0.9)
  }

  @Test func feasibleObjectsStayInViewFor24Frames() throws {
    for index in 0..<500 {
      var random = CounterRandom(recipe: "feasible", seed: 2, index: UInt64(index))
      let r = random.uniform(0.3, 2)
      let v = random.uniform(0, 6)
      let body = try Self.scene(UniformMotion(), r: r, v: v, index: UInt64(index)).bodies[0]
      #expect(body.position.x >= r)
      #expect(body.position.y >= r + 0.5 && body.position.y <= 9.5 - r)
      if 2.4 * v + 2 * r <= 9.999 {
        #expect(body.position.x + r + 2.4 * v <= 10.000001)
      } else if 2.4 * v + 2 * r > 10 {
        #expect(body.position.x <= r + 0.5)
      }
    }
  }

  @Test func drawsAreTakenInTheOfficialOrder() {
    func draws(_ r: Double, _ v: Double) -> (Vector2, Int) {
      var count = 0
      let start = UniformMotion.start(radius: r, speed: v) {
        count += 1
        return 0.5
      }
      return (start, count)
    }
    #expect(draws(1, 1).1 == 2)
    #expect(draws(2, 6) == (Vector2(x: 2.125, y: 5), 3))
  }

  @Test func parametersOutsideTheLawAreRefused() {
    let law = UniformMotion()
    for r in [0, -1, 2.5, 3, .nan, .infinity] {
      #expect(throws: SceneError.self, "\(r)") { try Self.scene(law, r: r, v: 1) }
    }
    for v in [-0.1, 201, .nan, .infinity] {
      #expect(throws: SceneError.self, "\(v)") { try Self.scene(law, r: 1, v: v) }
    }
    #expect(
      throws: SceneError.parameter(
        scenario: "uniform_motion", name: "r", value: 2.5, allowed: "above 0 and below 2.5")
    ) { try Self.scene(law, r: 2.5, v: 1) }
    var random = CounterRandom(recipe: "", seed: 0, index: 0)
    #expect(throws: SceneError.missingParameter(scenario: "uniform_motion", name: "v")) {
      try law.scene(for: ["r": 1], using: &random)
    }
    #expect(
      throws: SceneError.unknownParameter(
        scenario: "uniform_motion", name: "mass", known: ["r", "v"])
    ) { try law.scene(for: ["r": 1, "v": 1, "mass": 3], using: &random) }
    #expect(throws: SceneError.frames(0)) { try Self.scene(UniformMotion(frames: 0), r: 1, v: 1) }
  }

  @Test func refusedParametersTakeNoDraws() {
    #expect(throws: SceneError.self) {
      try UniformMotion().scene(for: ["r": 9, "v": 1]) {
        Issue.record("a draw was taken")
        return 0
      }
    }
  }
}
