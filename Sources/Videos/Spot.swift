import Worlds

/// Neighbouring pixels of a row; empty when `high` is not above `low`.
struct Span {
  var low: Int
  /// One past the last pixel.
  var high: Int

  static let empty = Span(low: 0, high: 0)

  @inline(__always) var isEmpty: Bool { high <= low }
}

/// What a body does to one row: nothing outside `reach`, its flat colour inside `solid`, except for
/// what the hole of a ring takes away: all inside `clear`, some inside `hole`.
struct RowCover {
  var reach = Span.empty
  var solid = Span.empty
  var hole = Span.empty
  var clear = Span.empty
}

/// One body in one frame.
struct Spot {
  let brush: Brush
  let x: Double
  let y: Double
  /// The pixels the body may touch, with a pixel to spare.
  let area: PixelArea
  /// The centre's place among the columns, in pixels, and the column nearest to it.
  private let centre: Double
  private let nearest: Int
  private let last: Int

  /// The body at a place; nil when it is out of the picture.
  init?(_ brush: Brush, at position: Vector2, grid: UnsafeBufferPointer<Double>) {
    self.brush = brush
    x = position.x / Scene.extent
    y = position.y / Scene.extent
    last = grid.count - 1
    let limit = Double(last)
    func span(_ centre: Double, _ half: Double) -> Range<Int>? {
      let low = ((centre - half) * limit).rounded(.down) - 1
      let high = ((centre + half) * limit).rounded(.up) + 1
      // Written so that numbers that are not comparable count as out of the picture.
      guard low <= limit, high >= 0 else { return nil }
      return Int(max(low, 0))..<(Int(min(high, limit)) + 1)
    }
    guard let columns = span(x, brush.radius), let upward = span(y, brush.halfHeight) else {
      return nil
    }
    area = PixelArea(
      rows: (grid.count - upward.upperBound)..<(grid.count - upward.lowerBound), columns: columns)
    centre = x * limit
    let left = Int(min(max(centre, 0), limit))
    let right = min(left + 1, last)
    nearest = abs(grid[right] - x) < abs(grid[left] - x) ? right : left
  }

  @inline(__always)
  func cover(_ px: Double, _ py: Double) -> Double { brush.cover(px - x, py - y) }

  /// The body's cover of the row at height `py`: exactly what ``cover(_:_:)`` says pixel by pixel.
  @inline(__always)
  func row(at py: Double, _ grid: UnsafePointer<Double>) -> RowCover {
    let dy = py - y
    var row = RowCover()
    switch brush.shape {
    case .disc, .ring:
      let up = dy * dy
      row.reach = span(brush.squared - up, grid) { brush.squared - ($0 * $0 + up) > 0 }
      guard !row.reach.isEmpty else { return row }
      row.solid = span(brush.squared - brush.ramp - up, grid) {
        let height = brush.squared - ($0 * $0 + up)
        return height > 0 && height >= brush.ramp
      }
      guard brush.shape == .ring else { return row }
      row.hole = span(brush.holeSquared - up, grid) { brush.holeSquared - ($0 * $0 + up) > 0 }
      guard !row.hole.isEmpty else { return row }
      row.clear = span(brush.holeSquared - brush.holeRamp - up, grid) {
        let height = brush.holeSquared - ($0 * $0 + up)
        return height > 0 && height >= brush.holeRamp
      }
    case .square, .bar:
      guard abs(dy) <= brush.halfHeight else { return row }
      row.solid = span(brush.radius * brush.radius, grid) { abs($0) <= brush.radius }
      row.reach = row.solid
    }
    return row
  }

  /// The columns whose offset from the centre passes a test that only near ones pass.
  ///
  /// Rounding keeps order, so what passes is one run of columns around the nearest one. Its ends are
  /// guessed from the square of its half-width and then settled by the test itself.
  @inline(__always)
  private func span(
    _ halfSquared: Double, _ grid: UnsafePointer<Double>, _ passes: (Double) -> Bool
  ) -> Span {
    @inline(__always) func inside(_ column: Int) -> Bool { passes(grid[column] - x) }
    guard inside(nearest) else { return .empty }
    let half = max(halfSquared, 0).squareRoot() * Double(last)
    var low = min(Int(max(centre - half, -1)) + 1, nearest)
    if inside(low) {
      while low > 0, inside(low - 1) { low -= 1 }
    } else {
      repeat { low += 1 } while !inside(low)
    }
    var high = max(Int(min(centre + half, Double(last))), nearest)
    if inside(high) {
      while high < last, inside(high + 1) { high += 1 }
    } else {
      repeat { high -= 1 } while !inside(high)
    }
    return Span(low: low, high: high + 1)
  }
}
