import Combinatorial
import Foundation
import Worlds

/// Where a body is, how it is turned, and how large it looks.
struct BodyPlace: Hashable, Sendable {
  /// The body's origin, scene units.
  var x, y: Double
  /// The turn about the origin, radians.
  var angle: Double
  /// Size over that of the scene's body.
  var scale = 1.0

  init(x: Double, y: Double, angle: Double, scale: Double = 1) {
    (self.x, self.y, self.angle, self.scale) = (x, y, angle, scale)
  }

  init(_ pose: Pose) {
    self.init(x: Double(pose.x), y: Double(pose.y), angle: Double(pose.angle))
  }
}

/// The pixels that a body covers at some place: a share 0 to 1 for each.
///
/// Rows are cut into ``lines`` scan lines, whose ends are exact to a fraction of a pixel.
struct Footprint {
  /// Scan lines in a row of pixels.
  static let lines = 4
  private static let weight: Float = 0.25

  private struct Part {
    var circle: Float
    var corners: [SIMD2<Float>]
  }

  private let parts: [Part]
  /// Pixels in a scene unit.
  private let scale: Float
  private let size: Int
  /// The farthest point from the origin, scene units.
  let reach: Double
  /// Whether a turn changes nothing.
  let isRound: Bool

  init(_ body: CombinatorialBody, size: Int) {
    self.size = size
    scale = Float(size) / Float(CombinatorialScene.extent)
    var reach = 0.0
    var isRound = true
    parts = body.shapes.map { outline in
      switch outline {
      case .circle(let radius):
        reach = max(reach, radius)
        return Part(circle: Float(radius), corners: [])
      case .polygon(let corners):
        isRound = false
        reach = max(reach, corners.map(\.length).max() ?? 0)
        return Part(circle: 0, corners: corners.map { SIMD2(Float($0.x), Float($0.y)) })
      }
    }
    self.reach = reach
    self.isRound = isRound
  }

  /// The corners of all parts in pixels; circles have none.
  private func placed(_ place: BodyPlace) -> (centre: SIMD2<Float>, parts: [Part]) {
    let centre = SIMD2(Float(place.x), Float(place.y)) * scale
    let factor = Float(place.scale) * scale
    let (sine, cosine) = (Float(sin(place.angle)), Float(cos(place.angle)))
    let turned = parts.map { part in
      Part(
        circle: part.circle * factor,
        corners: part.corners.map { corner in
          centre + factor
            * SIMD2(cosine * corner.x - sine * corner.y, sine * corner.x + cosine * corner.y)
        })
    }
    return (centre, turned)
  }

  /// Calls `body` with every row that the body covers some of: its number from the bottom, the first
  /// pixel, and the shares of the pixels from there on.
  @inline(__always)
  func forEachRow(
    _ place: BodyPlace,
    _ body: (_ row: Int, _ first: Int, _ shares: UnsafeBufferPointer<Float>) -> Void
  ) {
    let (centre, parts) = placed(place)
    let radius = Float(reach * place.scale) * scale
    let low = max(0, Int((centre.y - radius).rounded(.down)))
    let high = min(size - 1, Int((centre.y + radius).rounded(.down)))
    let left = max(0, Int((centre.x - radius).rounded(.down)))
    let right = min(size - 1, Int((centre.x + radius).rounded(.down)))
    guard low <= high, left <= right else { return }
    let width = right - left + 1
    withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 1) { shares in
      guard let base = shares.baseAddress else { return }
      for row in low...high {
        base.update(repeating: 0, count: width + 1)
        var (first, last) = (width, -1)
        for line in 0..<Self.lines {
          let y = Float(row) + (Float(line) + 0.5) / Float(Self.lines)
          for part in parts {
            let span = span(part, centre, y)
            let begin = max(span.lowerBound - Float(left), 0)
            let end = min(span.upperBound - Float(left), Float(width))
            guard begin < end else { continue }
            let (from, to) = (Int(begin), Int(end))
            first = min(first, from)
            last = max(last, min(to, width - 1))
            if from == to {
              base[from] += Self.weight * (end - begin)
            } else {
              base[from] += Self.weight * (Float(from + 1) - begin)
              for pixel in (from + 1)..<to { base[pixel] += Self.weight }
              base[to] += Self.weight * (end - Float(to))
            }
          }
        }
        // Parts of a body may overlap.
        if parts.count > 1, first <= last {
          for pixel in first...last { base[pixel] = min(base[pixel], 1) }
        }
        if first <= last {
          body(row, left + first, UnsafeBufferPointer(start: base + first, count: last - first + 1))
        }
      }
    }
  }

  /// Where a line of constant height cuts a part; empty where it does not.
  @inline(__always)
  private func span(_ part: Part, _ centre: SIMD2<Float>, _ y: Float) -> ClosedRange<Float> {
    if part.corners.isEmpty {
      let square = part.circle * part.circle - (y - centre.y) * (y - centre.y)
      guard square > 0 else { return Float.infinity...Float.infinity }
      let half = square.squareRoot()
      return (centre.x - half)...(centre.x + half)
    }
    var (low, high) = (Float.infinity, -Float.infinity)
    var before = part.corners[part.corners.count - 1]
    for corner in part.corners {
      if (before.y <= y) != (corner.y <= y) {
        let x = before.x + (y - before.y) / (corner.y - before.y) * (corner.x - before.x)
        low = min(low, x)
        high = max(high, x)
      }
      before = corner
    }
    return low <= high ? low...high : Float.infinity...Float.infinity
  }
}
