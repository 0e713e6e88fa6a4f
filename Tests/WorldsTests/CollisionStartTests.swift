import Foundation
import Testing
import Worlds

struct CollisionStartTests {
  /// Evenly spaced values, both ends included, as numpy makes them.
  static func line(_ from: Double, _ to: Double, _ count: Int) -> [Double] {
    let step = (to - from) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? to : Double($0) * step + from }
  }

  /// The grids of the official evaluation set: training range and every level beyond it.
  static var evaluationGrids: [(r1: [Double], r2: [Double], v1: [Double], v2: [Double])] {
    let (r, v) = (line(0.5, 1.5, 3), line(1, 4, 3))
    let (lowR, lowV) = (line(0.3, 0.4, 3), line(0, 0.8, 4))
    let (highR, highV) = (line(1.7, 2, 4), line(4.5, 6, 4))
    let inside = (line(0.5, 1.5, 4), line(1, 4, 4))
    var grids = [(r1: inside.0, r2: inside.0, v1: inside.1, v2: inside.1)]
    for (otherR, otherV) in [(lowR, lowV), (highR, highV)] {
      grids += [
        (otherR, r, v, v), (r, r, otherV, v), (otherR, otherR, v, v), (r, r, otherV, otherV),
        (otherR, r, otherV, v), (otherR, otherR, otherV, otherV),
      ]
    }
    return grids + [
      (lowR, highR, v, v), (r, r, lowV, highV), (lowR, highR, lowV, highV),
      (highR, lowR, lowV, highV),
    ]
  }

  static func starts(
    _ grid: (r1: [Double], r2: [Double], v1: [Double], v2: [Double])
  ) -> [CollisionStart] {
    grid.r1.flatMap { r1 in
      grid.r2.flatMap { r2 in
        grid.v1.flatMap { v1 in
          grid.v2.map { v2 in CollisionStart(r1: r1, r2: r2, v1: v1, v2: v2) }
        }
      }
    }
  }

  /// 1649 or 1635: the rounding of exact equalities decides.
  @Test func keepsTheOfficialEvaluationSet() {
    let starts = Self.evaluationGrids.flatMap(Self.starts)
    #expect(starts.count == 2462)
    #expect(starts.count { $0.isFeasible } == 1635)
    #expect(starts.count { abs($0.neededWidth - 10) < 1e-9 && !$0.isFeasible } == 14)
  }

  @Test func keepsTheOfficialTrainingSet() {
    let (r, v) = (Self.line(0.5, 1.5, 8), Self.line(1, 4, 21))
    let starts = Self.starts((r, r, v, v))
    #expect(starts.count == 28_224 && starts.count { $0.isFeasible } == 26_066)
  }

  @Test func feasibleStartsAreAcceptedAndOthersAreNot() {
    for (index, start) in Self.evaluationGrids.flatMap(Self.starts).enumerated()
    where abs(start.neededWidth - 10) > 1e-9 {
      var random = CounterRandom(recipe: "start", seed: 1, index: UInt64(index))
      for _ in 0..<20 {
        #expect(start.attempt { random.unit() }.accepted == start.isFeasible, "\(start)")
      }
    }
  }

  @Test func unequalBallsMeetEarlyAtTheEdge() {
    let start = CollisionStart(r1: 0.5, r2: 1.4, v1: 3, v2: 1.2)
    var random = CounterRandom(recipe: "edge", seed: 1, index: 0)
    for _ in 0..<100 {
      let places = start.attempt { random.unit() }
      let distance = places.x2 - places.x1
      #expect(distance >= 5.26 - 1e-9 && distance <= 1.25 * 5.26 + 1e-9)
      #expect(places.x2 >= 10 - 1.4 - 0.5 - 1e-9 && places.x2 <= 10 - 1.4)
    }
  }

  /// Slow balls of a matched start are as far apart as trained ones may be, and still meet in time.
  @Test func matchedStartsHaveTrainedDistances() throws {
    let law = Collision(startSpeed: 1...4)
    let slow: [(v1: Double, v2: Double)] = [(0.8, 0.8), (0.4, 0.6), (0, 0.8), (5, 1)]
    for (v1, v2) in slow {
      let point = CollisionTests.parameters(1, 0.8, v1, v2)
      for index in 0..<50 {
        var random = CounterRandom(recipe: "matched", seed: 1, index: UInt64(index))
        let bodies = try law.scene(for: point, using: &random).bodies
        let way = bodies[1].position.x - bodies[0].position.x - 1.8
        // Two balls at 1, the slowest of training, start 8 frames of 0.2 units apart or farther.
        #expect(way >= 1.6 - 1e-9 && way <= 2.4 * (v1 + v2) + 1e-9, "\(point)")
      }
    }
    // Without the matching the same balls start closer than any of training.
    let official = try Collision().scene(for: CollisionTests.parameters(1, 0.8, 0.4, 0.2)) { 0 }
    #expect(official.bodies[1].position.x - official.bodies[0].position.x - 1.8 < 0.5)
  }

  /// At 0.3 each it takes 16 frames and more from where trained balls start: too late to be seen.
  @Test func ballsThatCannotMeetInTimeFromMatchedStartsAreRefused() throws {
    let point = CollisionTests.parameters(1, 1, 0.3, 0.3)
    try Collision().validate(point)
    #expect("the start speeds are named") {
      try Collision(startSpeed: 1...4).validate(point)
    } throws: { error in
      guard case SceneError.infeasible(_, point, let reason) = error else { return false }
      return reason.contains("1.0...4.0") && reason.contains("in time")
    }
    #expect(
      throws: SceneError.property(
        scenario: "collision", name: "startSpeed", value: "-1.0...4.0",
        allowed: "a range within 0 to 200.0")
    ) { try Collision(startSpeed: -1...4).validate(CollisionTests.parameters(1, 1, 1, 1)) }
  }

  /// A trained pair has the same starts with matching as without.
  @Test func matchingLeavesTrainedPairsAlone() {
    for v in Self.line(1, 4, 7) {
      let official = CollisionStart(r1: 0.6, r2: 1.1, v1: v, v2: v)
      let matched = CollisionStart(r1: 0.6, r2: 1.1, v1: v, v2: v, startSpeed: 1...4)
      #expect(matched.isFeasible == official.isFeasible)
      for place in [0.1, 0.5, 0.9] {
        #expect(matched.attempt { place } == official.attempt { place })
      }
    }
  }

  @Test func startSpeedsSurviveCodingAndAreNamed() throws {
    let law = Collision(preFrames: 4, startSpeed: 1...4)
    #expect(law.variant == "pre=4,start=1.0...4.0" && Collision().variant == "pre=8")
    let data = try JSONEncoder().encode(law)
    #expect(try JSONDecoder().decode(Collision.self, from: data) == law)
    let official = try JSONEncoder().encode(Collision())
    #expect(!String(decoding: official, as: UTF8.self).contains("startSpeed"))
  }
}
