import Findings

/// An estimate with its interval against the threshold that decides.
struct ClaimDrawing {
  private let claim: ClaimResult

  /// The drawing of a claim.
  init(_ claim: ClaimResult) { self.claim = claim }

  /// An SVG element for a page; nil where there is nothing to draw.
  func svg(width: Double) -> String? {
    let (estimate, limit) = (claim.estimate, claim.threshold.value)
    guard estimate.value.isFinite, limit.isFinite else { return nil }
    let ends = [estimate.low, estimate.high].filter(\.isFinite)
    let values = ends + [estimate.value, limit]
    // Ratios far from their threshold are read off better by factors.
    let least = values.min() ?? 0
    let isWide = least > 0 && (values.max() ?? 0) / least > 20
    let spread = (values.max() ?? 0) - least
    let range = (least - spread * 0.12)...(values.max() ?? 0) + spread * 0.12
    let axis = Axis(
      "", scale: isWide ? .log : .linear, range: isWide || spread == 0 ? nil : range)
    let frame = Frame(
      left: 8, right: width - 8, top: 18, bottom: 40, x: axis.fitted(to: values),
      y: Axis("", range: 0...1, ticks: []).fitted(to: []))
    let middle = (frame.top + frame.bottom) / 2
    let column = frame.column(limit)
    let text = "holds if \(claim.threshold.text)"
    let half = TextMeasure.width(text) / 2
    let place = min(max(column, frame.left + half), frame.right - half)
    var parts = [
      frame.gridAndTicks(), side(frame, column),
      "<path class=\"limit\" d=\"M\(px(column)) \(px(frame.top))V\(px(frame.bottom))\"/>",
      "<text x=\"\(px(place))\" y=\"12\" text-anchor=\"middle\">\(escaped(text))</text>",
    ]
    if ends.count == 2 {
      parts.append(
        "<path class=\"reach\" d=\"M\(px(frame.column(estimate.low))) \(px(middle))"
          + "H\(px(frame.column(estimate.high)))\"/>")
    }
    parts.append(
      "<circle class=\"dot\" cx=\"\(px(frame.column(estimate.value)))\" cy=\"\(px(middle))\" "
        + "r=\"4.5\"/>")
    return "<svg class=\"plot\" viewBox=\"0 0 \(px(width)) 62\" role=\"img\" "
      + "aria-label=\"\(escaped(claim.effect))\"><g class=\"c\(Self.color(claim.verdict))\">"
      + parts.joined() + "</g></svg>"
  }

  /// The side on which the claim holds, shaded.
  private func side(_ frame: Frame, _ column: Double) -> String {
    let isAbove = if case .above = claim.threshold { true } else { false }
    let left = isAbove ? column : frame.left
    let right = isAbove ? frame.right : column
    guard right > left else { return "" }
    return "<rect class=\"trained\" x=\"\(px(left))\" y=\"\(px(frame.top))\" "
      + "width=\"\(px(right - left))\" height=\"\(px(frame.height))\"/>"
  }

  private static func color(_ verdict: ClaimVerdict) -> Int {
    switch verdict {
    case .holds: 3
    case .fails: 2
    case .undecided: 0
    }
  }
}
