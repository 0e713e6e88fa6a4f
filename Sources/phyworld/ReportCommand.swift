import ArgumentParser
import Experiments
import Foundation
import Reports

struct ReportCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make the page of a measured run, of several, or over experiments' findings.",
    discussion: """
      Examples:
        phyworld report runs/a
        phyworld report runs/seed-0 runs/seed-1     page of the first, table of both
        phyworld report runs/a --figures figures    also the figures as SVG, tables
                                                    as Markdown and CSV
        phyworld report results/laptop              index.html and verdicts.md over
                                                    all findings below the folder
      """)

  @Argument(
    help: "Folders of measured runs; the first one's page is made. Or one folder of findings.")
  var runs: [String]

  @Option(help: "Also write figures (SVG) and tables (Markdown, CSV) into this folder.")
  var figures: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if runs.isEmpty { throw ValidationError("name the folder of a measured run") }
  }

  func execute() throws {
    if try wroteIndex() { return }
    let folders = runs.map { RunFolder(URL(fileURLWithPath: $0)) }
    let content = try RunReport.content(of: folders[0], others: Array(folders.dropFirst()))
    try HTMLReport(content).write(to: folders[0].report)
    if let figures { try RunReport.writeFigures(content, to: URL(fileURLWithPath: figures)) }
    try Results.show(content.metrics, content, json: global.json, quiet: global.quiet)
    if !global.quiet { Terminal.line("report: \(folders[0].report.path)") }
  }

  /// Makes the page over all findings below the only folder, if that is what it holds.
  private func wroteIndex() throws -> Bool {
    let folder = URL(fileURLWithPath: runs[0])
    guard runs.count == 1, figures == nil, !RunFolder(folder).isMeasured,
      let index = try? FindingIndex.read(folder), !index.entries.isEmpty
    else { return false }
    try index.save(in: folder)
    try index.linkPages(in: folder)
    for problem in index.problems { Terminal.line("left out: \(problem)") }
    if global.json {
      try Terminal.result(
        json: index.entries.map {
          ["experiment": $0.finding.experiment, "verdict": $0.finding.verdict.rawValue]
        })
    } else if !global.quiet {
      for entry in index.entries {
        Terminal.line("\(entry.folder): \(entry.finding.verdict.rawValue)")
      }
      Terminal.line("index: \(folder.appendingPathComponent("index.html").path)")
    }
    return true
  }
}
