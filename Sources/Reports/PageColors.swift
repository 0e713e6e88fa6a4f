import Foundation

/// The colours of pages and figures by role, for light and for dark.
///
/// The series colours c1 to c5 stay apart for readers who see few colours; c0 is the quiet grey.
struct PageColors {
  /// Names of roles with their colours, in a fixed order.
  let colors: [(role: String, value: String)]

  static let light = PageColors(colors: [
    ("paper", "#fdfdfc"), ("ink", "#1d2125"), ("soft", "#5d666e"), ("rule", "#d9dcdf"),
    ("grid", "#e8eaec"), ("shade", "#eef3f8"), ("panel", "#f5f6f7"), ("trained", "#dfeaf6"),
    ("c0", "#7d868e"), ("c1", "#1a62a8"), ("c2", "#c4571b"), ("c3", "#2c8566"),
    ("c4", "#7a4f9e"), ("c5", "#a88a12"),
  ])
  static let dark = PageColors(colors: [
    ("paper", "#15181b"), ("ink", "#e4e7ea"), ("soft", "#9ba4ac"), ("rule", "#363c42"),
    ("grid", "#272c31"), ("shade", "#1d2833"), ("panel", "#1d2125"), ("trained", "#22364a"),
    ("c0", "#8b949c"), ("c1", "#69aee8"), ("c2", "#f0905a"), ("c3", "#5cc49c"),
    ("c4", "#b896dc"), ("c5", "#d9bd4c"),
  ])

  /// The colours as custom properties, for pages.
  var declarations: String {
    colors.map { "--\($0.role): \($0.value);" }.joined(separator: " ")
  }

  /// A style with every colour written out, for programs that know no custom properties: most of
  /// those that draw SVG files.
  ///
  /// A rule that uses the colour of its series, `var(--c)`, becomes one for each series colour.
  func writtenOut(_ style: String) -> String {
    let rules = style.split(separator: "}").map { $0.split(separator: "{", maxSplits: 1) }
    let written = rules.flatMap { rule -> [String] in
      guard rule.count == 2 else { return [] }
      let selector = rule[0].trimmingCharacters(in: .whitespacesAndNewlines)
      let body = String(rule[1])
      if body.contains("--c:") { return [] }
      guard body.contains("var(--c)") else { return ["\(selector) {\(body)}"] }
      return (0...5).map { number in
        let scoped = selector.replacing(".plot ", with: ".plot .c\(number) ")
        return "\(scoped) {\(body.replacing("var(--c)", with: "var(--c\(number))"))}"
      }
    }
    return colors.reduce(written.joined(separator: "\n")) { text, color in
      text.replacing("var(--\(color.role))", with: color.value)
    }
  }
}
