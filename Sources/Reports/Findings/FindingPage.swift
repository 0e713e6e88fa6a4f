import Findings
import Foundation

/// The page of one experiment: its verdict, then what it rests on.
///
/// The page is one file that needs nothing else; figures and videos are inside it.
public struct FindingPage: Sendable {
  let finding: Finding
  private let folder: URL?
  private let index: String?

  /// The page of a finding.
  ///
  /// - Parameter folder: where the files of its clips are; a clip that is not there, or whose name
  ///   leads out of the folder, is left out with a remark.
  /// - Parameter index: the page over all findings as seen from this one, if there is one.
  public init(finding: Finding, folder: URL? = nil, index: String? = nil) {
    self.finding = finding
    self.folder = folder
    self.index = index
  }

  /// The page.
  public var page: HTMLPage {
    HTMLPage(
      kicker: "\(finding.experiment), scale \(finding.scale)", title: finding.title,
      summary: "", sections: sections.compactMap { $0 }, style: FindingStyle.page, above: index)
  }

  private var sections: [String?] {
    [
      verdict, question, figures, videos, tables, arms, notes, time, provenance,
    ]
  }

  private var verdict: String {
    let kind = finding.verdict.rawValue
    return """
      <section class="answer \(kind)" id="answer">
      <p class="finding">\(FindingStyle.pill(kind)) \
      \(escaped(FindingText.summary(finding.claims)))</p>
      </section>
      <section id="claims">
      \(finding.claims.map(claim).joined(separator: "\n"))
      </section>
      """
  }

  private func claim(_ claim: ClaimResult) -> String {
    let drawing = ClaimDrawing(claim)
    let picture = [("wide", 720.0), ("narrow", 360)].compactMap { kind, width in
      drawing.svg(width: width).map { "<div class=\"\(kind)\">\($0)</div>" }
    }.joined(separator: "\n")
    let interval = FindingText.interval(claim.estimate).map { ", 95 % interval \($0)" } ?? ""
    let number =
      claim.estimate.value.isFinite
      ? FindingText.number(claim.estimate.value) + interval : "no number"
    return """
      <article class="claim" id="claim-\(escaped(claim.name))">
      <p>\(FindingStyle.pill(claim.verdict.rawValue)) \(escaped(claim.sentence))</p>
      <p class="effect">\(escaped(claim.effect)): <strong>\(escaped(number))</strong>; \
      <span class="together">holds if \(escaped(claim.threshold.text));</span> \
      \(escaped(FindingText.evidence(claim.estimate)))</p>
      \(picture)
      <p class="reason">\(escaped(claim.reason))</p>
      </article>
      """
  }

  private var question: String {
    PageParts.section(
      "question", "What the paper says",
      [
        "<blockquote><p>\(escaped(finding.paper))</p></blockquote>",
        "<h3>How it is asked here</h3><p>\(escaped(finding.method))</p>",
      ])
  }

  private var figures: String? {
    guard !finding.figures.isEmpty else { return nil }
    let parts = finding.figures.enumerated().map { number, figure in
      let drawing = FigureDrawing(figure)
      return """
        <h3>\(escaped(figure.title))</h3>
        <figure>
        <div class="wide">\(drawing.svg(width: 720, identifier: "f\(number)"))</div>
        <div class="narrow">\(drawing.svg(width: 360, identifier: "f\(number)n"))</div>
        <figcaption>\(escaped(figure.caption))</figcaption>
        </figure>
        """
    }
    return PageParts.section("figures", finding.figures.count == 1 ? "Figure" : "Figures", parts)
  }

  private var tables: String? {
    guard !finding.tables.isEmpty else { return nil }
    return PageParts.section("tables", "Numbers", finding.tables.map(\.report.html))
  }

  private var videos: String? {
    guard !finding.clips.isEmpty else { return nil }
    let clips = finding.clips.map { ($0, FindingClipFile($0, in: folder)) }
    let shown = clips.compactMap { clip, file -> String? in
      guard case .success(let data) = file.data else { return nil }
      return PageParts.clip(
        ReportClip(
          label: clip.label, caption: clip.caption, level: "", mp4: data, filmstrip: Data()))
    }
    let remarks = clips.compactMap { clip, file -> String? in
      guard case .failure(let problem) = file.data else { return nil }
      return "<p class=\"remark\">\(escaped("\(clip.label): \(problem.text)"))</p>"
    }
    return PageParts.section(
      "videos", "Videos",
      [
        "<p>The truth above, what the model made of its first frames below; the bar between them is "
          + "dark while the frames are those that the model was given.</p>",
        shown.isEmpty ? "" : "<div class=\"reel\">\(shown.joined(separator: "\n"))</div>",
      ] + remarks)
  }
}
