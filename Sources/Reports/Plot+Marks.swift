import Foundation

extension Plot.Shade {
  func area(in frame: Frame, kind: String = "shade") -> String {
    guard let (left, right) = ends(in: frame) else { return "" }
    return "<rect class=\"\(kind)\" x=\"\(px(left))\" y=\"\(px(frame.top))\" "
      + "width=\"\(px(right - left))\" height=\"\(px(frame.height))\"/>"
  }

  func name(in frame: Frame) -> String {
    guard !label.isEmpty, let (left, right) = ends(in: frame) else { return "" }
    return "<text class=\"shade-label\" x=\"\(px((left + right) / 2))\" "
      + "y=\"\(px(frame.top + 17))\" text-anchor=\"middle\">\(escaped(label))</text>"
  }

  private func ends(in frame: Frame) -> (left: Double, right: Double)? {
    let left = max(frame.left, frame.column(range.lowerBound))
    let right = min(frame.right, frame.column(range.upperBound))
    return right > left ? (left, right) : nil
  }
}

extension Plot.Series {
  func svg(in frame: Frame, clip: String, barWidth: Double) -> String {
    let shown = points.filter { frame.x.axis.admits($0.x) && frame.y.axis.admits($0.y) }
    guard !shown.isEmpty else { return "" }
    var parts: [String] = []
    let places = shown.map { (column: frame.column($0.x), row: frame.row($0.y)) }
    if style == .bars { parts.append(pillars(shown, frame, width: barWidth)) }
    if band {
      parts.append(bandPath(shown, frame))
    } else {
      parts += shown.compactMap { errorBar($0, frame) }
    }
    switch style {
    case .line: parts.append(path(places, "line"))
    case .dashed: parts.append(path(places, "line dashed"))
    case .step: parts.append(stair(places))
    case .dots, .rings, .bars: break
    case .lineAndDots: parts.append(path(places, "line"))
    }
    let clipped = "<g class=\"c\(color)\" clip-path=\"url(#\(clip))\">\(parts.joined())</g>"
    return clipped + markers(shown, frame)
  }

  private func markers(_ shown: [Plot.Point], _ frame: Frame) -> String {
    let kind: String
    switch style {
    case .line, .dashed, .step, .bars: return ""
    case .dots, .lineAndDots: kind = "dot"
    case .rings: kind = "ring"
    }
    // Inside the clip a dot on the edge would be cut in half, so markers are placed by hand; a
    // value beyond the axis becomes a triangle at the edge that points to where it lies.
    let marks = shown.compactMap { point -> String? in
      guard (-0.0001...1.0001).contains(frame.x.position(point.x)) else { return nil }
      let title = point.note.isEmpty ? "" : "<title>\(escaped(point.note))</title>"
      let column = frame.column(point.x)
      guard frame.outside(point.y) else {
        // Single numbers are larger than the dots of a cloud.
        let isSingle = style == .lineAndDots || !frame.x.axis.names.isEmpty
        let radius = isSingle ? "3.8" : "3"
        return "<circle class=\"\(kind)\" cx=\"\(px(column))\" cy=\"\(px(frame.row(point.y)))\" "
          + "r=\"\(radius)\">\(title)</circle>"
      }
      let above = frame.y.position(point.y) > 1
      let tip = above ? frame.top + 1 : frame.bottom - 1
      let base = above ? tip + 7 : tip - 7
      return "<path class=\"\(kind)\" d=\"M\(px(column)) \(px(tip))L\(px(column + 4)) \(px(base))"
        + "H\(px(column - 4))Z\">\(title)</path>"
    }
    return "<g class=\"c\(color)\">\(marks.joined())</g>"
  }

  private func path(_ places: [(column: Double, row: Double)], _ kind: String) -> String {
    let steps = places.map { "\(px($0.column)) \(px($0.row))" }.joined(separator: "L")
    return "<path class=\"\(kind)\" d=\"M\(steps)\"/>"
  }

  private func stair(_ places: [(column: Double, row: Double)]) -> String {
    let steps = places.dropFirst().map { "H\(px($0.column))V\(px($0.row))" }.joined()
    return "<path class=\"line\" d=\"M\(px(places[0].column)) \(px(places[0].row))\(steps)\"/>"
  }

  private func errorBar(_ point: Plot.Point, _ frame: Frame) -> String? {
    guard let low = point.low, let high = point.high, low.isFinite, high.isFinite, high > low
    else { return nil }
    let column = frame.column(point.x)
    let ends = (px(frame.row(low)), px(frame.row(high)))
    let caps = (px(column - 3), px(column + 3))
    return "<path class=\"bar\" d=\"M\(px(column)) \(ends.0)V\(ends.1)"
      + "M\(caps.0) \(ends.0)H\(caps.1)M\(caps.0) \(ends.1)H\(caps.1)\"/>"
  }

  private func bandPath(_ shown: [Plot.Point], _ frame: Frame) -> String {
    let ends = shown.compactMap { point -> (Double, Double, Double)? in
      guard let low = point.low, let high = point.high, frame.y.axis.admits(high),
        low.isFinite
      else { return nil }
      return (frame.column(point.x), frame.row(low), frame.row(high))
    }
    guard ends.count > 1 else { return "" }
    let upper = ends.map { "\(px($0.0)) \(px($0.2))" }
    let lower = ends.reversed().map { "\(px($0.0)) \(px($0.1))" }
    return "<path class=\"band\" d=\"M\((upper + lower).joined(separator: "L"))Z\"/>"
  }
}

extension Plot.Series {
  /// A sample of the style for the legend, 20 px wide.
  func sample(x: Double, y: Double) -> String {
    let line = "d=\"M\(px(x)) \(px(y))h20\""
    let dot = "cx=\"\(px(x + 10))\" cy=\"\(px(y))\" r=\"3.5\""
    switch style {
    case .line, .step: return "<path class=\"line\" \(line)/>"
    case .dashed: return "<path class=\"line dashed\" \(line)/>"
    case .dots: return "<circle class=\"dot\" \(dot)/>"
    case .bars: return Legend.swatch(x: x, y: y, kind: "pillar")
    case .rings: return "<circle class=\"ring\" \(dot)/>"
    case .lineAndDots: return "<path class=\"line\" \(line)/><circle class=\"dot\" \(dot)/>"
    }
  }
}
