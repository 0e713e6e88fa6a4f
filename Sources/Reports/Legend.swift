/// The names of what a figure shows, laid out in rows above it.
struct Legend {
  /// A name with a sample.
  struct Entry {
    let name: String
    /// The sample, 20 px wide, from its left end and middle height.
    let sample: (_ x: Double, _ y: Double) -> String

    init(_ name: String, _ sample: @escaping (Double, Double) -> String) {
      self.name = name
      self.sample = sample
    }
  }

  private let places: [(entry: Entry, lines: [String], x: Double, y: Double)]
  /// Height of all rows with the space below them.
  let height: Double

  private static let rowHeight = 20.0

  /// Lays the entries out in rows of a width; a name that is longer is broken into lines.
  init(_ entries: [Entry], width: Double) {
    var places: [(entry: Entry, lines: [String], x: Double, y: Double)] = []
    var (x, y, rows) = (0.0, 0.0, 1.0)
    for entry in entries {
      let lines = TextMeasure.lines(entry.name, width: width - 30, limit: 3)
      let length = 26 + (lines.map { TextMeasure.width($0) }.max() ?? 0)
      if x > 0, x + length > width {
        (x, y, rows) = (0, y + rows * Self.rowHeight, 1)
      }
      places.append((entry, lines, x, y))
      rows = max(rows, Double(lines.count))
      x += length + 16
    }
    self.places = places
    height = places.isEmpty ? 4 : y + rows * Self.rowHeight + 6
  }

  func svg(left: Double, top: Double = 0) -> String {
    places.map { place in
      let (x, y) = (left + place.x, top + 12 + place.y)
      let lines = place.lines.enumerated().map { number, line in
        "<text class=\"legend\" x=\"\(px(x + 26))\" y=\"\(px(y + Double(number) * 17))\" "
          + "dy=\".34em\">\(escaped(line))</text>"
      }
      return place.entry.sample(x, y) + lines.joined()
    }.joined()
  }

  /// A filled sample, such as that of a trained range.
  static func swatch(x: Double, y: Double, kind: String = "trained") -> String {
    "<rect class=\"\(kind)\" x=\"\(px(x))\" y=\"\(px(y - 6))\" width=\"20\" height=\"12\"/>"
  }
}
