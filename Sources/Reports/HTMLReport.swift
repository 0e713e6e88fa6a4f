import Foundation

/// A run's report as one HTML file; see ``HTMLPage``.
public struct HTMLReport: Sendable {
  private let content: ReportContent

  /// A report of some content.
  public init(_ content: ReportContent) { self.content = content }

  /// The page.
  private var page: HTMLPage {
    HTMLPage(
      kicker: content.scenario, title: content.title, summary: content.summary,
      sections: ReportSections(content).all)
  }

  /// The whole page.
  public var html: String { page.html }

  /// Writes the page under a temporary name and renames it, so that no half file is ever seen.
  public func write(to url: URL) throws { try page.write(to: url) }
}
