import Foundation

/// A page as one HTML file that needs nothing else: no network, no scripts, no other files.
///
/// Videos, filmstrips and figures are inside it; it follows the reader's light or dark setting and
/// fits a phone. A content policy in its head forbids the browser to fetch anything.
public struct HTMLPage: Sendable {
  /// What the page is about, above the title.
  let kicker: String
  /// The heading.
  let title: String
  /// A line under the heading; may be empty.
  let summary: String
  /// HTML of the sections, in reading order.
  let sections: [String]
  /// Style that only this kind of page needs.
  var style = ""
  /// The page above this one as seen from it, such as `../index.html`.
  var above: String?

  /// The whole page.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <title>\(escaped(title))</title>
    <style>
    \(Stylesheet.page)\(style)
    </style>
    </head>
    <body>
    <header>
    <p class="kicker">\(wayUp)\(escaped(kicker))</p>
    <h1>\(escaped(title))</h1>
    \(summary.isEmpty ? "" : "<p class=\"summary\">\(escaped(summary))</p>")
    </header>
    <main>
    \(sections.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private var wayUp: String {
    above.map { "<a href=\"\(escaped($0))\">All experiments</a> · " } ?? ""
  }

  /// Writes the page under a temporary name and renames it, so that no half file is ever seen.
  ///
  /// - Throws: ``ReportError/cannotWrite(file:cause:)``
  public func write(to url: URL) throws {
    do {
      try Data(html.utf8).write(to: url, options: .atomic)
    } catch {
      throw ReportError.cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }

  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:"
}

/// The parts that pages are made of.
enum PageParts {
  static func section(_ identifier: String, _ title: String, _ parts: [String]) -> String {
    "<section id=\"\(identifier)\">\n<h2>\(escaped(title))</h2>\n"
      + parts.joined(separator: "\n") + "\n</section>"
  }

  /// The figure twice: text stays legible on a phone only in a drawing made for that width.
  static func figure(
    _ plot: Plot, _ identifier: String, _ caption: String, height: Double = 420
  ) -> String {
    """
    <figure>
    <div class="wide">\(plot.svg(width: 720, height: height, identifier: identifier))</div>
    <div class="narrow">\(plot.svg(width: 360, height: min(height, 340), identifier: identifier + "n"))</div>
    <figcaption>\(escaped(caption))</figcaption>
    </figure>
    """
  }

  /// A finding in large print with what belongs to it; `kind` colours its edge.
  static func finding(_ kind: String, _ sentence: String, _ details: [String]) -> String {
    """
    <section class="answer \(kind)" id="answer">
    <p class="finding">\(escaped(sentence))</p>
    \(details.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
    </section>
    """
  }

  static func clip(_ clip: ReportClip) -> String {
    let video =
      clip.mp4.isEmpty
      ? ""
      : "<video controls autoplay loop muted playsinline preload=\"auto\" "
        + "aria-label=\"\(escaped(clip.label))\" "
        + "src=\"data:video/mp4;base64,\(clip.mp4.base64EncodedString())\"></video>"
    let strip =
      clip.filmstrip.isEmpty
      ? ""
      : "<img alt=\"Filmstrip: \(escaped(clip.label))\" "
        + "src=\"data:image/png;base64,\(clip.filmstrip.base64EncodedString())\">"
    return "<figure class=\"clip\">\(video)<figcaption><strong>\(escaped(clip.label))</strong>"
      + "\(escaped(clip.caption))\(strip)</figcaption></figure>"
  }

  static func list(_ entries: [ReportContent.Entry]) -> String {
    let items = entries.map { "<dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd>" }
    return "<dl>\(items.joined(separator: "\n"))</dl>"
  }
}
