/// Text made safe for HTML and SVG, in content and in quoted attributes.
public func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // Control characters are not allowed in HTML at all; tab and line breaks are.
    case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text made safe for Markdown: what would begin markup, a link or HTML is escaped, line breaks and
/// control characters become spaces.
public func escapedMarkdown(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "(", ")", "!", "#", "|", "~", "$":
      result += "\\\(scalar)"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\u{0}"..."\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}": result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text made safe for LaTeX: its ten special characters are escaped, the dashes of numbers become
/// LaTeX's, control characters become spaces.
public func escapedLaTeX(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&", "%", "$", "#", "_", "{", "}": result += "\\\(scalar)"
    case "~": result += "\\textasciitilde{}"
    case "^": result += "\\textasciicircum{}"
    case "\\": result += "\\textbackslash{}"
    case "−": result += "$-$"
    case "–": result += "--"
    case "\u{0}"..."\u{1F}", "\u{7F}": result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text made safe for a cell that a spreadsheet opens: what it would take for a formula gets an
/// apostrophe in front.
public func escapedSpreadsheet(_ text: String) -> String {
  guard let first = text.first, "=+-@\t\r".contains(first) else { return text }
  return "'" + text
}
