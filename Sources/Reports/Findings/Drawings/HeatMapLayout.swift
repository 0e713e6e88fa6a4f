import Findings
import Worlds

/// Where the parts of a heat map lie.
struct HeatMapLayout {
  let frame: Frame
  let legend: Legend
  /// Height of the whole drawing, with what is left free above it.
  let height: Double
  /// Numbers of the bar of colours, by their place from its foot.
  let barTicks: [(share: Double, label: String)]
  /// Room for the bar with its numbers and name, right of the frame.
  let barRoom: Double
  private let xLines, yLines: [String]
  private let tickWidth: Double

  private static let lineHeight = 15.0

  init(_ map: HeatMapContent, width: Double, top: Double) {
    legend = Legend(Self.entries(map), width: width - 12)
    let x = Axis(map.xLabel, range: Self.range(map, \.x, { $0.x }, 0)).fitted(to: [])
    let y = Axis(map.yLabel, range: Self.range(map, \.y, { $0.y }, 1)).fitted(to: [])
    let above = top + legend.height + 10
    barTicks = Self.barTicks(map, about: width < 500 ? 4 : 6)
    barRoom = 57 + (barTicks.map { TextMeasure.width($0.label) }.max() ?? 0)
    tickWidth =
      (4...8).flatMap { y.ticks(about: $0) }.map { TextMeasure.width($0.label) }.max() ?? 0

    // Both axes have one scale where their ranges are alike, as those of two speeds are.
    let ratio = (y.high - y.low) / (x.high - x.low)
    let isSquare = (0.5...2).contains(ratio)
    var (left, wide, high) = (0.0, 0.0, 0.0)
    var lines: [String] = []
    for count in 1...2 {
      left = 21 + Double(count) * Self.lineHeight + tickWidth
      let available = width - left - barRoom
      (wide, high) = (available, available * (isSquare ? ratio : 0.75))
      if high > 440 { (wide, high) = (isSquare ? wide * 440 / high : wide, 440) }
      lines = TextMeasure.lines(map.yLabel, width: high + 20, limit: 2)
      if lines.count <= count { break }
    }
    yLines = lines
    // What is narrower than the page stands in its middle.
    let start = left + max((width - left - barRoom - wide) / 2 - 20, 0)
    frame = Frame(left: start, right: start + wide, top: above, bottom: above + high, x: x, y: y)
    xLines = TextMeasure.lines(map.xLabel, width: wide + 40, limit: 2)
    height = frame.bottom + 28 + Double(max(xLines.count, 1)) * Self.lineHeight
  }

  /// Names of the axes.
  var axisLabels: String {
    let across = xLines.enumerated().map { number, line in
      "<text class=\"label\" x=\"\(px((frame.left + frame.right) / 2))\" "
        + "y=\"\(px(frame.bottom + 38 + Double(number) * Self.lineHeight))\" "
        + "text-anchor=\"middle\">\(escaped(line))</text>"
    }.joined()
    let own = 21 + Double(yLines.count) * Self.lineHeight + tickWidth
    return across + "<g transform=\"translate(\(px(max(frame.left - own, 0))) 0)\">"
      + frame.verticalLabel(yLines) + "</g>"
  }

  private static func entries(_ map: HeatMapContent) -> [Legend.Entry] {
    func line(_ name: String, _ kind: String) -> Legend.Entry {
      Legend.Entry(name) { x, y in
        "<g class=\"c1\"><path class=\"\(kind)\" d=\"M\(px(x)) \(px(y))h20\"/></g>"
      }
    }
    return (map.trained.isEmpty ? [] : [line("trained on", "edge")])
      + (map.holes.isEmpty ? [] : [line("left out", "edge hole")])
      + (map.hull.count > 1 ? [line("convex hull of the training set", "hull")] : [])
  }

  private static func barTicks(
    _ map: HeatMapContent, about count: Int
  ) -> [(share: Double, label: String)] {
    guard map.top > 0, map.top.isFinite else { return [] }
    let axis = Axis("", range: 0...map.top).fitted(to: [])
    return axis.ticks(about: count).map { tick in
      let isTop = tick.value > map.top * 0.999
      return (axis.position(tick.value), (isTop ? "≥ " : "") + tick.label)
    }
  }

  private static func range(
    _ map: HeatMapContent, _ side: KeyPath<HeatMapContent.Cell, ClosedRange<Double>>,
    _ place: (Vector2) -> Double, _ index: Int
  ) -> ClosedRange<Double> {
    let boxes = (map.trained + map.holes).compactMap { $0.count > index ? $0[index] : nil }
    let sides = map.cells.map { $0[keyPath: side] } + boxes
    let ends = sides.flatMap { [$0.lowerBound, $0.upperBound] } + map.hull.map(place)
    let known = ends.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), low < high else { return 0...1 }
    return low...high
  }
}
