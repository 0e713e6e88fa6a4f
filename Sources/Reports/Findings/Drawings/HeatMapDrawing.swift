import Findings
import Foundation
import Worlds

/// Numbers over two parameters, with what training covers and its convex hull.
struct HeatMapDrawing: DrawingBody {
  private let map: HeatMapContent
  private let scale: ColorScale

  init(_ map: HeatMapContent) {
    self.map = map
    scale = ColorScale(top: map.top)
  }

  func height(width: Double) -> Double {
    let frame = frame(width: width, top: 0)
    return frame.bottom + below(frame)
  }

  func content(width: Double, height: Double, identifier: String, top: Double) -> String {
    let frame = frame(width: width, top: top)
    let clip = "clip-\(identifier)"
    var parts = [
      "<defs><clipPath id=\"\(clip)\"><rect x=\"\(px(frame.left))\" y=\"\(px(frame.top))\" "
        + "width=\"\(px(frame.width))\" height=\"\(px(frame.height))\"/></clipPath></defs>",
      frame.gridAndTicks(),
      "<g clip-path=\"url(#\(clip))\">\(map.cells.map { cell($0, frame) }.joined())</g>",
    ]
    let boxes = map.trained.compactMap { outline($0, frame) }
    let holes = map.holes.compactMap { outline($0, frame) }
    parts += (boxes + holes).map { "<path class=\"halo\" d=\"\($0)\"/>" }
    parts.append(
      "<g class=\"c1\">"
        + (boxes.map { "<path class=\"edge\" d=\"\($0)\"/>" }
        + holes.map { "<path class=\"edge hole\" d=\"\($0)\"/>" }).joined() + "</g>")
    if let hull = hull(frame) {
      parts.append("<path class=\"halo\" d=\"\(hull)\"/><path class=\"hull\" d=\"\(hull)\"/>")
    }
    parts += map.cells.compactMap { number($0, frame) }
    parts += [labels(frame), colorBar(frame, identifier), legend(width).svg(left: 6, top: top)]
    return parts.joined(separator: "\n")
  }

  // MARK: - Places

  private func legend(_ width: Double) -> Legend {
    var entries: [Legend.Entry] = []
    func line(_ name: String, _ kind: String) {
      entries.append(
        Legend.Entry(name) { x, y in
          "<g class=\"c1\"><path class=\"\(kind)\" d=\"M\(px(x)) \(px(y))h20\"/></g>"
        })
    }
    if !map.trained.isEmpty { line("trained on", "edge") }
    if !map.holes.isEmpty { line("left out", "edge hole") }
    if map.hull.count > 1 { line("convex hull of the training set", "hull") }
    return Legend(entries, width: width - 12)
  }

  /// Both axes have the same scale where their ranges are alike, as those of two speeds are.
  private func frame(width: Double, top: Double) -> Frame {
    let x = Axis(map.xLabel, range: range(\.x, { $0.x }, 0)).fitted(to: [])
    let y = Axis(map.yLabel, range: range(\.y, { $0.y }, 1)).fitted(to: [])
    let ticks = y.ticks(about: 6).map { TextMeasure.width($0.label) }.max() ?? 0
    let left = 36 + ticks + Double(yLines(400).count - 1) * 15
    let above = top + legend(width).height + 10
    let available = width - left - barRoom
    let ratio = (y.high - y.low) / (x.high - x.low)
    let isSquare = (0.5...2).contains(ratio)
    var (wide, high) = (available, available * (isSquare ? ratio : 0.75))
    if high > 440 { (wide, high) = (isSquare ? wide * 440 / high : wide, 440) }
    // What is narrower than the page stands in its middle.
    let start = left + max((available - wide) / 2 - 20, 0)
    return Frame(left: start, right: start + wide, top: above, bottom: above + high, x: x, y: y)
  }

  /// Room for the colours' bar with its numbers and name.
  private var barRoom: Double {
    let ticks = barTicks(about: 5).map { TextMeasure.width($0.label) }.max() ?? 0
    return 33 + ticks + 24
  }

  private func barTicks(about count: Int) -> [(share: Double, label: String)] {
    guard map.top > 0, map.top.isFinite else { return [] }
    let axis = Axis("", range: 0...map.top).fitted(to: [])
    return axis.ticks(about: count).map { tick in
      let isTop = tick.value > map.top * 0.999
      return (axis.position(tick.value), (isTop ? "≥ " : "") + tick.label)
    }
  }

  private func range(
    _ side: KeyPath<HeatMapContent.Cell, ClosedRange<Double>>, _ place: (Vector2) -> Double,
    _ index: Int
  ) -> ClosedRange<Double> {
    let boxes = (map.trained + map.holes).compactMap { $0.count > index ? $0[index] : nil }
    let ends =
      (map.cells.map { $0[keyPath: side] } + boxes).flatMap { [$0.lowerBound, $0.upperBound] }
      + map.hull.map(place)
    let known = ends.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), low < high else { return 0...1 }
    return low...high
  }

  private func yLines(_ height: Double) -> [String] {
    TextMeasure.lines(map.yLabel, width: height, limit: 2)
  }

  private func below(_ frame: Frame) -> Double {
    28 + Double(xLines(frame).count) * 15
  }

  private func xLines(_ frame: Frame) -> [String] {
    TextMeasure.lines(map.xLabel, width: frame.width + 40, limit: 2)
  }

  private func labels(_ frame: Frame) -> String {
    let across = xLines(frame).enumerated().map { number, line in
      "<text class=\"label\" x=\"\(px((frame.left + frame.right) / 2))\" "
        + "y=\"\(px(frame.bottom + 38 + Double(number) * 15))\" text-anchor=\"middle\">"
        + "\(escaped(line))</text>"
    }.joined()
    let shift =
      frame.left - 36 - (frame.y.ticks(about: 6).map { TextMeasure.width($0.label) }.max() ?? 0)
    return across + "<g transform=\"translate(\(px(max(shift - 15, 0))) 0)\">"
      + frame.verticalLabel(yLines(frame.height)) + "</g>"
  }

  // MARK: - Marks

  private func corners(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ frame: Frame
  ) -> (left: Double, top: Double, right: Double, bottom: Double)? {
    guard [x.lowerBound, x.upperBound, y.lowerBound, y.upperBound].allSatisfy(\.isFinite)
    else { return nil }
    return (
      frame.column(x.lowerBound), frame.row(y.upperBound), frame.column(x.upperBound),
      frame.row(y.lowerBound)
    )
  }

  private func cell(_ cell: HeatMapContent.Cell, _ frame: Frame) -> String {
    guard let place = corners(cell.x, cell.y, frame) else { return "" }
    let known = cell.value.isFinite && cell.count > 0
    let note =
      "\(Self.span(cell.x)), \(Self.span(cell.y)): "
      + (known ? "\(Format.rough(cell.value)), " : "")
      + (cell.count == 1 ? "1 video" : "\(cell.count) videos")
    let paint = known ? "class=\"cell\" fill=\"\(scale.color(cell.value))\"" : "class=\"empty\""
    return "<rect \(paint) x=\"\(px(place.left))\" y=\"\(px(place.top))\" "
      + "width=\"\(px(place.right - place.left))\" height=\"\(px(place.bottom - place.top))\">"
      + "<title>\(escaped(note))</title></rect>"
  }

  /// The value in figures, where the cell has room for it.
  private func number(_ cell: HeatMapContent.Cell, _ frame: Frame) -> String? {
    guard cell.value.isFinite, cell.count > 0, let place = corners(cell.x, cell.y, frame)
    else { return nil }
    let text = Format.rough(cell.value)
    guard TextMeasure.width(text, size: 11) + 10 < place.right - place.left,
      place.bottom - place.top > 22
    else { return nil }
    // Colours of the scale are the same on light and dark pages, and so is the text on them.
    let ink = scale.isDark(cell.value) ? "#fffaf0" : "#3a1e14"
    return "<text style=\"fill:\(ink);font-size:11px\" pointer-events=\"none\" "
      + "x=\"\(px((place.left + place.right) / 2))\" "
      + "y=\"\(px((place.top + place.bottom) / 2))\" dy=\".34em\" text-anchor=\"middle\">"
      + "\(escaped(text))</text>"
  }

  private func outline(_ box: [ClosedRange<Double>], _ frame: Frame) -> String? {
    guard box.count == 2, let place = corners(box[0], box[1], frame) else { return nil }
    return "M\(px(place.left)) \(px(place.top))H\(px(place.right))V\(px(place.bottom))"
      + "H\(px(place.left))Z"
  }

  private func hull(_ frame: Frame) -> String? {
    let corners = map.hull.filter { $0.x.isFinite && $0.y.isFinite }
    guard corners.count > 1 else { return nil }
    return "M"
      + corners.map { "\(px(frame.column($0.x))) \(px(frame.row($0.y)))" }.joined(separator: "L")
      + "Z"
  }

  private func colorBar(_ frame: Frame, _ identifier: String) -> String {
    let (left, width) = (frame.right + 14, 14.0)
    let stops = (0...12).map { number in
      let share = Double(number) / 12
      return "<stop offset=\"\(share)\" stop-color=\"\(scale.color(share * map.top))\"/>"
    }
    let ticks = barTicks(about: max(3, Int(frame.height / 70))).map { tick in
      "<text x=\"\(px(left + width + 5))\" y=\"\(px(frame.bottom - tick.share * frame.height))\" "
        + "dy=\".34em\">\(escaped(tick.label))</text>"
    }
    let label = TextMeasure.cut(map.valueLabel, to: frame.height + 30)
    return """
      <defs><linearGradient id="scale-\(identifier)" x1="0" y1="1" x2="0" y2="0">\
      \(stops.joined())</linearGradient></defs>
      <rect x="\(px(left))" y="\(px(frame.top))" width="\(px(width))" \
      height="\(px(frame.height))" fill="url(#scale-\(identifier))"/>
      <g class="tick">\(ticks.joined())</g>
      <text class="label" transform="translate(\(px(frame.right + barRoom - 4)) \
      \(px((frame.top + frame.bottom) / 2))) rotate(-90)" text-anchor="middle">\
      \(escaped(label))</text>
      """
  }

  private static func span(_ range: ClosedRange<Double>) -> String {
    "\(Format.rough(range.lowerBound)) to \(Format.rough(range.upperBound))"
  }
}
