/// A table that can be printed as HTML, Markdown, CSV or aligned text.
public struct ReportTable: Hashable, Sendable {
  /// A heading; numbers are aligned right.
  public struct Column: Hashable, Sendable {
    /// Heading.
    public var title: String
    /// Whether cells are numbers.
    public var numeric: Bool

    /// Makes a column.
    public init(_ title: String, numeric: Bool = true) {
      self.title = title
      self.numeric = numeric
    }
  }

  /// A value with an optional second line, such as an interval.
  public struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The value.
    public var text: String
    /// Smaller print below it.
    public var detail: String

    /// Makes a cell.
    public init(_ text: String, detail: String = "") {
      self.text = text
      self.detail = detail
    }

    /// Makes a cell from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    package var joined: String { detail.isEmpty ? text : "\(text) (\(detail))" }
  }

  /// What the table shows.
  public var caption: String
  /// The headings.
  public var columns: [Column]
  /// The cells; short rows are filled with empty cells.
  public var rows: [[Cell]]

  /// Makes a table.
  public init(caption: String = "", columns: [Column], rows: [[Cell]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows.map { row in
      Array((row + Array(repeating: "", count: columns.count)).prefix(columns.count))
    }
  }

  /// The table without its caption.
  package var uncaptioned: ReportTable { ReportTable(columns: columns, rows: rows) }

  /// An HTML table inside a box that scrolls sideways on narrow screens.
  public var html: String {
    func cell(_ tag: String, _ column: Int, _ content: String, _ extra: String = "") -> String {
      "<\(tag)\(columns[column].numeric ? " class=\"number\"" : "")\(extra)>\(content)</\(tag)>"
    }
    let head = columns.indices.map { cell("th", $0, escaped(columns[$0].title), " scope=\"col\"") }
    let body = rows.map { row in
      let cells = row.indices.map { column in
        let detail = row[column].detail
        let content =
          escaped(row[column].text)
          + (detail.isEmpty ? "" : "<small>\(escaped(detail))</small>")
        return column == 0 ? cell("th", 0, content, " scope=\"row\"") : cell("td", column, content)
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let title = caption.isEmpty ? "" : "<p class=\"caption\">\(escaped(caption))</p>"
    return "\(title)<div class=\"scroll\"><table><thead><tr>\(head.joined())</tr></thead>\n"
      + "<tbody>\(body.joined(separator: "\n"))</tbody></table></div>"
  }

  /// A Markdown table; bars and line breaks in cells are escaped.
  public var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    func clean(_ text: String) -> String {
      text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }
    let rule = columns.map { $0.numeric ? "---:" : "---" }
    let lines =
      [line(columns.map { clean($0.title) }), line(rule)]
      + rows.map { line($0.map { clean($0.joined) }) }
    let title = caption.isEmpty ? "" : clean(caption) + "\n\n"
    return title + lines.joined(separator: "\n") + "\n"
  }

  /// Comma-separated values (RFC 4180).
  public var csv: String {
    func quoted(_ text: String) -> String {
      guard text.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    let lines = [columns.map(\.title)] + rows.map { $0.map(\.joined) }
    return lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// The body rows of a LaTeX tabular, headings first, one `\\\\` per line; special characters are
  /// escaped. The caption is left to the paper.
  public var latex: String {
    func line(_ cells: [String]) -> String {
      cells.map(escapedLaTeX).joined(separator: " & ") + " \\\\\n"
    }
    let body = rows.map { line($0.map(\.joined)) }
    return line(columns.map(\.title)) + "\\midrule\n" + body.joined()
  }

  /// Aligned columns for a terminal.
  public var text: String { TextTable(self).description }
}
