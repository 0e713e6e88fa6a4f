import Findings

/// Points and lines over two axes.
struct ChartDrawing: DrawingBody {
  private let plot: Plot

  init(_ chart: ChartContent, title: String) {
    let series = chart.series.map { series in
      Plot.Series(
        series.name, style: Self.style(series.style), color: min(max(series.color, 0), 5),
        points: series.points.map {
          Plot.Point($0.x, $0.y, low: $0.low, high: $0.high, note: $0.note)
        })
    }
    let range = Self.range(of: chart)
    plot = Plot(
      title: title, x: Self.axis(chart.x), y: Self.axis(chart.y, range: range), series: series,
      shades: chart.trained.map { Plot.Shade($0, label: "") }, shadeName: "trained on")
  }

  func height(width: Double) -> Double { min(420, max(340, width * 0.6)) }

  func content(width: Double, height: Double, identifier: String, top: Double) -> String {
    plot.content(width: width, height: height, identifier: identifier, top: top)
  }

  private static func axis(_ axis: ChartContent.Axis, range: ClosedRange<Double>? = nil) -> Axis {
    Axis(
      axis.label, scale: axis.isLogarithmic ? .log : .linear, range: range, names: axis.names)
  }

  private static func style(_ style: ChartContent.Style) -> Plot.Style {
    switch style {
    case .dots: .dots
    case .rings: .rings
    case .line: .line
    case .dashed: .dashed
    case .lineAndDots: .lineAndDots
    case .bars: .bars
    }
  }

  /// A few runaway dots would flatten everything else: where the outermost hundredths of many dots
  /// reach far beyond the rest, the axis ends before them and they are marked at its edge.
  private static func range(of chart: ChartContent) -> ClosedRange<Double>? {
    guard !chart.y.isLogarithmic, chart.y.names.isEmpty else { return nil }
    let clouds = chart.series.filter { $0.style == .dots || $0.style == .rings }
    let dots = clouds.flatMap { $0.points.map(\.y) }.filter(\.isFinite).sorted()
    guard dots.count >= 40, let least = dots.first, let most = dots.last else { return nil }
    let cut = dots.count / 50
    let (low, high) = (dots[cut], dots[dots.count - 1 - cut])
    let others = chart.series.filter { $0.style != .dots && $0.style != .rings }
      .flatMap { $0.points.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] } }
      .filter(\.isFinite)
    let inner = (min: min(low, others.min() ?? low), max: max(high, others.max() ?? high))
    let room = (inner.max - inner.min) * 0.25
    guard room > 0, least < inner.min - room || most > inner.max + room else { return nil }
    let bottom = max(min(least, inner.min), inner.min - room)
    let top = min(max(most, inner.max), inner.max + room)
    return bottom...top
  }
}
