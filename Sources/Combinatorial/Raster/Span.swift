/// A run of pixels in one row of a raster, row 0 at the bottom; never empty and never outside.
struct Span {
  var row: Int32
  var left: Int32
  /// The pixel behind the last one.
  var right: Int32

  /// Adds the pixels of a row that lie in the raster.
  static func append(row: Int, left: Int, right: Int, to spans: inout [Span]) {
    let left = max(left, 0)
    let right = min(right, IDRaster.side)
    guard left < right, (0..<IDRaster.side).contains(row) else { return }
    spans.append(Span(row: Int32(row), left: Int32(left), right: Int32(right)))
  }
}

extension Double {
  /// C's `lrint`: the nearest whole number, of two equally near ones the even one. Values far
  /// outside any raster are brought to its neighbourhood first.
  var nearest: Int {
    // Adding 1.5 · 2^52 leaves no bits behind the point; baseline x86-64 has no instruction for it.
    let magic = 0x1.8p52
    return Int((min(max(self, -1e6), 1e6) + magic) - magic)
  }
}
