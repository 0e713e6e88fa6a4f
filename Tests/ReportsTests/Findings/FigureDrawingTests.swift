import Findings
import Reports
import Testing
import Videos
import Worlds

@Suite struct FigureDrawingTests {
  private static let all = [
    MadeUp.speeds, MadeUp.errors, MadeUp.scaling, MadeUp.map, MadeUp.conflict,
  ]

  private func count(_ text: String, in svg: String) -> Int { svg.ranges(of: text).count }

  private func figure(_ drawing: FigureContent.Drawing) -> FigureContent {
    FigureContent(name: "a", title: "A <figure>", caption: "", drawing: drawing)
  }

  @Test func everyCellIsDrawnAndTells() {
    let svg = FigureDrawing(MadeUp.map).svg()
    #expect(count("class=\"cell\"", in: svg) == 63)
    // The one without videos is empty.
    #expect(count("class=\"empty\"", in: svg) == 1)
    #expect(svg.contains("0 to 0.50, 0 to 0.50: 0.18, 6 videos"))
    #expect(svg.contains("3.5 to 4.0, 3.5 to 4.0: 0 videos"))
    #expect(count("class=\"edge\"", in: svg) == 2)  // the region and the legend
    #expect(count("class=\"edge hole\"", in: svg) == 2)
    #expect(count("class=\"hull\"", in: svg) == 2)
    #expect(svg.contains("≥ 0.5"))
  }

  @Test func arrowsAreThereForSharesAboveNothing() {
    let svg = FigureDrawing(MadeUp.conflict).svg()
    // One of a trained combination, three of each new one; two more are the legend's.
    #expect(count("class=\"arrow\"", in: svg) == 1 + 2 + 3 + 2)
    #expect(count("class=\"share\"", in: svg) == 1 + 2 + 3)
    #expect(svg.contains("blue, ball became blue, square: 80 % of 80 videos"))
    #expect(svg.contains("red, square became red, ball: 70 % of 80 videos"))
    #expect(svg.contains(">5 % neither<"))
    #expect(count("class=\"box known\"", in: svg) == 2 + 1)
  }

  @Test func aRareOutcomeIsNotWrittenAsNone() {
    let svg = FigureDrawing(
      figure(
        .conflict(
          ConflictContent(
            attributes: ["a", "b"], columns: ["0", "1"], rows: ["0", "1"],
            combinations: [
              .init(
                column: 0, row: 0, isTrained: false, count: 1000,
                outcomes: [[0.998, 0.002], [0, 0]])
            ])))
    ).svg()
    #expect(svg.contains("&lt; 1 %"))
    #expect(svg.contains("&gt; 99 %<"))
  }

  @Test func placesHaveTheirNamesAndBarsStandApart() throws {
    let svg = FigureDrawing(MadeUp.errors).svg()
    for name in ["1.25–3.75", "2–3"] { #expect(svg.contains(">\(name)<")) }
    let found = svg.matches(of: /class="pillar" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/)
    var bars: [(left: Double, width: Double)] = []
    for match in found {
      guard let left = Double(match.1), let width = Double(match.2), width != 20 else { continue }
      bars.append((left, width))
    }
    bars.sort { $0.left < $1.left }
    #expect(bars.count == 10)
    for (one, next) in zip(bars, bars.dropFirst()) {
      #expect(one.left + one.width <= next.left + 0.2)
    }
  }

  @Test func everyTrainedRangeIsShadedAndNamedOnce() {
    let svg = FigureDrawing(MadeUp.speeds).svg()
    #expect(count("class=\"trained\"", in: svg) == 3)  // two ranges and the legend
    #expect(count(">trained on<", in: svg) == 1)
  }

  @Test func runawayDotsAreMarkedAtTheEdge() {
    let points = (0..<100).map {
      ChartContent.Point(Double($0), $0 == 50 ? 1e4 : 1.0 + Double($0 % 7))
    }
    let chart = ChartContent(
      x: .init("x"), y: .init("y"), series: [.init("s", .dots, color: 1, points)])
    let svg = FigureDrawing(figure(.chart(chart))).svg()
    #expect(count("<path class=\"dot\"", in: svg) == 1)
  }

  @Test(arguments: all) func hostileTextStaysText(figure: FigureContent) {
    var hostile = figure
    hostile.title = "<script>x</script>\" onload=\"y"
    for svg in [FigureDrawing(hostile).svg(), FigureDrawing(hostile).svgFile()] {
      #expect(!svg.contains("<script"))
      #expect(!svg.contains("\" onload=\""))
    }
  }

  @Test func hostileNamesStayText() {
    let bad = "</text><script>"
    let drawings: [FigureContent.Drawing] = [
      .chart(
        ChartContent(
          x: .init(bad, names: [bad]), y: .init(bad),
          series: [.init(bad, .dots, color: 99, [.init(0, 1, note: bad)])])),
      .heatMap(
        HeatMapContent(xLabel: bad, yLabel: bad, valueLabel: bad, top: 1, cells: [])),
      .conflict(
        ConflictContent(
          attributes: [bad, bad], columns: [bad, bad], rows: [bad, bad],
          combinations: [
            .init(column: 0, row: 0, isTrained: true, count: 1, outcomes: [[0, 1], [0, 0]])
          ])),
    ]
    for drawing in drawings {
      #expect(!FigureDrawing(figure(drawing)).svgFile().contains("<script"))
    }
  }

  /// What has no numbers, or wrong ones, is drawn as an empty figure.
  @Test(
    arguments: [
      .chart(ChartContent(x: .init(""), y: .init(""), series: [])),
      .chart(
        ChartContent(
          x: .init("x", isLogarithmic: true), y: .init("y", isLogarithmic: true),
          series: [.init("s", .bars, color: -1, [.init(-1, 0), .init(.nan, .infinity)])],
          trained: [0...1])),
      .chart(ChartContent(x: .init("x", names: [""]), y: .init("y"), series: [])),
      .heatMap(HeatMapContent(xLabel: "", yLabel: "", valueLabel: "", top: 0, cells: [])),
      .heatMap(
        HeatMapContent(
          xLabel: "x", yLabel: "y", valueLabel: "v", top: .nan,
          cells: [.init(x: 0...0, y: 1...1, value: .nan, count: -3)], trained: [[], [0...1]],
          holes: [[0...(.infinity), 0...1]],
          hull: [Vector2(x: .nan, y: 0), Vector2(x: 1, y: 1)])),
      .conflict(ConflictContent(attributes: [], columns: [], rows: [], combinations: [])),
      .conflict(
        ConflictContent(
          attributes: ["a"], columns: ["b"], rows: [],
          combinations: [
            .init(column: 5, row: -1, isTrained: true, count: 0, outcomes: []),
            .init(column: 0, row: 0, isTrained: false, count: 3, outcomes: [[.nan, 7]]),
          ])),
    ] as [FigureContent.Drawing])
  func emptyFiguresAreDrawn(drawing: FigureContent.Drawing) {
    for width in [360.0, 720] {
      let svg = FigureDrawing(figure(drawing)).svg(width: width)
      let numbers = svg.replacing("plain", with: "")
      #expect(!numbers.contains("nan") && !numbers.contains("inf"))
      #expect(svg.hasSuffix("</svg>"))
    }
  }

  @Test func filesNeedNoOtherAndNoCustomProperties() {
    for figure in Self.all {
      let svg = FigureDrawing(figure).svgFile()
      #expect(svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(svg.contains("prefers-color-scheme: dark"))
      #expect(!svg.contains("var("))
    }
  }

  @Test(
    .enabled(if: ImageFile.drawsSVG, "this FFmpeg draws no SVG; install one built with librsvg"),
    arguments: all)
  func picturesShowTheFigure(figure: FigureContent) throws {
    let image = try FigureDrawing(figure).image()
    #expect(image.width == 1440)
    var colors: Set<[UInt8]> = []
    for start in stride(from: 0, to: image.bytes.count, by: 3) {
      colors.insert(Array(image.bytes[start..<start + 3]))
    }
    // Paper, ink, smoothed edges and data: an empty picture has one colour.
    #expect(colors.count > 50)
    #expect(Array(image.bytes.prefix(3)) == [0xFD, 0xFD, 0xFC] as [UInt8])
  }
}
