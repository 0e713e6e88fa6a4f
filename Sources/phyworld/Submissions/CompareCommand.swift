import ArgumentParser
import Foundation
import Submissions

struct CompareCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two evaluations scene by scene.",
    discussion: """
      Differences are means over the scenes that both scored, with paired bootstrap intervals.

      Examples:
        phyworld compare a-evaluation b-evaluation
        phyworld compare a-evaluation b-evaluation --measure track_error --output a-against-b
      """)

  @Argument(help: "The folder of the first evaluation.")
  var first: String

  @Argument(help: "The folder of the second evaluation.")
  var second: String

  @Option(help: "Show this measure (several times for several); else the headline and official ones.")
  var measure: [String] = []

  @Option(help: "Also write comparison.json, .csv and .md with all measures into this folder.")
  var output: String?

  @Option(help: "Threads; 0 means all cores.")
  var threads = 0

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let comparison = try PairedComparison(
      first: URL(fileURLWithPath: first), second: URL(fileURLWithPath: second),
      threads: threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount)
    if let output { try comparison.write(to: URL(fileURLWithPath: output)) }
    if global.json { try Terminal.result(json: comparison) }
    guard !global.quiet else { return }
    Terminal.write(comparison.table(measures: measure.isEmpty ? nil : measure).text)
    if comparison.onlyFirst + comparison.onlySecond > 0 {
      Terminal.line(
        "left out: \(comparison.onlyFirst) scenes that only the first scored, "
          + "\(comparison.onlySecond) that only the second scored")
    }
  }
}
