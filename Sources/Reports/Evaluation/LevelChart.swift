import Foundation
import Measures

/// One measure level by level: a row each with mean, interval and floor over a logarithmic axis.
public struct LevelChart: Sendable {
  /// A level.
  public struct Row: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The model's mean with its interval.
    public var summary: Summary
    /// The mean of the truth by the same ruler; NaN where it was not measured.
    public var floor: Double

    /// A row from its parts.
    public init(_ name: String, _ summary: Summary, floor: Double = .nan) {
      self.name = name
      self.summary = summary
      self.floor = floor
    }
  }

  /// What is shown, with its unit.
  public var label: String
  /// From top to bottom.
  public var rows: [Row]

  /// A chart of some levels.
  public init(_ label: String, rows: [Row]) {
    self.label = label
    self.rows = rows
  }

  private static let rowHeight = 26.0

  /// The chart as an SVG element for a page, which supplies `Stylesheet.plot`.
  public func svg(width: Double = 720) -> String {
    let longest = rows.map { Double($0.name.count) * 6.8 + 12 }.max() ?? 60
    let (top, height) = (34.0, Double(rows.count) * Self.rowHeight)
    let frame = Frame(
      left: min(longest, width * 0.4), right: width - 14, top: top, bottom: top + height,
      x: Axis(label, scale: .log).fitted(to: values),
      y: Axis("", range: 0...Double(max(rows.count, 1)), ticks: []).fitted(to: []))
    let legend =
      "<g class=\"c1\"><circle class=\"dot\" cx=\"6\" cy=\"12\" r=\"3.5\"/></g>"
      + "<text class=\"legend\" x=\"16\" y=\"12\" dy=\".34em\">mean with 95 % interval</text>"
      + "<g class=\"c0\"><circle class=\"ring\" cx=\"186\" cy=\"12\" r=\"3.5\"/></g>"
      + "<text class=\"legend\" x=\"196\" y=\"12\" dy=\".34em\">the truth</text>"
    let marks = rows.enumerated().map {
      mark($1, at: top + (Double($0) + 0.5) * Self.rowHeight, frame)
    }
    return """
      <svg class="plot" viewBox="0 0 \(px(width)) \(px(top + height + 46))" role="img" \
      aria-label="\(escaped(label)) by level">
      \(legend)
      \(frame.gridAndTicks())
      \(marks.joined(separator: "\n"))
      \(frame.labels(x: label, y: ""))
      </svg>
      """
  }

  private var values: [Double] {
    rows.flatMap { [$0.summary.mean, $0.summary.low, $0.summary.high, $0.floor] }
  }

  private func mark(_ row: Row, at y: Double, _ frame: Frame) -> String {
    let axis = frame.x.axis
    var parts = [
      "<text class=\"label\" x=\"\(px(frame.left - 8))\" y=\"\(px(y))\" dy=\".34em\" "
        + "text-anchor=\"end\">\(escaped(row.name))</text>"
    ]
    if axis.admits(row.floor) {
      parts.append(
        "<g class=\"c0\"><circle class=\"ring\" cx=\"\(px(frame.column(row.floor)))\" "
          + "cy=\"\(px(y))\" r=\"3.5\"><title>\(escaped("the truth: \(Format.error(row.floor))"))"
          + "</title></circle></g>")
    }
    let summary = row.summary
    guard axis.admits(summary.mean) else { return parts.joined() }
    let note =
      "\(row.name): \(Format.error(summary.mean)) (\(Format.interval(summary))), "
      + "\(summary.count) videos"
    var drawing = ""
    if axis.admits(summary.low), axis.admits(summary.high), summary.high > summary.low {
      let (low, high) = (px(frame.column(summary.low)), px(frame.column(summary.high)))
      drawing =
        "<path class=\"bar\" d=\"M\(low) \(px(y))H\(high)"
        + "M\(low) \(px(y - 3))V\(px(y + 3))M\(high) \(px(y - 3))V\(px(y + 3))\"/>"
    }
    drawing +=
      "<circle class=\"dot\" cx=\"\(px(frame.column(summary.mean)))\" cy=\"\(px(y))\" r=\"3.5\">"
      + "<title>\(escaped(note))</title></circle>"
    parts.append("<g class=\"c1\">\(drawing)</g>")
    return parts.joined()
  }
}
