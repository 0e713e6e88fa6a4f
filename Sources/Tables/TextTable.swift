/// A table as aligned columns of plain text.
public struct TextTable: CustomStringConvertible, Sendable {
  private let table: ReportTable

  /// Wraps a table for printing.
  public init(_ table: ReportTable) { self.table = table }

  /// The table, one line per row; numbers right-aligned.
  public var description: String {
    let lines = [table.columns.map(\.title)] + table.rows.map { $0.map(\.joined) }
    let widths = table.columns.indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    let printed = lines.map { line in
      zip(zip(line, widths), table.columns).map { cell, column in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column.numeric ? space + cell.0 : cell.0 + space
      }.joined(separator: "  ").trimmingTrailingSpaces
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    let title = table.caption.isEmpty ? [] : [table.caption]
    return (title + [printed[0], rule] + printed.dropFirst()).joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
