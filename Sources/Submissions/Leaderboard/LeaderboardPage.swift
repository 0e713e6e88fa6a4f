import Foundation
import Tables

/// A leaderboard as Markdown, a page and comma-separated values; all text is escaped for each.
public struct LeaderboardPage: Sendable {
  private let board: Leaderboard

  /// The pages of a leaderboard.
  public init(_ board: Leaderboard) { self.board = board }

  /// Markdown, a table per group.
  public var markdown: String {
    var text = "# Leaderboard\n\n"
    for group in board.groups { text += mapped(group.table, escapedMarkdown).markdown + "\n" }
    for problem in board.problems {
      text += "- left out: \(escapedMarkdown(problem.description))\n"
    }
    return text
  }

  /// Comma-separated values, one table after the other, with the group in the first column.
  public var csv: String {
    board.groups.map { group in
      var table = mapped(group.table, escapedSpreadsheet)
      table.columns.insert(.init("Group", numeric: false), at: 0)
      table.rows = table.rows.map { [.init(escapedSpreadsheet(group.title))] + $0 }
      return table.csv
    }.joined(separator: "\r\n")
  }

  /// Aligned columns for a terminal.
  public var text: String { board.groups.map { $0.table.text }.joined(separator: "\n") }

  /// One file without scripts and without anything from elsewhere.
  public var html: String {
    let tables = board.groups.map(\.table.html).joined(separator: "\n")
    let problems = board.problems.map { "<li>\(escaped($0.description))</li>" }.joined()
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Leaderboard</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
        color: #1a1a1a; background: #fff }
      table { border-collapse: collapse; margin-bottom: 2rem } .scroll { overflow-x: auto }
      th, td { padding: .3rem .7rem; border-bottom: 1px solid #ddd; text-align: left;
        vertical-align: top }
      .number { text-align: right; font-variant-numeric: tabular-nums }
      small { display: block; color: #666; font-weight: normal } .caption { font-weight: 600 }
      tbody tr:last-child { color: #666 }
      </style></head><body>
      <h1>Leaderboard</h1>
      <p>Means with 95 % intervals over scenes; a table holds models on the same scenes, by the same
      ruler. The last row is the truth by that ruler: no model can be told from it below.</p>
      \(tables)
      \(problems.isEmpty ? "" : "<h2>Left out</h2><ul>\(problems)</ul>")
      </body></html>

      """
  }

  private func mapped(_ table: ReportTable, _ change: (String) -> String) -> ReportTable {
    var table = table
    table.caption = change(table.caption)
    for column in table.columns.indices {
      table.columns[column].title = change(table.columns[column].title)
    }
    table.rows = table.rows.map { row in
      row.map { .init(change($0.text), detail: change($0.detail)) }
    }
    return table
  }
}
