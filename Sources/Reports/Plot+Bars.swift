extension Plot {
  /// The series with those that would cover each other moved apart: on an axis of names, bars stand
  /// beside bars, and dots with intervals beside dots.
  var dodged: [Placed] {
    guard !x.names.isEmpty else {
      return series.map { Placed(series: $0, shift: 0, width: barWidth($0)) }
    }
    let bars = series.indices.filter { series[$0].style == .bars }
    let marks = series.indices.filter { [.dots, .rings].contains(series[$0].style) }
    return series.indices.map { index in
      let group = series[index].style == .bars ? bars : marks
      guard let place = group.firstIndex(of: index) else {
        return Placed(series: series[index], shift: 0, width: 0)
      }
      let width = 0.8 / Double(group.count)
      return Placed(
        series: series[index], shift: (Double(place) + 0.5) * width - 0.4, width: width * 0.9)
    }
  }

  /// Nine tenths of the least distance between two bars.
  private func barWidth(_ series: Series) -> Double {
    guard series.style == .bars else { return 0 }
    let places = Set(series.points.map(\.x)).filter(\.isFinite).sorted()
    return 0.9 * (zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? 1)
  }

  /// A series where it is drawn.
  struct Placed {
    let series: Series
    let shift, width: Double

    func svg(in frame: Frame, clip: String) -> String {
      var moved = series
      for index in moved.points.indices { moved.points[index].x += shift }
      return moved.svg(in: frame, clip: clip, barWidth: width)
    }
  }
}

extension Plot.Series {
  func pillars(_ shown: [Plot.Point], _ frame: Frame, width: Double) -> String {
    let base = frame.y.axis.scale == .log ? frame.bottom : frame.row(0)
    return shown.map { point in
      let ends = (frame.column(point.x - width / 2), frame.column(point.x + width / 2))
      let row = frame.row(point.y)
      let title = point.note.isEmpty ? "" : "<title>\(escaped(point.note))</title>"
      return "<rect class=\"pillar\" x=\"\(px(ends.0))\" y=\"\(px(min(row, base)))\" "
        + "width=\"\(px(max(ends.1 - ends.0, 1)))\" height=\"\(px(abs(row - base)))\">\(title)</rect>"
    }.joined()
  }
}
