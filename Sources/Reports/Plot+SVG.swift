import Foundation

extension Plot {
  /// The figure as an SVG element for an HTML page, which supplies `Stylesheet.plot`.
  ///
  /// - Parameters:
  ///   - width: Width in px at which text has its nominal size.
  ///   - height: Height of the whole figure.
  ///   - identifier: Unique within the page; letters and digits.
  public func svg(width: Double = 720, height: Double = 420, identifier: String = "plot") -> String
  {
    element(width: width, height: height, identifier: identifier, head: "")
  }

  /// The figure as a file of its own, readable on light and dark.
  public func svgFile(width: Double = 720, height: Double = 420) -> String {
    let style = "<style>\(Stylesheet.file)</style>"
    return element(
      width: width, height: height, identifier: "plot",
      head: style, attributes: " xmlns=\"http://www.w3.org/2000/svg\"") + "\n"
  }

  private func element(
    width: Double, height: Double, identifier: String, head: String, attributes: String = ""
  ) -> String {
    [
      "<svg class=\"plot\"\(attributes) viewBox=\"0 0 \(px(width)) \(px(height))\" role=\"img\" "
        + "aria-label=\"\(escaped(title))\">",
      head, content(width: width, height: height, identifier: identifier), "</svg>",
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The drawing without its SVG element, which is of that size.
  ///
  /// - Parameter top: Height that is left free above it.
  func content(width: Double, height: Double, identifier: String, top: Double = 0) -> String {
    let layout = PlotLayout(self, width: width, height: height, top: top)
    let frame = layout.frame
    let clip = "clip-\(identifier)"
    var parts = [
      "<defs><clipPath id=\"\(clip)\"><rect x=\"\(px(frame.left))\" y=\"\(px(frame.top))\" "
        + "width=\"\(px(frame.width))\" height=\"\(px(frame.height))\"/></clipPath></defs>"
    ]
    parts += shades.map { $0.area(in: frame, kind: shadeName.isEmpty ? "shade" : "trained") }
    parts += [frame.gridAndTicks(), layout.placeNames]
    parts += shades.map { $0.name(in: frame) }
    parts += dodged.map { $0.svg(in: frame, clip: clip) }
    parts += [layout.axisLabels, layout.legend.svg(left: 6, top: top)]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// A coordinate with at most one decimal: enough for the eye, and half the bytes.
func px(_ value: Double) -> String {
  let rounded = (value * 10).rounded() / 10
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}

/// The rectangle that data are drawn in, and its axes.
struct Frame {
  let left, right, top, bottom: Double
  let x, y: FittedAxis

  var width: Double { right - left }
  var height: Double { bottom - top }

  /// Pixel column of a value, unclipped but kept within reason for far outliers.
  func column(_ value: Double) -> Double { left + min(max(x.position(value), -2), 3) * width }

  /// Pixel row of a value.
  func row(_ value: Double) -> Double { bottom - min(max(y.position(value), -2), 3) * height }

  /// Whether a value lies outside the vertical range.
  func outside(_ value: Double) -> Bool { !(-0.0001...1.0001).contains(y.position(value)) }

  func gridAndTicks() -> String {
    var parts = ["<g class=\"grid\">"]
    var labels = ["<g class=\"tick\">"]
    for tick in y.ticks(about: max(4, Int(height / 55))) {
      let row = px(row(tick.value))
      let quiet = tick.label.isEmpty ? " class=\"minor\"" : ""
      parts.append("<path\(quiet) d=\"M\(px(left)) \(row)H\(px(right))\"/>")
      if !tick.label.isEmpty {
        labels.append(
          "<text x=\"\(px(left - 7))\" y=\"\(row)\" dy=\".34em\" text-anchor=\"end\">"
            + "\(escaped(tick.label))</text>")
      }
    }
    var free = -Double.infinity
    // Names need more room than numbers: the layout of the plot sets them.
    for tick in x.axis.names.isEmpty ? x.ticks(about: max(5, Int(width / 80))) : [] {
      let column = column(tick.value)
      let quiet = tick.label.isEmpty ? " class=\"minor\"" : ""
      parts.append("<path\(quiet) d=\"M\(px(column)) \(px(top))V\(px(bottom))\"/>")
      // A label is dropped where it would run into the one before it.
      let half = Double(tick.label.count) * 3.6
      guard !tick.label.isEmpty, column - half > free else { continue }
      free = column + half + 6
      labels.append(
        "<text x=\"\(px(column))\" y=\"\(px(bottom + 18))\" text-anchor=\"middle\">"
          + "\(escaped(tick.label))</text>")
    }
    parts.append("</g>")
    labels.append("</g>")
    let axes = "<path class=\"axis\" d=\"M\(px(left)) \(px(top))V\(px(bottom))H\(px(right))\"/>"
    return (parts + [axes] + labels).joined(separator: "\n")
  }

  func labels(x: String, y: String) -> String {
    let middle = px((top + bottom) / 2)
    return "<text class=\"label\" x=\"\(px((left + right) / 2))\" y=\"\(px(bottom + 38))\" "
      + "text-anchor=\"middle\">\(escaped(x))</text>"
      + "<text class=\"label\" transform=\"translate(14 \(middle)) rotate(-90)\" "
      + "text-anchor=\"middle\">\(escaped(y))</text>"
  }
}
