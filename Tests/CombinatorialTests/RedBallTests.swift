import Combinatorial
import Foundation
import Testing
import Worlds

/// Red balls one after the other from the random numbers of the released sampler.
///
/// For every task `random.seed(42)` and `numpy.random.seed(42)`; Python's numbers choose the target,
/// NumPy's do the rest, after one that chooses among modes of which only one is in use.
struct ReleasedSampler {
  private let sampler: RedBallSampler
  private var python = MersenneTwister(pythonSeed: 42)
  private var numPy = MersenneTwister(seed: 42)

  init(_ bodies: [CombinatorialBody]) { sampler = RedBallSampler(bodies) }

  mutating func next() -> (action: [Double], ball: RedBallSampler.Ball) {
    while true {
      _ = numPy.unit()
      let target = python.pythonInteger(below: UInt32(sampler.targetCount))
      var numbers = numPy
      let action = sampler.action(target: Int(target)) { numbers.unit() }
      numPy = numbers
      if let ball = RedBallSampler.ball(x: action.x, y: action.y, radius: action.radius),
        sampler.isFree(ball)
      {
        return ([action.x, action.y, action.radius], ball)
      }
    }
  }
}

struct RedBallTests {
  /// An action and the ball that the reference made of it.
  private struct Action: Decodable {
    var trial: Int
    var action: [Double]
    var ball: [String: Double]

    private enum CodingKeys: String, CodingKey {
      case trial, action
      case ball = "user_ball"
    }
  }

  @Test(
    .enabled(if: GoldenRollout.isPresent, GoldenRollout.absent),
    arguments: GoldenRollout.names)
  func actionsGiveTheReferencesBalls(name: String) throws {
    let url = GoldenRollout.folder.appendingPathComponent("task_\(name).json")
    let golden = try JSONDecoder().decode(Action.self, from: Data(contentsOf: url))
    let values = golden.action
    let ball = try #require(
      RedBallSampler.ball(x: values[0], y: values[1], radius: values[2]))
    #expect(["x": ball.x, "y": ball.y, "radius": ball.radius] == golden.ball)
    // It was accepted there, so it is free here.
    let scene = try GoldenRollout(name).scene()
    #expect(RedBallSampler(Array(scene.bodies.dropLast())).isFree(ball))
  }

  /// From the released sampler's random numbers the released balls follow: all of them up to the
  /// golden one must have been accepted and rejected alike.
  @Test(
    .enabled(if: GoldenRollout.isPresent, GoldenRollout.absent),
    arguments: GoldenRollout.names)
  func theReleasedRandomNumbersGiveTheReleasedBalls(name: String) throws {
    let url = GoldenRollout.folder.appendingPathComponent("task_\(name).json")
    let golden = try JSONDecoder().decode(Action.self, from: Data(contentsOf: url))
    var sampler = ReleasedSampler(Array(try GoldenRollout(name).scene().bodies.dropLast()))
    for _ in 0..<golden.trial { _ = sampler.next() }
    let last = sampler.next()
    #expect(zip(last.action, golden.action).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(["x": last.ball.x, "y": last.ball.y, "radius": last.ball.radius] == golden.ball)
  }

  @Test func actionsOutsideTheSceneGiveNone() {
    #expect(RedBallSampler.ball(x: 0.5, y: 0.5, radius: 0) != nil)
    for (x, y, radius) in [
      (-0.1, 0.5, 0.5), (0.5, 1.1, 0.5), (0.5, 0.5, 1.01), (0.05, 0.5, 0.5), (0.5, 0.95, 0.5),
      (.nan, 0.5, 0.5),
    ] {
      #expect(RedBallSampler.ball(x: x, y: y, radius: radius) == nil)
    }
  }

  @Test func ballsAreWholeAndFree() throws {
    for template in CombinatorialTemplate.paper {
      for trial in 0..<4 {
        let scene = try CombinatorialScene(template: template, task: 5, trial: trial, seed: 9)
        let ball = try #require(scene.bodies.last)
        guard case .circle(let radius) = ball.shapes[0] else {
          throw CocoaError(.coderInvalidValue)
        }
        #expect([ball.position.x, ball.position.y, radius].allSatisfy { $0 == $0.rounded() })
        #expect((8...64).contains(radius))
        for body in scene.bodies.dropLast() {
          for shape in body.shapes {
            let gap = Self.gap(from: ball.position, to: shape, of: body)
            #expect(gap >= radius - 1e-4, "\(template) trial \(trial)")
          }
        }
      }
    }
  }

  @Test func aFullSceneHasNoPlace() {
    let block = CombinatorialBody(
      objectType: .staticBar, mobility: .fixed, color: .black, position: Vector2(x: 256, y: 256),
      shapes: [.box(width: 512, height: 512)], diameter: 724)
    var random = CounterRandom(recipe: "full", seed: 0, index: 0)
    #expect(RedBallSampler([block]).ball(using: &random) == nil)
    #expect(RedBallSampler([]).ball(using: &random) != nil)
  }

  /// Distance of a point to a shape, by many points on its outline; negative inside.
  private static func gap(
    from point: Vector2, to shape: Outline, of body: CombinatorialBody
  ) -> Double {
    switch shape {
    case .circle(let radius):
      return hypot(point.x - body.position.x, point.y - body.position.y) - radius
    case .polygon(let corners):
      let (sine, cosine) = (sin(body.angle), cos(body.angle))
      let world = corners.map {
        Vector2(
          x: body.position.x + $0.x * cosine - $0.y * sine,
          y: body.position.y + $0.x * sine + $0.y * cosine)
      }
      var gap = Double.infinity
      var sides = 0
      for (index, a) in world.enumerated() {
        let b = world[(index + 1) % world.count]
        for step in 0...400 {
          let share = Double(step) / 400
          gap = min(
            gap, hypot(a.x + share * (b.x - a.x) - point.x, a.y + share * (b.y - a.y) - point.y))
        }
        let side = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
        if side > 0 { sides += 1 }
      }
      return sides == world.count ? -gap : gap
    }
  }
}
