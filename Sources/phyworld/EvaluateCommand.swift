import ArgumentParser
import Experiments
import Foundation
import Reports

struct EvaluateCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a run's generated videos against the law, beside four floors.",
    discussion: """
      Writes RUN/metrics.json, scores.jsonl and floors/.

      Examples:
        phyworld evaluate runs/a
        phyworld evaluate runs/a --json | python3 -m json.tool
      """)

  @Argument(help: "The folder of a run with samples.")
  var run: String

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let folder = RunFolder(URL(fileURLWithPath: run))
    let configuration = try folder.configuration()
    useThreads(configuration.threads)
    let metrics = try EvaluateStage(folder, configuration, observer: global.observer)()
    if global.json { Terminal.result(try metrics.json()) }
    if !global.quiet { Terminal.line(MetricsTables(metrics).errors.text) }
  }
}
