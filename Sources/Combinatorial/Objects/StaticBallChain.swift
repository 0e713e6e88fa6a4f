import Foundation
import Worlds

/// A chain of small black balls that wanders downwards: type C.
///
/// The chain of a task is the same in every template and under every seed, cut where the task's own
/// number of balls is reached; for tasks 0 to 99 it is that of the released tasks, drawn from the
/// same random numbers. A branch puts a second ball where one is already: up to seven bodies stand
/// in as few as two places.
package enum StaticBallChain {
  /// Radius of every ball, scene units.
  static let radius = DynamicBall.radius(scale: 0.04)

  static func bodies(task: Int, using random: inout CounterRandom) -> [CombinatorialBody] {
    points(seed: chainSeed(task: task), count: random.integer(2..<7)).map { point in
      CombinatorialBody(
        objectType: .staticBall, mobility: .fixed, color: .black, position: point,
        shapes: [.circle(radius: radius)], diameter: 2 * radius)
    }
  }

  /// The places of the first ball and `count` more inside the scene, scene units.
  package static func points(seed: UInt32, count: Int) -> [Vector2] {
    let extent = CombinatorialScene.extent
    var random = MersenneTwister(seed: seed)
    var heading = 0.0
    var turn = 0.0
    func turnAnew() {
      heading = random.uniform(0, 1) * 2 * .pi
      turn = random.uniform(0, 1) * 2 * .pi / 10
    }
    turnAnew()
    var places = [Vector2(x: 0.4, y: 0.55)]
    var length = 1
    var inside = 0
    while inside < count {
      var place: Vector2
      if length >= 3, random.uniform(0, 1) < 0.2 {
        place = places[Int(random.interval(UInt32(places.count - 1)))]
        length = 1
        turnAnew()
      } else {
        length += 1
        let step = random.uniform(0.05, 0.2)
        heading += turn
        place = places[places.count - 1]
        place.x += step * cos(heading)
        place.y += step * sin(heading)
      }
      if place.y >= 0.5 { continue }
      places.append(place)
      if isInside(place) { inside += 1 }
    }
    return places.filter(isInside).map { Vector2(x: $0.x * extent, y: $0.y * extent) }
  }

  private static func isInside(_ place: Vector2) -> Bool {
    place.x > 0 && place.x < 1 && place.y > 0 && place.y < 1
  }

  /// The random seed of a task's chain: the released ones are below a million.
  package static func chainSeed(task: Int) -> UInt32 {
    task < releasedSeeds.count
      ? releasedSeeds[task] : 1_000_000 &+ UInt32(truncatingIfNeeded: task)
  }

  /// The first hundred of the numbers 0 to 999999 sorted by the MD5 of their decimal text.
  private static let releasedSeeds: [UInt32] = [
    848775, 752491, 738639, 5329, 79042, 241361, 552871, 646434, 414859, 194813, 590120, 659509,
    398677, 291336, 752608, 536634, 115298, 187919, 244750, 736228, 201209, 460868, 197854, 413490,
    683147, 418431, 326929, 893032, 703397, 418098, 84414, 223141, 846697, 36492, 192915, 666414,
    151094, 605697, 617831, 183276, 252328, 993616, 846071, 440496, 818198, 636694, 992873, 402760,
    438822, 103060, 185499, 261129, 859159, 777227, 756825, 677127, 409591, 810228, 925818, 628711,
    889718, 201053, 530312, 390091, 290162, 1970, 677755, 989865, 919710, 927267, 651101, 476122,
    20074, 693999, 877787, 695473, 70697, 348548, 367215, 865040, 744839, 207929, 160725, 43659,
    677620, 83110, 128436, 509183, 360643, 984144, 256246, 496328, 921778, 674806, 404522, 18829,
    759129, 502426, 370140, 752139,
  ]
}
