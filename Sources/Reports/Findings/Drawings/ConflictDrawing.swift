import Findings

/// Two attributes against each other: four combinations, and arrows from what was given to what was
/// generated, as wide as the share of the videos that went there.
struct ConflictDrawing: DrawingBody {
  private let conflict: ConflictContent

  init(_ conflict: ConflictContent) { self.conflict = conflict }

  func height(width: Double) -> Double { width < 500 ? 400 : 440 }

  func content(width: Double, height: Double, identifier: String, top: Double) -> String {
    let grid = grid(width: width, height: height, top: top)
    let cells = (0...1).flatMap { row in (0...1).map { column in box(column, row, grid) } }
    let drawn = conflict.combinations.filter(Self.isInside).flatMap { arrows(from: $0, grid) }
    let names = [headings(grid), legend(width).svg(left: 6, top: top)]
    return (cells + drawn.map(\.shape) + drawn.map(\.label) + names).joined(separator: "\n")
  }

  /// Where the four boxes stand.
  private struct Grid {
    let left, top, width, height, gapX, gapY: Double

    /// Rows are counted upwards, as along an axis.
    func origin(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
      (left + Double(column) * (width + gapX), top + Double(1 - row) * (height + gapY))
    }

    func middle(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
      let origin = origin(column, row)
      return (origin.x + width / 2, origin.y + height / 2)
    }

    var bottom: Double { top + 2 * height + gapY }
    var right: Double { left + 2 * width + gapX }
  }

  private func grid(width: Double, height: Double, top: Double) -> Grid {
    let above = top + legend(width).height + 8
    let left = 48.0
    let wide = min(width - left - 8, 600)
    let (gapX, gapY) = width < 500 ? (86.0, 76.0) : (120, 92)
    return Grid(
      left: left, top: above, width: (wide - gapX) / 2, height: (height - above - 48 - gapY) / 2,
      gapX: gapX, gapY: gapY)
  }

  private func legend(_ width: Double) -> Legend {
    func arrow(_ color: Int) -> (Double, Double) -> String {
      { x, y in
        let tip = Arrow(from: (x, y), to: (x + 20, y), width: 5)
        return "<g class=\"c\(color)\"><path class=\"arrow\" d=\"\(tip.path)\"/></g>"
      }
    }
    return Legend(
      [
        .init("combination in training") { Legend.swatch(x: $0, y: $1, kind: "box known") },
        .init("from a new combination", arrow(2)), .init("from a trained one", arrow(0)),
      ], width: width - 12)
  }

  private static func isInside(_ combination: ConflictContent.Combination) -> Bool {
    (0...1).contains(combination.column) && (0...1).contains(combination.row)
  }

  /// The share of a combination's videos that ended somewhere; 0 where that is not known.
  private static func share(
    _ combination: ConflictContent.Combination, _ column: Int, _ row: Int
  ) -> Double {
    guard combination.outcomes.indices.contains(row),
      combination.outcomes[row].indices.contains(column)
    else { return 0 }
    let share = combination.outcomes[row][column]
    return share.isFinite ? min(max(share, 0), 1) : 0
  }

  // MARK: - Boxes

  private func box(_ column: Int, _ row: Int, _ grid: Grid) -> String {
    let (origin, middle) = (grid.origin(column, row), grid.middle(column, row))
    let given = conflict.combinations.first { $0.column == column && $0.row == row }
    let kind = given?.isTrained == true ? "box known" : "box"
    let rect =
      "<rect class=\"\(kind)\" x=\"\(px(origin.x))\" y=\"\(px(origin.y))\" rx=\"4\" "
      + "width=\"\(px(grid.width))\" height=\"\(px(grid.height))\"/>"
    guard let given else { return rect }
    let all = (0...1).flatMap { row in (0...1).map { Self.share(given, $0, row) } }.reduce(0, +)
    var lines = [(text: "no videos", kind: "")]
    if given.count > 0 {
      lines = [
        (Self.percent(Self.share(given, column, row)), "big"), ("of \(given.count) kept", ""),
      ]
      if all < 0.995 { lines.append(("\(Self.percent(1 - all)) neither", "")) }
    }
    let start = middle.y - Double(lines.count - 1) * 9
    let text = lines.enumerated().map { number, line in
      "<text\(line.kind.isEmpty ? "" : " class=\"\(line.kind)\"") x=\"\(px(middle.x))\" "
        + "y=\"\(px(start + Double(number) * 18))\" dy=\".34em\" text-anchor=\"middle\">"
        + "\(escaped(line.text))</text>"
    }
    return rect + text.joined()
  }

  private func headings(_ grid: Grid) -> String {
    let names = (columns: Self.two(conflict.columns), rows: Self.two(conflict.rows))
    let attributes = Self.two(conflict.attributes)
    let columns = (0...1).map { column in
      text(names.columns[column], x: grid.middle(column, 0).x, y: grid.bottom + 18, grid.width + 20)
    }
    let rows = (0...1).map { row in
      turned(names.rows[row], x: 40, y: grid.middle(0, row).y, grid.height + 20)
    }
    let titles = [
      text(
        attributes[0], x: (grid.left + grid.right) / 2, y: grid.bottom + 37, 300, kind: "label"),
      turned(attributes[1], x: 18, y: (grid.top + grid.bottom) / 2, 300, kind: "label"),
    ]
    return (columns + rows + titles).joined()
  }

  private static func two(_ names: [String]) -> [String] { Array((names + ["", ""]).prefix(2)) }

  private func text(
    _ text: String, x: Double, y: Double, _ width: Double, kind: String = "tick"
  ) -> String {
    "<text class=\"\(kind)\" x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"middle\">"
      + "\(escaped(TextMeasure.cut(text, to: width)))</text>"
  }

  private func turned(
    _ text: String, x: Double, y: Double, _ width: Double, kind: String = "tick"
  ) -> String {
    "<text class=\"\(kind)\" transform=\"translate(\(px(x)) \(px(y))) rotate(-90)\" "
      + "text-anchor=\"middle\">\(escaped(TextMeasure.cut(text, to: width)))</text>"
  }

  // MARK: - Arrows

  private func arrows(
    from given: ConflictContent.Combination, _ grid: Grid
  ) -> [(shape: String, label: String)] {
    (0...1).flatMap { row in (0...1).map { (column: $0, row: row) } }.compactMap { target in
      let share = Self.share(given, target.column, target.row)
      guard share > 0, target.column != given.column || target.row != given.row else { return nil }
      let lane = lane(from: (given.column, given.row), to: target, grid)
      let arrow = Arrow(from: lane.from, to: lane.to, width: 1.5 + 17 * share)
      let note =
        "\(name(given.column, given.row)) became \(name(target.column, target.row)): "
        + "\(Self.percent(share)) of \(given.count) videos"
      return (
        "<g class=\"c\(given.isTrained ? 0 : 2)\"><path class=\"arrow\" d=\"\(arrow.path)\">"
          + "<title>\(escaped(note))</title></path></g>",
        "<text class=\"share\" x=\"\(px(lane.label.x))\" y=\"\(px(lane.label.y))\" dy=\".34em\" "
          + "text-anchor=\"\(lane.anchor)\">\(escaped(Self.percent(share)))</text>"
      )
    }
  }

  /// An arrow's way: each has its own, beside the one that comes back.
  private func lane(
    from: (column: Int, row: Int), to: (column: Int, row: Int), _ grid: Grid
  ) -> (
    from: (x: Double, y: Double), to: (x: Double, y: Double), label: (x: Double, y: Double),
    anchor: String
  ) {
    let (start, end) = (grid.middle(from.column, from.row), grid.middle(to.column, to.row))
    let inset = 12.0
    if from.row == to.row {
      // Above on the way right, below on the way back.
      let side = to.column > from.column ? 1.0 : -1
      let y = start.y - side * 24
      let reach = grid.width / 2 - inset
      return (
        (start.x + side * reach, y), (end.x - side * reach, y),
        ((start.x + end.x) / 2, y - side * 20), "middle"
      )
    }
    if from.column == to.column {
      // Left on the way up, right on the way down.
      let side = to.row > from.row ? -1.0 : 1
      let x = start.x + side * 24
      let reach = grid.height / 2 - inset
      return (
        (x, start.y + side * reach), (x, end.y - side * reach),
        (x + side * 14, (start.y + end.y) / 2), side < 0 ? "end" : "start"
      )
    }
    // Between opposite corners, through the middle.
    let across = to.column > from.column ? 1.0 : -1
    let down = to.row > from.row ? -1.0 : 1
    let away = 9.0 * across
    let first = (
      x: start.x + across * (grid.width / 2 - 4) - away * 0.6,
      y: start.y + down * (grid.height / 2 - 4) + away * down * across * 0.6
    )
    let last = (
      x: end.x - across * (grid.width / 2 - 4) - away * 0.6,
      y: end.y - down * (grid.height / 2 - 4) + away * down * across * 0.6
    )
    // In the free middle, above or below the line's beginning.
    return (
      first, last, (first.x + across * 14, first.y - down * 5), across > 0 ? "start" : "end"
    )
  }

  private func name(_ column: Int, _ row: Int) -> String {
    let names = [Self.two(conflict.columns)[column], Self.two(conflict.rows)[row]]
    return names.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A share in whole percent; one that is not nothing is never written as nothing.
  private static func percent(_ share: Double) -> String {
    let whole = (share * 100).rounded()
    if share > 0, whole == 0 { return "< 1 %" }
    if share < 1, whole == 100 { return "> 99 %" }
    return "\(Int(whole)) %"
  }
}

/// An arrow as one filled outline.
struct Arrow {
  let from, to: (x: Double, y: Double)
  let width: Double

  /// The outline; the head takes at most half of the length.
  var path: String {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 0.001)
    let along = (x: dx / length, y: dy / length)
    let across = (x: -along.y, y: along.x)
    let half = width / 2
    let head = min(7 + width * 0.7, length / 2)
    let wing = half + 3.5 + width * 0.12
    func corner(_ distance: Double, _ offset: Double) -> String {
      let x = from.x + along.x * distance + across.x * offset
      let y = from.y + along.y * distance + across.y * offset
      return "\(px(x)) \(px(y))"
    }
    let corners = [
      corner(0, half), corner(length - head, half), corner(length - head, wing),
      corner(length, 0), corner(length - head, -wing), corner(length - head, -half),
      corner(0, -half),
    ]
    return "M\(corners.joined(separator: "L"))Z"
  }
}
