import Foundation
import Worlds

/// The pixels of convex polygons by PHYRE's rule: those whose centre is inside, ties as it breaks
/// them.
///
/// Corners are turned with sine and cosine in single precision, all else but the intersections is in
/// double precision. Holds memory between polygons; belongs to one thread.
struct PolygonScan {
  /// An edge that points up.
  private struct Edge {
    var low: Vector2
    var high: Vector2
  }

  private var lefts: [Edge] = []
  private var rights: [Edge] = []
  private var points: [Vector2] = []

  /// Adds the pixels of a polygon with counter-clockwise corners.
  mutating func append(_ corners: [Vector2], at place: Place, to spans: inout [Span]) {
    points.removeAll(keepingCapacity: true)
    for corner in corners { points.append(place.world(corner)) }
    lefts.removeAll(keepingCapacity: true)
    rights.removeAll(keepingCapacity: true)
    var lowest = Double.infinity
    var highest = -Double.infinity
    var from = points[points.count - 1]
    for to in points {
      let rise = to.y - from.y
      // With the corners counter-clockwise the right side goes up.
      if rise >= 1e-3 { rights.append(Edge(low: from, high: to)) }
      if rise <= -1e-3 { lefts.append(Edge(low: to, high: from)) }
      lowest = min(lowest, to.y)
      highest = max(highest, to.y)
      from = to
    }
    guard !lefts.isEmpty, !rights.isEmpty else { return }
    Self.sort(&lefts)
    Self.sort(&rights)
    let first = max(lowest.nearest, 0)
    let end = min(highest.nearest, IDRaster.side)
    guard first < end else { return }
    var left = 0
    var right = 0
    for row in first..<end {
      let y = Double(row) + 0.5
      while left + 1 < lefts.count, lefts[left].high.y < y { left += 1 }
      while right + 1 < rights.count, rights[right].high.y < y { right += 1 }
      Span.append(
        row: row, left: Self.cross(lefts[left], y), right: Self.cross(rights[right], y), to: &spans)
    }
  }

  /// The column where an edge, or the line that goes on from it, is at height `y`.
  private static func cross(_ edge: Edge, _ y: Double) -> Int {
    let share = Float((y - edge.low.y) / (edge.high.y - edge.low.y))
    let column = Float(edge.low.x + Double(share) * (edge.high.x - edge.low.x))
    return Double(column).nearest
  }

  /// By lower end; insertion sort, for there are at most eight.
  private static func sort(_ edges: inout [Edge]) {
    for index in edges.indices.dropFirst() {
      var place = index
      while place > 0, edges[place].low.y < edges[place - 1].low.y {
        edges.swapAt(place, place - 1)
        place -= 1
      }
    }
  }
}

/// Where a body's shapes are painted.
struct Place {
  let x: Double
  let y: Double
  let sine: Double
  let cosine: Double

  init(x: Double, y: Double, angle: Float) {
    self.x = x
    self.y = y
    sine = Double(sin(angle))
    cosine = Double(cos(angle))
  }

  init(_ pose: Pose) { self.init(x: Double(pose.x), y: Double(pose.y), angle: pose.angle) }

  func world(_ point: Vector2) -> Vector2 {
    Vector2(
      x: x + (point.x * cosine - point.y * sine), y: y + (point.x * sine + point.y * cosine))
  }
}
