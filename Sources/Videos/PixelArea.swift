/// A rectangle of pixels that is not empty.
package struct PixelArea: Hashable, Sendable {
  /// Rows in display orientation.
  package var rows: Range<Int>
  /// Columns from the left.
  package var columns: Range<Int>

  /// An area from its rows and columns.
  package init(rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
  }

  @inline(__always)
  func meets(_ other: PixelArea) -> Bool {
    rows.overlaps(other.rows) && columns.overlaps(other.columns)
  }
}
