/// For every row of a raster the columns outside which nothing is painted.
struct RowExtents {
  private(set) var lefts = [Int32](repeating: 0, count: IDRaster.side)
  private(set) var rights = [Int32](repeating: 0, count: IDRaster.side)

  mutating func set(_ silhouettes: Silhouettes, bodies: Int) {
    for row in 0..<IDRaster.side {
      lefts[row] = Int32(IDRaster.side)
      rights[row] = 0
    }
    for index in 0..<bodies {
      for span in silhouettes.spans[index] {
        let row = Int(span.row)
        lefts[row] = min(lefts[row], span.left)
        rights[row] = max(rights[row], span.right)
      }
    }
  }

  /// The columns of a row; empty where nothing is painted.
  func columns(_ row: Int) -> Range<Int> {
    rights[row] > lefts[row] ? Int(lefts[row])..<Int(rights[row]) : 0..<0
  }

  /// Makes what is painted on `ids`, a whole raster, white again.
  func clear(_ ids: UnsafeMutablePointer<UInt8>) {
    for row in 0..<IDRaster.side {
      let columns = columns(row)
      (ids + row * IDRaster.side + columns.lowerBound)
        .update(repeating: TestbedColor.background, count: columns.count)
    }
  }
}
