import Combinatorial
import Foundation
import Testing
import Worlds

struct ObjectTests {
  /// Jars and sticks follow from one number, which is read off the reference's bodies.
  @Test(
    .enabled(if: GoldenRollout.isPresent, GoldenRollout.absent),
    arguments: GoldenRollout.names)
  func shapesAreThoseOfTheReference(name: String) throws {
    let golden = try GoldenRollout(name)
    for body in golden.inner {
      let corners = body.shapes.map { shape -> [Vector2] in
        if case .polygon(let corners) = shape { return corners }
        return []
      }
      let made: (shapes: [Outline], diameter: Double)
      switch ObjectType(rawValue: body.objectType) {
      case .jar: made = Jar.outlines(scale: (corners[1][0].y - corners[0][2].y) / 512)
      case .standingSticks:
        let (x, y) = (corners[0][0].x - corners[0][1].x, corners[0][0].y - corners[0][1].y)
        made = StandingSticks.outlines(scale: hypot(x, y) * 1.5 / 512)
      default: continue
      }
      #expect(abs(made.diameter - body.diameter) < 1e-9)
      for (shape, theirs) in zip(made.shapes, corners) {
        guard case .polygon(let ours) = shape else { continue }
        for (a, b) in zip(ours, theirs) {
          #expect(abs(a.x - b.x) < 1e-9 && abs(a.y - b.y) < 1e-9, "\(body.objectType)")
        }
      }
    }
  }

  /// The chain of a released task comes from its own random numbers: bit for bit.
  @Test(
    .enabled(if: GoldenRollout.isPresent, GoldenRollout.absent),
    arguments: GoldenRollout.names)
  func chainsAreThoseOfTheReleasedTasks(name: String) throws {
    let golden = try GoldenRollout(name)
    let places = golden.inner.filter { $0.objectType == "static_ball" }.map(\.position)
    guard !places.isEmpty, let task = Int(name.suffix(3)) else { return }
    let seed = StaticBallChain.chainSeed(task: task)
    #expect(StaticBallChain.points(seed: seed, count: places.count - 1) == places)
  }

  @Test func chainsOfFurtherTasksAreNew() {
    let seeds = Set((0..<1000).map(StaticBallChain.chainSeed))
    #expect(seeds.count == 1000)
    #expect(StaticBallChain.chainSeed(task: 0) == 848_775)
    for seed in seeds {
      let places = StaticBallChain.points(seed: seed, count: 6)
      #expect(places.count == 7)
      #expect(places[0] == Vector2(x: 0.4 * 512, y: 0.55 * 512))
      #expect(places.allSatisfy { (0...512).contains($0.x) && (0...281.7).contains($0.y) })
    }
  }

  @Test func ballsHaveHalfUnitsAndBarsOneThickness() throws {
    for task in 0..<50 {
      let scene = try CombinatorialScene(template: CombinatorialTemplate("ABCDEF"), task: task)
      for body in scene.bodies.dropLast() {
        #expect(body.color == (body.mobility == .free ? .gray : .black))
        switch body.shapes[0] {
        case .circle(let radius):
          #expect(radius.truncatingRemainder(dividingBy: 1) == 0.5)
          #expect(body.diameter == 2 * radius)
        case .polygon(let corners):
          #expect(abs(corners[0].y - corners[3].y - 10.24) < 1e-12)
        }
      }
      #expect(scene.bodies.last?.color == .red)
    }
  }
}
