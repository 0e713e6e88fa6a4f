import Findings
import Foundation

/// A finding as a short page for a code host.
struct FindingReadme {
  private let finding: Finding
  private let folder: URL

  /// - Parameter folder: where the figures' pictures are, if they could be made.
  init(_ finding: Finding, folder: URL) {
    self.finding = finding
    self.folder = folder
  }

  var markdown: String {
    var parts = [
      "# \(escapedMarkdown(finding.title))",
      "**\(finding.verdict.rawValue)** at scale `\(plain(finding.scale))`: "
        + escapedMarkdown(FindingText.summary(finding.claims)),
      "> " + escapedMarkdown(finding.paper),
      escapedMarkdown(finding.method),
    ]
    if !finding.claims.isEmpty { parts.append(claims) }
    parts += finding.figures.map { figure in
      let png = "figures/\(figure.name).png"
      let isThere = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent(png).path)
      let file = isThere ? png : "figures/\(figure.name).svg"
      return "![\(escapedMarkdown(figure.title))](\(file))\n\n\(escapedMarkdown(figure.caption))"
    }
    if !finding.tables.isEmpty {
      let links = finding.tables.map { "[\(escapedMarkdown($0.title))](tables/\($0.name).md)" }
      parts.append("Tables: \(links.joined(separator: ", ")).")
    }
    parts += finding.notes.map { "- " + escapedMarkdown($0) }
    parts.append(
      "`finding.json` holds all numbers; `index.html` shows them with the videos in any browser, "
        + "without a network.")
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var claims: String {
    let head = [
      "| Verdict | Claim | Estimate (95 % interval) | Holds if | Evidence |",
      "| --- | --- | ---: | --- | --- |",
    ]
    let rows = finding.claims.map { claim in
      "| **\(claim.verdict.rawValue)** | \(escapedMarkdown(claim.sentence)) | "
        + "\(escapedMarkdown(FindingText.estimate(claim.estimate))) | "
        + "\(escapedMarkdown(claim.threshold.text)) | "
        + "\(escapedMarkdown(FindingText.evidence(claim.estimate))) |"
    }
    return (head + rows).joined(separator: "\n")
  }

  /// Text between backquotes.
  private func plain(_ text: String) -> String {
    text.replacing("`", with: "'").replacing("\n", with: " ")
  }
}
