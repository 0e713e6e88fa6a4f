import Reports
import Testing

@Suite struct PlotTests {
  private func plot(_ points: [Plot.Point], y: Axis = Axis("y")) -> Plot {
    Plot(
      title: "A <plot>", x: Axis("x & more"), y: y,
      series: [.init("one", style: .lineAndDots, color: 1, points: points)])
  }

  @Test func textIsEscapedAndTheFileStandsAlone() {
    let svg = plot([.init(0, 1, note: "\"<b>\""), .init(2, 3)]).svgFile()
    #expect(svg.contains("A &lt;plot&gt;"))
    #expect(svg.contains("x &amp; more"))
    #expect(svg.contains("<title>&quot;&lt;b&gt;&quot;</title>"))
    #expect(svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.contains("prefers-color-scheme: dark"))
  }

  @Test func ticksAreRound() {
    let svg = plot([.init(0, 0), .init(6.3, 0.043)]).svg()
    for label in [">0<", ">2<", ">4<", ">6<", ">0.02<", ">0.04<"] { #expect(svg.contains(label)) }
  }

  @Test func logTicksAreDecadesAndNothingBelowZeroIsDrawn() {
    let svg = plot(
      [.init(0, 0.01), .init(1, 0), .init(2, -1), .init(3, 1)], y: Axis("y", scale: .log)
    ).svg()
    for label in [">0.01<", ">0.1<", ">1<"] { #expect(svg.contains(label)) }
    #expect(svg.ranges(of: "<circle class=\"dot\"").count == 3)  // two points and the legend
  }

  @Test func negativeNumbersHaveAMinusSign() {
    #expect(plot([.init(0, -2), .init(1, 2)]).svg().contains(">−2<"))
  }

  @Test func outliersAreMarkedAtTheEdge() {
    let svg = plot([.init(0, 1), .init(1, 900)], y: Axis("y", range: 0...2)).svg()
    #expect(svg.contains("<path class=\"dot\""))
  }

  @Test(
    arguments: [
      [], [.init(.nan, .nan)], [.init(1, 1)], [.init(0, 0), .init(0, 0)],
      [.init(.infinity, 1), .init(1, 1e300)],
    ] as [[Plot.Point]])
  func degenerateDataNeverBreaksIt(points: [Plot.Point]) {
    for scale in [Axis.Scale.linear, .log] {
      let svg = plot(points, y: Axis("y", scale: scale)).svg()
      #expect(!svg.contains("nan") && !svg.contains("inf"))
      #expect(svg.hasSuffix("</svg>"))
    }
  }
}
