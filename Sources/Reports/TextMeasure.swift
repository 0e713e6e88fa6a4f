/// How wide text is: SVG cannot be asked for it without a browser, so it is estimated.
///
/// The widths are those of DejaVu Sans, the widest of the fonts that the figures ask for; in the
/// others text takes less room than it is given.
enum TextMeasure {
  /// Size of the figures' text, px.
  static let size = 12.5

  /// The width of one line, px.
  static func width(_ text: String, size: Double = size) -> Double {
    text.reduce(0) { $0 + share(of: $1) } * size
  }

  private static func share(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", "'", "|": 0.29
    case " ", ".", ",", ":", ";", "/", "\\": 0.33
    case "f", "r", "t", "(", ")", "[", "]", "!", "-": 0.4
    case "c", "k", "s", "v", "x", "y", "z": 0.57
    case "m", "w", "M", "W", "%", "@", "—", "…", "→": 1
    case "A"..."Z", "<", ">", "=", "+", "×", "≥", "≤", "−", "±": 0.76
    default: 0.64
    }
  }

  /// The text in lines of at most `width` px, broken between words; a longer word is cut.
  ///
  /// - Parameter limit: the most lines; what does not fit ends in an ellipsis.
  static func lines(
    _ text: String, width: Double, limit: Int = 4, size: Double = size
  ) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, Self.width("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    if lines.count > limit {
      lines = Array(lines.prefix(limit - 1)) + [lines[(limit - 1)...].joined(separator: " ")]
    }
    return lines.map { cut($0, to: width, size: size) }
  }

  /// A line that fits, with an ellipsis for what does not.
  static func cut(_ line: String, to width: Double, size: Double = size) -> String {
    guard Self.width(line, size: size) > width, line.count > 1 else { return line }
    var kept = line
    while kept.count > 1, Self.width(kept + "…", size: size) > width { kept.removeLast() }
    return kept + "…"
  }
}
