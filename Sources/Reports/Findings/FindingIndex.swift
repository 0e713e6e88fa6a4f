import Findings
import Foundation

/// All findings of a folder on one page: a row for every experiment and claim.
public struct FindingIndex: Sendable {
  /// A finding and where its page is.
  public struct Entry: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// Its folder, as seen from the index, such as `figure-7`.
    public var folder: String

    /// An entry from its parts.
    public init(_ finding: Finding, folder: String) {
      self.finding = finding
      self.folder = folder
    }
  }

  /// The findings, in the order of the page.
  public let entries: [Entry]
  /// Folders whose finding could not be read, and why.
  public let problems: [String]

  /// The index of some entries, which are put into order.
  public init(_ entries: [Entry], problems: [String] = []) {
    func key(_ entry: Entry) -> String { "\(entry.finding.experiment) \(entry.finding.scale)" }
    self.entries = entries.sorted {
      key($0).compare(key($1), options: .numeric) == .orderedAscending
    }
    self.problems = problems
  }

  /// The index of findings that lie in folders named after their experiments.
  public init(findings: [Finding]) {
    self.init(findings.map { Entry($0, folder: $0.experiment) })
  }

  /// The page.
  public var page: HTMLPage {
    HTMLPage(
      kicker: "How far is video generation from a world model?",
      title: "The paper’s claims, tested", summary: summary,
      sections: [table, problemList].compactMap { $0 }, style: FindingStyle.page)
  }

  /// The same rows as a Markdown table.
  public var markdown: String {
    let head = [
      "| Experiment | Scale | Verdict | Claim | Estimate (95 % interval) | Holds if |",
      "| --- | --- | --- | --- | ---: | --- |",
    ]
    let rows = entries.flatMap { entry in
      claims(entry).map { claim -> String in
        let name = escapedMarkdown(entry.finding.experiment)
        let cells = [
          "[\(name)](\(link(entry, to: "README.md")))", escapedMarkdown(entry.finding.scale),
          "**\((claim?.verdict ?? .undecided).rawValue)**",
          escapedMarkdown(claim?.sentence ?? entry.finding.title),
          claim.map { escapedMarkdown(FindingText.estimate($0.estimate)) } ?? "–",
          escapedMarkdown(claim?.threshold.text ?? "–"),
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
    }
    let remarks = problems.map { "\n- \(escapedMarkdown($0))\n" }
    return (head + rows).joined(separator: "\n") + "\n" + remarks.joined()
  }

  /// A claim each; one empty row where there is none.
  private func claims(_ entry: Entry) -> [ClaimResult?] {
    entry.finding.claims.isEmpty ? [nil] : entry.finding.claims.map { $0 }
  }

  private var summary: String {
    let count = entries.count
    return "\(count) experiment\(count == 1 ? "" : "s"). "
      + FindingText.summary(entries.flatMap(\.finding.claims))
  }

  private var table: String {
    guard !entries.isEmpty else {
      return "<section id=\"verdicts\"><p>No experiment has been run yet.</p></section>"
    }
    let rows = entries.flatMap { entry in
      claims(entry).enumerated().map { row(entry, $1, isFirst: $0 == 0) }
    }
    return """
      <section id="verdicts">
      <div class="scroll"><table class="verdicts"><thead><tr>\
      <th scope="col">Experiment</th><th scope="col">Claim</th><th scope="col">Scale</th>\
      <th scope="col">Verdict</th><th scope="col" class="number">Estimate</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      </section>
      """
  }

  private func row(_ entry: Entry, _ claim: ClaimResult?, isFirst: Bool) -> String {
    let page = escaped(link(entry, to: "index.html"))
    let name = escaped(entry.finding.experiment)
    let place = claim.map { "#claim-\(Self.encoded($0.name))" } ?? ""
    let title = isFirst ? "<small>\(escaped(entry.finding.title))</small>" : ""
    let estimate = claim.map { claim in
      let interval = FindingText.interval(claim.estimate) ?? "no interval"
      let number =
        claim.estimate.value.isFinite ? FindingText.number(claim.estimate.value) : "no number"
      return "\(escaped(number))<small>\(escaped(interval))</small>"
        + "<small>holds if \(escaped(claim.threshold.text))</small>"
    }
    return "<tr><th scope=\"row\"><a href=\"\(page)\">\(name)</a>\(title)</th>"
      + "<td class=\"claim-name\"><a href=\"\(page)\(escaped(place))\">"
      + "\(escaped(claim?.sentence ?? "no claim was judged"))</a></td>"
      + "<td>\(escaped(entry.finding.scale))</td>"
      + "<td>\(FindingStyle.pill((claim?.verdict ?? .undecided).rawValue))</td>"
      + "<td class=\"number\">\(estimate ?? "–")</td></tr>"
  }

  private var problemList: String? {
    guard !problems.isEmpty else { return nil }
    let items = problems.map { "<li>\(escaped($0))</li>" }
    return PageParts.section(
      "problems", "What could not be read", ["<ul>\(items.joined(separator: "\n"))</ul>"])
  }

  /// A link below this page's folder: the dot keeps a browser from taking a name for a scheme.
  private func link(_ entry: Entry, to file: String) -> String {
    "./"
      + (entry.folder.split(separator: "/").map { Self.encoded(String($0)) } + [file])
      .joined(separator: "/")
  }

  private static func encoded(_ text: String) -> String {
    let plain = CharacterSet(charactersIn: "-._~").union(
      CharacterSet(charactersIn: "a"..."z").union(CharacterSet(charactersIn: "A"..."Z"))
        .union(CharacterSet(charactersIn: "0"..."9")))
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
