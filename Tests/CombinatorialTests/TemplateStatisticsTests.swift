import Combinatorial
import Foundation
import Testing
import Worlds

/// The generators against the reference's 7000 tasks: 70 templates with 100 tasks each.
@Suite(.enabled(if: GoldenRollout.isPresent, GoldenRollout.absent))
struct TemplateStatisticsTests {
  private typealias Drawn = TemplateStatistics.Drawn

  /// Means agree within five standard errors of the difference of two samples of 100 tasks, and the
  /// ranges over all templates within 3 % of their width.
  @Test func rangesAndMeansAreThoseOfTheReference() throws {
    let reference = try TemplateStatistics.read()
    #expect(reference.templates.count == 70)
    var all: [String: [String: Drawn]] = [:]
    var compared = 0
    for golden in reference.templates {
      let template = try CombinatorialTemplate(number: golden.templateID)
      #expect(template.objectTypes == golden.objectTypes)
      var drawn: [String: [String: Drawn]] = [:]
      var upright: [String: Int] = [:]
      for task in 0..<100 {
        let scene = try CombinatorialScene(template: template, task: task, seed: 1)
        for type in template.objectTypes {
          let bodies = scene.bodies.filter { $0.objectType == type }
          let merged = type.rawValue.replacing(/dynamic_ball_./, with: "dynamic_ball")
          drawn[type.rawValue, default: [:]]["bodies_per_task", default: Drawn()]
            .add([Double(bodies.count)])
          if type == .staticBall {
            let places = Set(bodies.map(\.position)).count
            drawn[type.rawValue, default: [:]][
              "distinct_positions_per_task", default: Drawn()
            ]
            .add([Double(places)])
          }
          for (name, values) in Self.parameters(of: bodies) {
            drawn[type.rawValue, default: [:]][name, default: Drawn()].add(
              values)
            all[merged, default: [:]][name, default: Drawn()].add(values)
          }
          if bodies.allSatisfy({ $0.angle == 0 }) { upright[type.rawValue, default: 0] += 1 }
        }
      }
      for (type, object) in golden.objects {
        for (name, theirs) in object.parameters {
          guard let ours = drawn[type]?[name] else {
            Issue.record("\(type) has no \(name)")
            continue
          }
          compared += 1
          let error = ours.error * 2.0.squareRoot()
          let difference = abs(ours.mean - theirs.mean)
          #expect(
            difference <= 5 * error + 1e-3,
            "\(golden.templateID) \(type) \(name): \(ours.mean) instead of \(theirs.mean)")
        }
        // A binomial share of 30 in 100, twice.
        if let theirs = object.upright {
          #expect(abs((upright[type] ?? 0) - theirs) <= 30, "\(golden.templateID) \(type)")
        }
      }
    }
    #expect(compared > 2000)
    for (type, object) in reference.all {
      for (name, theirs) in object.parameters {
        let ours = try #require(all[type]?[name], "\(type) \(name)")
        let slack = 0.03 * (theirs.max - theirs.min) + 1e-3
        #expect(abs(ours.least - theirs.min) <= slack, "\(type) \(name) from \(ours.least)")
        #expect(abs(ours.greatest - theirs.max) <= slack, "\(type) \(name) to \(ours.greatest)")
        #expect(abs(ours.mean - theirs.mean) <= 5 * ours.error * 2.0.squareRoot() + 1e-3)
      }
    }
  }

  /// The reference starts the same random numbers for every task, and so does this test, on tasks of
  /// ours. Balls of different tasks are therefore alike: means differ by more than 14000 would let
  /// expect.
  @Test func redBallsAreDistributedAsTheReferences() throws {
    let reference = try TemplateStatistics.read()
    var values: [String: [Double]] = [:]
    for template in CombinatorialTemplate.paper {
      for task in 0..<25 {
        let scene = try CombinatorialScene(template: template, task: task, seed: 1)
        var sampler = ReleasedSampler(Array(scene.bodies.dropLast()))
        for _ in 0..<8 {
          let ball = sampler.next().ball
          values["x", default: []].append(ball.x)
          values["y", default: []].append(ball.y)
          values["radius", default: []].append(ball.radius)
        }
      }
    }
    for (name, theirs) in reference.redBall {
      let ours = try #require(values[name])
      let mean = ours.reduce(0, +) / Double(ours.count)
      let deviation =
        (ours.reduce(0) { $0 + pow($1 - mean, 2) } / Double(ours.count)).squareRoot()
      let width = theirs.max - theirs.min
      #expect(abs(mean / theirs.mean - 1) <= 0.05, "\(name): \(mean)")
      #expect(abs(deviation / (theirs.std ?? 1) - 1) <= 0.05, "\(name): \(deviation)")
      #expect(abs((ours.min() ?? 0) - theirs.min) <= 0.03 * width, "\(name)")
      #expect(abs((ours.max() ?? 0) - theirs.max) <= 0.03 * width, "\(name)")
    }
  }

  /// The parameters that the reference counts, of the bodies of one type in one task.
  private static func parameters(of bodies: [CombinatorialBody]) -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    func add(_ name: String, _ value: Double) { result[name, default: []].append(value) }
    for body in bodies {
      add("x", body.position.x)
      add("y", body.position.y)
      add("angle_deg", body.angle * 180 / .pi)
      var (xs, ys): ([Double], [Double]) = ([], [])
      let (sine, cosine) = (sin(body.angle), cos(body.angle))
      for shape in body.shapes {
        switch shape {
        case .circle(let radius):
          add("radius", radius)
          xs += [body.position.x - radius, body.position.x + radius]
          ys += [body.position.y - radius, body.position.y + radius]
        case .polygon(let corners):
          xs += corners.map { body.position.x + $0.x * cosine - $0.y * sine }
          ys += corners.map { body.position.y + $0.x * sine + $0.y * cosine }
        }
      }
      add("left", xs.min() ?? .nan)
      add("right", xs.max() ?? .nan)
      add("bottom", ys.min() ?? .nan)
      add("top", ys.max() ?? .nan)
      guard case .polygon(let corners) = body.shapes[0] else { continue }
      let (length, thickness) = (
        distance(corners[0], corners[1]), distance(corners[1], corners[2])
      )
      switch body.objectType.form {
      case .bar:
        add("length", length)
        add("thickness", thickness)
        add("scale", length / 512)
      case .sticks:
        add("stick_length", length)
        add("stick_thickness", thickness)
        add("scale", length * 1.5 / 512)
      case .jar:
        guard case .polygon(let wall) = body.shapes[1] else { continue }
        let height = wall[0].y + thickness / 2
        add("base_width", length)
        add("thickness", thickness)
        add("height", height)
        add("top_width", -2 * wall[0].x)
        add("scale", height / 512)
      case .ball: break
      }
    }
    return result
  }

  private static func distance(_ a: Vector2, _ b: Vector2) -> Double { hypot(a.x - b.x, a.y - b.y) }
}
