import Worlds

/// What the released evaluator keeps of a frame: how many pixels pass a colour's mask, and where.
///
/// A pixel passes when its own channel is above 127 and the other two are below.
struct OfficialMask {
  private(set) var count = 0
  private(set) var columns = 0
  /// Counted from the bottom.
  private(set) var rows = 0

  /// The object that the pixels stand for, or nil where none passed.
  func object(width: Int) -> ParsedObject? {
    guard count > 0 else { return nil }
    let area = Double(count)
    let scale = Scene.extent / Double(width)
    return ParsedObject(
      x: Double(columns) / area * scale, y: Double(rows) / area * scale,
      radius: (area / .pi).squareRoot() * scale, present: true)
  }

  /// Adds the pixels of a cell.
  /// - Parameters:
  ///   - column: The cell's first one.
  ///   - below: Rows below the cell.
  @inline(__always)
  mutating func add(_ cell: MaskCell.Sums, column: Int, below: Int) {
    count &+= cell.count
    columns &+= cell.count &* column &+ cell.columns
    rows &+= cell.count &* below &+ cell.rows
  }
}
