import Foundation
import Measures
import Reports
import Testing

@Suite struct HTMLReportTests {
  private static let hostile = "<script>alert('x')</script>\" onload=\"y & \u{0}z"

  @Test func hostileNamesStayText() {
    var content = Synthetic.content(title: Self.hostile)
    content.summary = Self.hostile
    content.scenario = Self.hostile
    content.lawName = Self.hostile
    content.latentNote = Self.hostile
    content.configuration = "a: </code></pre>" + Self.hostile
    content.environment = [.init(Self.hostile, Self.hostile)]
    content.gates = [.init(Self.hostile, value: 1, limit: 1, passed: true)]
    content.levelDescriptions = ["id": Self.hostile]
    content.clips = [
      .init(
        label: Self.hostile, caption: Self.hostile, level: Self.hostile, mp4: Data([1]),
        filmstrip: Data([2]))
    ]
    content.metrics.floors[Self.hostile] = content.metrics.floors["autoencoder"]
    let html = HTMLReport(content).html
    #expect(!html.contains("<script"))
    #expect(!html.contains("alert('x')"))
    #expect(!html.contains("\" onload=\""))
    #expect(!html.contains("\u{0}"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
  }

  @Test func nothingIsFetched() throws {
    var content = Synthetic.content()
    content.clips = [
      .init(label: "a", caption: "b", level: "id", mp4: Data([1, 2]), filmstrip: Data([3]))
    ]
    let html = HTMLReport(content).html
    for trace in ["http:", "https:", "//", "@import", "<script", "<link", "<iframe", "file:"] {
      #expect(!html.contains(trace), "\(trace)")
    }
    let sources = html.matches(of: /(?:src|href|url)\s*[=(]\s*"?([^")\s]{0,20})/).map(\.1)
    #expect(!sources.isEmpty)
    #expect(sources.allSatisfy { $0.hasPrefix("data:") || $0.hasPrefix("#") })
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("data:video/mp4;base64,AQI="))
    #expect(html.contains("data:image/png;base64,Aw=="))
  }

  @Test func everySectionIsThere() {
    var content = Synthetic.content()
    content.clips = [
      .init(label: "a", caption: "b", level: "id", mp4: Data([1]), filmstrip: Data())
    ]
    let html = HTMLReport(content).html
    for section in [
      "answer", "speeds", "errors", "training", "sampling", "videos", "seeds", "autoencoder",
      "provenance",
    ] {
      #expect(html.contains("id=\"\(section)\""), "\(section)")
    }
    #expect(html.contains("has no spatial grid"))
    #expect(html.contains("prefers-color-scheme: dark"))
    #expect(html.contains("name=\"viewport\""))
  }

  @Test func tagsAreBalancedAndIdentifiersUnique() {
    let html = HTMLReport(Synthetic.content()).html
    for tag in ["section", "figure", "div", "table", "details", "svg", "g", "dl", "p"] {
      let opened = html.ranges(of: "<\(tag) ").count + html.ranges(of: "<\(tag)>").count
      let closed = html.ranges(of: "</\(tag)>").count
      #expect(opened == closed, "\(tag)")
    }
    let identifiers = html.matches(of: /\bid="([^"]*)"/).map(\.1)
    #expect(Set(identifiers).count == identifiers.count)
  }

  @Test func anEmptyEvaluationStillMakesAPage() {
    let html = HTMLReport(
      ReportContent(title: "empty", metrics: MetricsDocument(scores: []))
    ).html
    #expect(html.contains("Not answered"))
    #expect(!html.contains("nan"))
    #expect(!html.contains("id=\"videos\""))
  }

  @Test func theFileIsWrittenWhole() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = HTMLReport(Synthetic.content())
    let file = folder.appendingPathComponent("report.html")
    try report.write(to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) == report.html)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"])
  }

  @Test func writingFails() {
    let nowhere = URL(fileURLWithPath: "/nowhere/at/all/report.html")
    #expect { try HTMLReport(Synthetic.content()).write(to: nowhere) } throws: {
      "\($0)".contains("/nowhere/at/all/report.html") && "\($0)".contains("folder exists")
    }
  }
}
