import ArgumentParser
import Experiments
import Foundation
import Reports

struct ReportCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make the page of a measured run; several runs become a table of seeds.",
    discussion: """
      Examples:
        phyworld report runs/a
        phyworld report runs/seed-0 runs/seed-1     page of the first, table of both
        phyworld report runs/a --figures figures    also the figures as SVG, tables
                                                    as Markdown and CSV
      """)

  @Argument(help: "Folders of measured runs; the first one's page is made.")
  var runs: [String]

  @Option(help: "Also write figures (SVG) and tables (Markdown, CSV) into this folder.")
  var figures: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if runs.isEmpty { throw ValidationError("name the folder of a measured run") }
  }

  func execute() throws {
    let folders = runs.map { RunFolder(URL(fileURLWithPath: $0)) }
    let content = try RunReport.content(of: folders[0], others: Array(folders.dropFirst()))
    try HTMLReport(content).write(to: folders[0].report)
    if let figures { try RunReport.writeFigures(content, to: URL(fileURLWithPath: figures)) }
    try Results.show(content.metrics, content, json: global.json, quiet: global.quiet)
    if !global.quiet { Terminal.line("report: \(folders[0].report.path)") }
  }
}
