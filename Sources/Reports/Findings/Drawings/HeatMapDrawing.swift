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
    HeatMapLayout(map, width: width, top: 0).height
  }

  func content(width: Double, height: Double, identifier: String, top: Double) -> String {
    let layout = HeatMapLayout(map, width: width, top: top)
    let frame = layout.frame
    let clip = "clip-\(identifier)"
    let boxes = map.trained.compactMap { outline($0, frame) }
    let holes = map.holes.compactMap { outline($0, frame) }
    let hull = hull(frame)
    let halos = (boxes + holes + [hull].compactMap { $0 }).map {
      "<path class=\"halo\" d=\"\($0)\"/>"
    }
    let edges =
      boxes.map { "<path class=\"edge\" d=\"\($0)\"/>" }
      + holes.map { "<path class=\"edge hole\" d=\"\($0)\"/>" }
    return
      ([
        "<defs><clipPath id=\"\(clip)\"><rect x=\"\(px(frame.left))\" y=\"\(px(frame.top))\" "
          + "width=\"\(px(frame.width))\" height=\"\(px(frame.height))\"/></clipPath></defs>",
        frame.gridAndTicks(),
        "<g clip-path=\"url(#\(clip))\">\(map.cells.map { cell($0, frame) }.joined())</g>",
      ] + halos
      + [
        "<g class=\"c1\">\(edges.joined())</g>",
        hull.map { "<path class=\"hull\" d=\"\($0)\"/>" } ?? "",
      ] + map.cells.compactMap { number($0, frame) }
      + [layout.axisLabels, colorBar(layout, identifier), layout.legend.svg(left: 6, top: top)])
      .joined(separator: "\n")
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

  /// The hull a few pixels outside its place, so that it does not cover the region whose sides it
  /// shares.
  private func hull(_ frame: Frame) -> String? {
    let corners = map.hull.filter { $0.x.isFinite && $0.y.isFinite }.map {
      (x: frame.column($0.x), y: frame.row($0.y))
    }
    guard corners.count > 1 else { return nil }
    let count = Double(corners.count)
    let middle = (
      x: corners.map(\.x).reduce(0, +) / count, y: corners.map(\.y).reduce(0, +) / count
    )
    let moved = corners.map { corner in
      let (x, y) = (corner.x - middle.x, corner.y - middle.y)
      let length = max((x * x + y * y).squareRoot(), 0.001)
      return "\(px(corner.x + x / length * 6.5)) \(px(corner.y + y / length * 6.5))"
    }
    return "M\(moved.joined(separator: "L"))Z"
  }

  private func colorBar(_ layout: HeatMapLayout, _ identifier: String) -> String {
    let frame = layout.frame
    let (left, width) = (frame.right + 14, 14.0)
    let stops = (0...12).map { number in
      let share = Double(number) / 12
      return "<stop offset=\"\(share)\" stop-color=\"\(scale.color(share * map.top))\"/>"
    }
    let ticks = layout.barTicks.map { tick in
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
      <text class="label" transform="translate(\(px(frame.right + layout.barRoom - 6)) \
      \(px((frame.top + frame.bottom) / 2))) rotate(-90)" text-anchor="middle">\
      \(escaped(label))</text>
      """
  }

  private static func span(_ range: ClosedRange<Double>) -> String {
    "\(Format.rough(range.lowerBound)) to \(Format.rough(range.upperBound))"
  }
}
