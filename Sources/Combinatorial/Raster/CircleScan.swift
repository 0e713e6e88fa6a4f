/// The pixels of discs by PHYRE's rule: two sweeps towards the middle row, one from above and one
/// from below, that start at the centre's column and widen while the next pixel is inside.
///
/// Unlike a plain test of every pixel, a row whose pixel at the centre's column is outside stays
/// empty even where its neighbour would be inside.
enum CircleScan {
  static func append(radius: Double, x: Double, y: Double, to spans: inout [Span]) {
    let (column, row, radius) = (Float(x) - 0.5, Float(y) - 0.5, Float(radius))
    let reach = Float(4 * IDRaster.side)
    guard abs(column) < reach, abs(row) < reach, radius < reach else { return }
    let square = radius * radius
    var left = Int(column)
    var right = left
    func widen(_ height: Int) {
      let rise = (Float(height) - row) * (Float(height) - row)
      while (Float(left) - column) * (Float(left) - column) + rise <= square { left -= 1 }
      while (Float(right) - column) * (Float(right) - column) + rise <= square { right += 1 }
      Span.append(row: height, left: left + 1, right: right, to: &spans)
    }
    var height = Int(row + radius + 1)
    while Float(height) >= row {
      widen(height)
      height -= 1
    }
    left = Int(column)
    right = left
    height = Int(row - radius)
    while Float(height) < row {
      widen(height)
      height += 1
    }
  }
}
