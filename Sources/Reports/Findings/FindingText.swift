import Findings
import Foundation

/// Findings in words and numbers, the same in pages, tables and Markdown.
enum FindingText {
  /// Three significant digits: 0.0312, 1.04, 31.2, 4310.
  static func number(_ value: Double) -> String {
    Format.significant(value, 3)
  }

  /// `1.04 (0.98 to 1.10)`; the number alone without an interval.
  static func estimate(_ estimate: Estimate) -> String {
    guard estimate.value.isFinite else { return "no number" }
    guard let interval = interval(estimate) else { return number(estimate.value) }
    return "\(number(estimate.value)) (\(interval))"
  }

  /// `0.98 to 1.10`, where there is an interval.
  static func interval(_ estimate: Estimate) -> String? {
    guard estimate.low.isFinite, estimate.high.isFinite else { return nil }
    return "\(number(estimate.low)) to \(number(estimate.high))"
  }

  /// `240 scenes, 2 seeds`.
  static func evidence(_ estimate: Estimate) -> String {
    "\(counted(estimate.scenes, "scene")), \(counted(estimate.seeds, "seed"))"
  }

  /// `1 scene`, `20,000 scenes`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(whole(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A whole number with its digits in groups of three.
  static func whole(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (count < 0 ? "−" : "") + String(digits)
  }

  /// How many claims hold, fail and are undecided, as a sentence.
  static func summary(_ claims: [ClaimResult]) -> String {
    guard !claims.isEmpty else { return "No claim was judged." }
    let counts = ClaimVerdict.allCases.map { verdict in
      (verdict: verdict, count: claims.count { $0.verdict == verdict })
    }.filter { $0.count > 0 }
    if claims.count == 1, let only = counts.first {
      return only.verdict == .undecided
        ? "The claim is undecided." : "The claim \(only.verdict.rawValue)."
    }
    if counts.count == 1, let only = counts.first {
      return "All \(claims.count) claims \(word(only.verdict, 2))."
    }
    let parts = counts.map { "\($0.count) \(word($0.verdict, $0.count))" }
    return "Of \(claims.count) claims, "
      + parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "") + "."
  }

  private static func word(_ verdict: ClaimVerdict, _ count: Int) -> String {
    switch verdict {
    case .holds: count == 1 ? "holds" : "hold"
    case .fails: count == 1 ? "fails" : "fail"
    case .undecided: count == 1 ? "is undecided" : "are undecided"
    }
  }
}

extension FindingTable {
  /// The table for any format: columns of numbers are aligned right, intervals in brackets become
  /// small print.
  var report: ReportTable {
    let numeric = columns.indices.map(isNumeric)
    return ReportTable(
      caption: title,
      columns: columns.indices.map { ReportTable.Column(columns[$0], numeric: numeric[$0]) },
      rows: rows.map { row in
        row.prefix(columns.count).enumerated().map { numeric[$0] ? Self.cell($1) : .init($1) }
      })
  }

  /// The first column names the rows, though names may be numbers.
  private func isNumeric(_ column: Int) -> Bool {
    guard column > 0 else { return false }
    let cells = rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      .filter { !$0.isEmpty && $0 != "–" }
    return !cells.isEmpty
      && cells.allSatisfy { cell in
        let digits = cell.drop { "+-−<>≥≤= ".contains($0) }
        return digits.first?.isNumber ?? false
      }
  }

  private static func cell(_ text: String) -> ReportTable.Cell {
    guard text.hasSuffix(")"), let start = text.range(of: " (") else { return .init(text) }
    return .init(
      String(text[..<start.lowerBound]), detail: String(text[start.upperBound...].dropLast()))
  }
}
