import Measures
import Reports
import Testing

@Suite struct ReportTableTests {
  private let table = ReportTable(
    caption: "Some | numbers",
    columns: [.init("Level", numeric: false), .init("Error")],
    rows: [
      ["In", .init("0.0312", detail: "0.03 to 0.04")], ["Out, \"far\" | <b>", "12.5"], ["Short"],
    ])

  @Test func textIsAligned() {
    let expected = """
      Some | numbers
      Level                           Error
      ────────────────  ─────────────────────
      In                0.0312 (0.03 to 0.04)
      Out, "far" | <b>                   12.5
      Short

      """
    let lines = table.text.split(separator: "\n").map(String.init)
    let wanted = expected.split(separator: "\n").map(String.init)
    #expect(lines.count == wanted.count)
    #expect(lines[2...] == wanted[2...])
    #expect(lines[1].hasSuffix("Error") && lines[1].count == lines[2].count)
  }

  @Test func markdownCSVAndHTMLEscapeTheirOwn() {
    #expect(table.markdown.contains("| Out, \"far\" \\| <b> | 12.5 |"))
    #expect(table.markdown.contains("| --- | ---: |"))
    #expect(table.csv.contains("\"Out, \"\"far\"\" | <b>\",12.5\r\n"))
    #expect(table.html.contains("Out, &quot;far&quot; | &lt;b&gt;"))
    #expect(table.html.contains("<td class=\"number\">0.0312<small>0.03 to 0.04</small></td>"))
  }

  @Test func errorTableHoldsFormsCountsAndLosses() {
    let tables = MetricsTables(Synthetic.content().metrics)
    let text = tables.errors.text
    for word in [
      "official", "per_frame", "unbiased", "In distribution", "Crossed", "Lost", "92.5 %",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(tables.errors.rows.count == 8)
    #expect(
      tables.floors(.official).columns.map(\.title) == [
        "Level", "Model", "Ground truth", "Autoencoder", "Constant velocity", "Nearest case",
      ])
    #expect(tables.samplingSteps(.official)?.rows.count == 4)
    #expect(tables.tidy.rows.count == 5 * 3 * 8)
    #expect(
      tables.tidy.csv.hasPrefix("source,form,level,mean,low,high,count\r\nmodel,official,id,"))
  }

  @Test func tablesOfNothingAreEmpty() {
    let tables = MetricsTables(MetricsDocument(scores: []))
    #expect(tables.errors.rows.isEmpty)
    #expect(tables.samplingSteps(.official) == nil)
    #expect(tables.seeds([:]) == nil)
    #expect(!tables.errors.text.isEmpty)
  }
}
