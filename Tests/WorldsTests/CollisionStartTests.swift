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
}
