import Foundation

/// Where the parts of a plot lie: margins grow with the labels that stand in them.
struct PlotLayout {
  let legend: Legend
  let frame: Frame
  private let plot: Plot
  private let xLabel, yLabel: [String]
  private let names: [[String]]
  private let namesAreTilted: Bool
  private let nameDepth: Double

  private static let lineHeight = 15.0

  init(_ plot: Plot, width: Double, height: Double, top: Double = 0) {
    self.plot = plot
    legend = Legend(plot.legendEntries, width: width - 12)
    let x = plot.x.fitted(to: plot.xValues)
    let y = plot.y.fitted(to: plot.yValues)
    let above = top + legend.height + 10
    yLabel = TextMeasure.lines(plot.y.label, width: height - above - 30, limit: 3)
    let ticks = y.ticks(about: max(4, Int((height - above - 46) / 55)))
    let tickWidth = ticks.map { TextMeasure.width($0.label) }.max() ?? 0
    var left = 21 + Double(yLabel.count) * Self.lineHeight + tickWidth
    let right = width - 10
    xLabel = TextMeasure.lines(plot.x.label, width: right - left + 20, limit: 2)

    // Names stand side by side where they fit, else they are tilted.
    let slot = (right - left) / max(x.high - x.low, 1)
    let upright = plot.x.names.map { TextMeasure.lines($0, width: slot - 6, limit: 4) }
    namesAreTilted = upright.contains { $0.contains { $0.hasSuffix("…") } || $0.count > 3 }
    if namesAreTilted {
      names = plot.x.names.map { [TextMeasure.cut($0, to: 190)] }
      let longest = names.map { TextMeasure.width($0[0]) }.max() ?? 0
      nameDepth = longest * 0.6 + 10
      let first = names.first.map { TextMeasure.width($0[0]) * 0.8 } ?? 0
      left = max(left, first - slot / 2 + 8)
    } else {
      names = upright
      nameDepth = Double(names.map(\.count).max() ?? 1) * Self.lineHeight
    }
    let below = 16 + nameDepth + Double(xLabel.count) * Self.lineHeight
    frame = Frame(left: left, right: right, top: above, bottom: height - below, x: x, y: y)
  }

  /// Names of the places of the horizontal axis, where it has any.
  var placeNames: String {
    let texts = names.enumerated().map { number, lines -> String in
      let column = px(frame.column(Double(number)))
      if namesAreTilted {
        return "<text transform=\"translate(\(column) \(px(frame.bottom + 14))) rotate(-37)\" "
          + "text-anchor=\"end\">\(escaped(lines[0]))</text>"
      }
      return lines.enumerated().map { line, text in
        "<text x=\"\(column)\" y=\"\(px(frame.bottom + 18 + Double(line) * Self.lineHeight))\" "
          + "text-anchor=\"middle\">\(escaped(text))</text>"
      }.joined()
    }
    return texts.isEmpty ? "" : "<g class=\"tick\">\(texts.joined(separator: "\n"))</g>"
  }

  /// Names of the axes.
  var axisLabels: String {
    let start = frame.bottom + nameDepth + 22
    let across = xLabel.enumerated().map { number, line in
      "<text class=\"label\" x=\"\(px((frame.left + frame.right) / 2))\" "
        + "y=\"\(px(start + Double(number) * Self.lineHeight))\" text-anchor=\"middle\">"
        + "\(escaped(line))</text>"
    }
    return across.joined() + frame.verticalLabel(yLabel)
  }
}

extension Frame {
  /// A label of one or more lines beside the vertical axis.
  func verticalLabel(_ lines: [String]) -> String {
    lines.enumerated().map { number, line in
      "<text class=\"label\" transform=\"translate(\(px(14 + Double(number) * 15)) "
        + "\(px((top + bottom) / 2))) rotate(-90)\" text-anchor=\"middle\">\(escaped(line))</text>"
    }.joined()
  }
}

extension Plot {
  /// What the legend lists.
  var legendEntries: [Legend.Entry] {
    let shade: [Legend.Entry] =
      shadeName.isEmpty || shades.isEmpty ? [] : [.init(shadeName) { Legend.swatch(x: $0, y: $1) }]
    return shade
      + series.filter { !$0.name.isEmpty && !$0.points.isEmpty }.map { item in
        Legend.Entry(item.name) { x, y in
          "<g class=\"c\(item.color)\">\(item.sample(x: x, y: y))</g>"
        }
      }
  }

  var xValues: [Double] {
    series.flatMap { $0.points.map(\.x) }
      + shades.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
  }

  var yValues: [Double] {
    let values = series.flatMap { $0.points.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] } }
    // Bars grow from nothing.
    return series.contains { $0.style == .bars } && y.scale == .linear ? values + [0] : values
  }
}
