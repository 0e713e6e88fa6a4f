import Combinatorial
import Foundation
import Worlds

/// The outlines of a body at a place, for distances as the engine sees them.
struct PlacedBody {
  private enum Part {
    case disc(Vector2, Double)
    case polygon([Vector2])
  }

  private let parts: [Part]
  private let centre: Vector2
  private let reach: Double

  init(_ body: CombinatorialBody, at position: Vector2, angle: Double) {
    centre = position
    let (sine, cosine) = (sin(angle), cos(angle))
    var reach = 0.0
    parts = body.shapes.map { shape in
      switch shape {
      case .circle(let radius):
        reach = max(reach, radius)
        return .disc(position, radius)
      case .polygon(let corners):
        return .polygon(
          corners.map { corner in
            reach = max(reach, corner.length)
            return Vector2(
              x: position.x + cosine * corner.x - sine * corner.y,
              y: position.y + sine * corner.x + cosine * corner.y)
          })
      }
    }
    self.reach = reach
  }

  /// How deep two bodies are in each other, scene units: the shortest way out of the deepest pair of
  /// parts; 0 where they are apart.
  func depth(in other: PlacedBody) -> Double {
    let apart = Vector2(x: centre.x - other.centre.x, y: centre.y - other.centre.y).length
    guard apart < reach + other.reach else { return 0 }
    return parts.reduce(0) { deepest, part in
      other.parts.reduce(deepest) { max($0, Self.depth(part, $1)) }
    }
  }

  /// How far the body sticks out of the scene, scene units; 0 where it is inside.
  var beyondWalls: Double {
    let extent = CombinatorialScene.extent
    return parts.reduce(0) { deepest, part in
      let (x, y) = (Self.extent(part, SIMD2(1, 0)), Self.extent(part, SIMD2(0, 1)))
      return max(
        deepest, -x.lowerBound, x.upperBound - extent, -y.lowerBound, y.upperBound - extent)
    }
  }

  /// The separating-axis test: the smallest overlap over all directions that can tell parts apart.
  private static func depth(_ a: Part, _ b: Part) -> Double {
    if case .disc(let p, let r) = a, case .disc(let q, let s) = b {
      return max(0, r + s - Vector2(x: p.x - q.x, y: p.y - q.y).length)
    }
    var least = Double.infinity
    for axis in axes(of: a, towards: b) + axes(of: b, towards: a) {
      let (one, two) = (extent(a, axis), extent(b, axis))
      let overlap = min(one.upperBound - two.lowerBound, two.upperBound - one.lowerBound)
      if overlap <= 0 { return 0 }
      least = min(least, overlap)
    }
    return least.isFinite ? least : 0
  }

  /// The normals of a polygon's sides; of a disc the direction from the other's nearest corner.
  private static func axes(of part: Part, towards other: Part) -> [SIMD2<Double>] {
    switch (part, other) {
    case (.polygon(let corners), _):
      return corners.indices.compactMap { index in
        let (a, b) = (corners[index], corners[(index + 1) % corners.count])
        return unit(SIMD2(b.y - a.y, a.x - b.x))
      }
    case (.disc(let centre, _), .polygon(let corners)):
      let offsets = corners.map { SIMD2($0.x - centre.x, $0.y - centre.y) }
      let nearest = offsets.min { ($0 * $0).sum() < ($1 * $1).sum() }
      return nearest.flatMap(unit).map { [$0] } ?? []
    case (.disc, .disc): return []
    }
  }

  private static func unit(_ vector: SIMD2<Double>) -> SIMD2<Double>? {
    let length = (vector * vector).sum().squareRoot()
    return length > 1e-9 ? vector / length : nil
  }

  private static func extent(_ part: Part, _ axis: SIMD2<Double>) -> ClosedRange<Double> {
    switch part {
    case .disc(let centre, let radius):
      let middle = centre.x * axis.x + centre.y * axis.y
      return (middle - radius)...(middle + radius)
    case .polygon(let corners):
      var (low, high) = (Double.infinity, -Double.infinity)
      for corner in corners {
        let place = corner.x * axis.x + corner.y * axis.y
        low = min(low, place)
        high = max(high, place)
      }
      return low <= high ? low...high : 0...0
    }
  }
}
