import Findings
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct FindingPageTests {
  private static let hostile = "<script>alert('x')</script>\" onload=\"y & \u{0}z"

  private static func clip(_ file: String, _ label: String = "Worst, in the gap") -> FindingClip {
    FindingClip(label: label, caption: "scene 12, error 0.81", file: file)
  }

  @Test func everyClaimIsThereWithItsNumbers() {
    let html = FindingPage(finding: MadeUp.finding()).page.html
    for claim in MadeUp.finding().claims {
      #expect(html.contains(claim.sentence.replacing("'", with: "&#39;")))
      #expect(html.contains("<span class=\"pill \(claim.verdict)\">\(claim.verdict)</span>"))
      #expect(html.contains("id=\"claim-\(claim.name)\""))
    }
    #expect(html.contains("Of 3 claims, 1 holds, 1 fails and 1 is undecided."))
    #expect(html.contains("11.2, 95 % interval 8.31 to 14.9"))
    #expect(html.contains("holds if &gt; 2"))
    #expect(html.contains("160 scenes, 2 seeds"))
    #expect(html.contains("20,000") && html.contains("1,812,304"))
    #expect(html.contains("1.6 % of all"))
  }

  @Test func theVerdictComesFirst() throws {
    let html = FindingPage(finding: MadeUp.finding()).page.html
    let places = try [
      "answer", "claims", "question", "figures", "tables", "arms", "notes", "time",
      "provenance",
    ].map { try #require(html.range(of: "id=\"\($0)\"")).lowerBound }
    #expect(places == places.sorted())
    #expect(html.contains("<section class=\"answer fails\" id=\"answer\">"))
  }

  @Test func hostileTextStaysText() {
    let bad = Self.hostile
    var finding = MadeUp.finding(
      claims: [MadeUp.claim(bad, sentence: bad)],
      clips: [
        FindingClip(label: bad, caption: bad, file: bad)
      ])
    finding.experiment = bad
    finding.title = bad
    finding.paper = bad
    finding.method = bad
    finding.scale = bad
    finding.notes = [bad]
    finding.provenance = [bad: bad]
    finding.claims[0].effect = bad
    finding.claims[0].reason = bad
    finding.arms[0].title = bad
    finding.arms[0].set = bad
    finding.arms[0].addresses = [bad]
    for index in finding.figures.indices {
      finding.figures[index].title = bad
      finding.figures[index].caption = bad
    }
    finding.tables[0].title = bad
    finding.tables[0].columns[0] = bad
    finding.tables[0].rows[0][0] = bad
    let pages = [
      FindingPage(finding: finding).page.html,
      FindingIndex([.init(finding, folder: "javascript:alert(1)")], problems: [bad]).page.html,
    ]
    for html in pages {
      #expect(!html.contains("<script"))
      #expect(!html.contains("alert('x')"))
      #expect(!html.contains("\" onload=\""))
      #expect(!html.contains("\u{0}"))
      #expect(!html.contains("href=\"javascript"))
      #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    }
  }

  @Test func nothingIsFetched() throws {
    try withTemporaryFolder { folder in
      try Data([1, 2]).write(to: folder.appendingPathComponent("a.mp4"))
      let html = FindingPage(
        finding: MadeUp.finding(clips: [Self.clip("a.mp4")]), folder: folder
      ).page.html
      for trace in ["http:", "https:", "//", "@import", "<script", "<link", "<iframe", "file:"] {
        #expect(!html.contains(trace), "\(trace)")
      }
      let sources = html.matches(of: /(?:src|href|url)\s*[=(]\s*"?([^")\s]{0,20})/).map(\.1)
      #expect(!sources.isEmpty)
      #expect(sources.allSatisfy { $0.hasPrefix("data:") || $0.hasPrefix("#") })
      #expect(html.contains("default-src 'none'"))
      #expect(html.contains("data:video/mp4;base64,AQI="))
    }
  }

  @Test func tagsAreBalancedAndIdentifiersUnique() {
    let pages = [
      FindingPage(finding: MadeUp.finding()).page.html,
      FindingIndex(findings: [MadeUp.finding()]).page.html,
    ]
    for html in pages {
      for tag in [
        "section", "article", "figure", "div", "table", "svg", "g", "dl", "p", "text", "span", "a",
        "li", "ul", "tr", "td", "small",
      ] {
        let opened = html.ranges(of: "<\(tag) ").count + html.ranges(of: "<\(tag)>").count
        let closed = html.ranges(of: "</\(tag)>").count
        #expect(opened == closed, "\(tag)")
      }
      let identifiers = html.matches(of: /\bid="([^"]*)"/).map(\.1)
      #expect(Set(identifiers).count == identifiers.count)
    }
  }

  @Test func clipsThatAreNotThereAreRemarked() throws {
    try withTemporaryFolder { folder in
      let inside = folder.appendingPathComponent("results")
      try FileManager.default.createDirectory(
        at: inside.appendingPathComponent("clips"), withIntermediateDirectories: true)
      try Data([1, 2]).write(to: inside.appendingPathComponent("clips/a.mp4"))
      try Data([3, 4]).write(to: folder.appendingPathComponent("secret.mp4"))
      try FileManager.default.createSymbolicLink(
        at: inside.appendingPathComponent("link.mp4"),
        withDestinationURL: folder.appendingPathComponent("secret.mp4"))
      let html = FindingPage(
        finding: MadeUp.finding(clips: [
          Self.clip("clips/a.mp4"), Self.clip("clips/none.mp4", "Best, in the gap"),
          Self.clip("../secret.mp4"), Self.clip("link.mp4"),
          Self.clip(folder.appendingPathComponent("secret.mp4").path), Self.clip(""),
        ]), folder: inside
      ).page.html
      #expect(html.ranges(of: "<video").count == 1)
      #expect(html.contains("Best, in the gap: the video clips/none.mp4 is missing"))
      #expect(!html.contains("base64,AwQ="))
      #expect(html.ranges(of: "class=\"remark\"").count == 5)
    }
  }

  @Test func withoutEvidenceThereIsStillAPage() {
    var finding = MadeUp.finding(claims: [])
    finding.figures = []
    finding.tables = []
    finding.arms = []
    finding.notes = []
    finding.time = FindingTime()
    #expect(FindingPage(finding: finding).page.html.contains("No claim was judged."))
    var claim = MadeUp.claim("none", .undecided)
    claim.estimate = Estimate(value: .nan, low: .nan, high: .nan, scenes: 0, seeds: 0)
    finding.claims = [claim]
    let html = FindingPage(finding: finding).page.html
    #expect(html.contains("no number"))
    #expect(html.contains("The claim is undecided."))
    #expect(!html.contains(">nan") && !html.contains("\"nan"))
  }

  @Test func theIndexHasARowForEveryClaim() {
    var other = MadeUp.finding(claims: [MadeUp.claim("one")])
    other.experiment = "figure-11"
    var none = MadeUp.finding(claims: [])
    none.experiment = "priority"
    let html = FindingIndex(findings: [none, other, MadeUp.finding()]).page.html
    #expect(html.ranges(of: "<tr>").count == 1 + 3 + 1 + 1)
    #expect(html.contains("href=\"./figure-7/index.html#claim-seeds-agree\""))
    #expect(html.contains("3 experiments. Of 4 claims, 2 hold, 1 fails and 1 is undecided."))
    let order = ["figure-7", "figure-11", "priority"].map {
      html.range(of: "./\($0)/index.html")?.lowerBound
    }
    #expect(order == order.sorted { ($0 ?? html.endIndex) < ($1 ?? html.endIndex) })
    #expect(FindingIndex(findings: []).page.html.contains("No experiment has been run yet."))
  }
}
