import Worlds

/// A rectangle of pixels that is not empty.
struct PixelArea {
  /// Rows in display orientation.
  var rows: Range<Int>
  /// Columns from the left.
  var columns: Range<Int>
}

/// Paints one frame in double precision and truncates it to bytes.
///
/// The order of operations is the official one, so that equal positions give equal bytes: the edge
/// ramp, the blend per channel, and truncation only after the last body. A blend may end at
/// 254.99… where 255 was meant; the official 254 comes from there.
struct Canvas {
  private let size: Int
  private let coordinates: [Double]
  /// Unrounded channels of the frame; 255 wherever no body of the current frame can reach.
  private var paint: [Double] = []

  init(size: Int, coordinates: [Double]) {
    self.size = size
    self.coordinates = coordinates
  }

  /// Paints one frame over white bytes and returns the areas that may have changed.
  @discardableResult
  mutating func draw(
    _ scene: Scene, _ trajectory: Trajectory, frame: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) -> [PixelArea] {
    precondition(
      scene.bodies.count == trajectory.bodyCount,
      "\(trajectory.bodyCount) paths for \(scene.bodies.count) bodies")
    if scene.bodies.count == 1, let body = scene.bodies.first {
      let spot = Spot(body: body, position: trajectory[frame: frame, body: 0])
      guard let area = area(of: spot) else { return [] }
      stamp(spot, area, into: target)
      return [area]
    }
    if paint.isEmpty { paint = [Double](repeating: 255, count: size * size * 3) }
    var touched: [PixelArea] = []
    for (index, body) in scene.bodies.enumerated() {
      let spot = Spot(body: body, position: trajectory[frame: frame, body: index])
      guard let area = area(of: spot) else { continue }
      blend(spot, area)
      touched.append(area)
    }
    for area in touched { copy(area, into: target) }
    for area in touched { clear(area) }
    return touched
  }

  /// The pixels a body may touch, with a pixel to spare; nil when it is out of the picture.
  private func area(of spot: Spot) -> PixelArea? {
    let limit = Double(size - 1)
    func span(_ centre: Double, _ half: Double) -> Range<Int>? {
      let low = ((centre - half) * limit).rounded(.down) - 1
      let high = ((centre + half) * limit).rounded(.up) + 1
      // Written so that numbers that are not comparable count as out of the picture.
      guard low <= limit, high >= 0 else { return nil }
      return Int(max(low, 0))..<(Int(min(high, limit)) + 1)
    }
    guard let columns = span(spot.x, spot.radius), let upward = span(spot.y, spot.halfHeight) else {
      return nil
    }
    return PixelArea(
      rows: (size - upward.upperBound)..<(size - upward.lowerBound), columns: columns)
  }

  /// Paints the only body of a frame: what lies below is white.
  private func stamp(
    _ spot: Spot, _ area: PixelArea, into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    coordinates.withUnsafeBufferPointer { coordinates in
      for row in area.rows {
        let y = coordinates[size - 1 - row]
        var offset = (row * size + area.columns.lowerBound) * 3
        for column in area.columns {
          let cover = spot.cover(coordinates[column], y)
          if cover > 0 {
            let rest = (1 - cover) * 255
            target[offset] = UInt8(rest + cover * spot.red)
            target[offset + 1] = UInt8(rest + cover * spot.green)
            target[offset + 2] = UInt8(rest + cover * spot.blue)
          }
          offset += 3
        }
      }
    }
  }

  private mutating func blend(_ spot: Spot, _ area: PixelArea) {
    for row in area.rows {
      let y = coordinates[size - 1 - row]
      var offset = (row * size + area.columns.lowerBound) * 3
      for column in area.columns {
        let cover = spot.cover(coordinates[column], y)
        if cover > 0 {
          paint[offset] = (1 - cover) * paint[offset] + cover * spot.red
          paint[offset + 1] = (1 - cover) * paint[offset + 1] + cover * spot.green
          paint[offset + 2] = (1 - cover) * paint[offset + 2] + cover * spot.blue
        }
        offset += 3
      }
    }
  }

  private func copy(_ area: PixelArea, into target: UnsafeMutableBufferPointer<UInt8>) {
    for row in area.rows {
      let start = (row * size + area.columns.lowerBound) * 3
      for offset in start..<(start + area.columns.count * 3) {
        target[offset] = UInt8(paint[offset])
      }
    }
  }

  private mutating func clear(_ area: PixelArea) {
    for row in area.rows {
      let start = (row * size + area.columns.lowerBound) * 3
      for offset in start..<(start + area.columns.count * 3) { paint[offset] = 255 }
    }
  }
}

/// One body in one frame, in units of the world's width.
private struct Spot {
  let x: Double
  let y: Double
  let radius: Double
  let halfHeight: Double
  let shape: Shape
  let red: Double
  let green: Double
  let blue: Double
  private let squared: Double
  private let ramp: Double
  private let holeSquared: Double
  private let holeRamp: Double

  init(body: Body, position: Vector2) {
    x = position.x / Scene.extent
    y = position.y / Scene.extent
    radius = body.radius / Scene.extent
    halfHeight = body.halfExtent.y / Scene.extent
    shape = body.shape
    let rgb = body.color.rgb
    (red, green, blue) = (Double(rgb.0), Double(rgb.1), Double(rgb.2))
    squared = radius * radius
    ramp = 0.03 * squared
    let hole = Shape.ringHole * radius
    holeSquared = hole * hole
    holeRamp = 0.03 * holeSquared
  }

  /// How much of the pixel at (px, py) the body covers, 0 to 1.
  ///
  /// A disc fades over the outer 1.5 % of its radius, inside the nominal edge; a ring is a disc
  /// without the smaller disc of its hole; squares and bars are hard.
  @inline(__always)
  func cover(_ px: Double, _ py: Double) -> Double {
    let dx = px - x
    let dy = py - y
    switch shape {
    case .disc: return Spot.ramp(squared - (dx * dx + dy * dy), ramp)
    case .ring:
      let distance = dx * dx + dy * dy
      return Spot.ramp(squared - distance, ramp) - Spot.ramp(holeSquared - distance, holeRamp)
    case .square, .bar: return abs(dx) <= radius && abs(dy) <= halfHeight ? 1 : 0
    }
  }

  /// The quotient, clipped to 0...1; most pixels are clipped and need no division.
  @inline(__always)
  private static func ramp(_ height: Double, _ ramp: Double) -> Double {
    height <= 0 ? 0 : (height >= ramp ? 1 : height / ramp)
  }
}
