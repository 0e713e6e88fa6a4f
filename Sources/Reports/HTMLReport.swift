import Foundation
import Measures

/// A report as one HTML file that needs nothing else: no network, no scripts, no other files.
///
/// Videos, filmstrips and figures are inside it; it follows the reader's light or dark setting and
/// fits a phone. A content policy in its head forbids the browser to fetch anything.
public struct HTMLReport: Sendable {
  private let content: ReportContent

  /// A report of some content.
  public init(_ content: ReportContent) { self.content = content }

  /// The whole page.
  public var html: String {
    let sections = ReportSections(content)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <title>\(escaped(content.title))</title>
      <style>
      \(Stylesheet.page)
      </style>
      </head>
      <body>
      <header>
      <p class="kicker">\(escaped(content.scenario))</p>
      <h1>\(escaped(content.title))</h1>
      \(content.summary.isEmpty ? "" : "<p class=\"summary\">\(escaped(content.summary))</p>")
      </header>
      <main>
      \(sections.all.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// Writes the page under a temporary name and renames it, so that no half file is ever seen.
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

/// What stops a report.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file could not be written.
  case cannotWrite(file: String, cause: String)

  /// The sentence shown to the user, with the remedy.
  public var description: String {
    switch self {
    case .cannotWrite(let file, let cause):
      "cannot write the report to \(file): \(cause); check that the folder exists and has space"
    }
  }
}
