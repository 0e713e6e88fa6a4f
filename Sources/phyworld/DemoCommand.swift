import ArgumentParser
import Experiments
import Foundation
import Measures
import Models
import Reports

struct DemoCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The whole loop: simulate, train, generate, measure, report.",
    discussion: """
      Trains a video diffusion transformer on balls that move at speeds 1 to 4, lets
      it continue videos inside and outside that range, and says whether it learned
      the law of inertia.

      Examples:
        phyworld demo                        about eight minutes on two cores
        phyworld demo --scale quick          under a minute, errors whatever they are
        phyworld demo --seed 1
        phyworld demo --resume               go on after an interruption
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The run's folder (default: runs/uniform-motion-SCALE-seed-N).")
  var output: String?

  @Flag(help: "Go on with an interrupted run.")
  var resume = false

  @Option(help: "Further measured runs (other seeds) to show in the report.")
  var beside: [String] = []

  func execute() throws {
    let start = ContinuousClock.now
    Interruption.listen()
    let wanted = try options.configuration()
    try useDevice(wanted.device)
    let run = folder(wanted)
    let configuration = try RunPreparation.open(
      run, wanted, explicit: options.isExplicit, resume: resume)
    useThreads(configuration.threads)
    try useDevice(options.device ?? configuration.device)
    let observer = global.observer
    try TrainStage(run, configuration, observer: observer) { Interruption.isRequested }(
      resume: resume)
    try SampleStage(run, configuration, observer: observer) { Interruption.isRequested }()
    let metrics = try EvaluateStage(run, configuration, observer: observer)()
    let content = try RunReport.content(
      of: run, others: beside.map { RunFolder(URL(fileURLWithPath: $0)) })
    try HTMLReport(content).write(to: run.report)
    let usage = ResourceUsage(since: start)
    try AtomicFolder.write(json: usage, to: run.resourcesFile)
    try Results.show(metrics, content, json: global.json, quiet: global.quiet)
    if !global.quiet {
      Terminal.line("report: \(run.report.path)")
      Terminal.line(
        "done in \(Terminal.duration(usage.wallSeconds)), "
          + "peak memory \(usage.peakMemoryBytes / 1_000_000) MB")
    }
  }

  /// The named folder; else the run to resume, or the first free name.
  private func folder(_ configuration: RunConfiguration) -> RunFolder {
    if let output { return RunFolder(URL(fileURLWithPath: output)) }
    let base = "runs/uniform-motion-\(configuration.scale.rawValue)-seed-\(configuration.seed)"
    func candidate(_ number: Int) -> RunFolder {
      RunFolder(URL(fileURLWithPath: number == 1 ? base : "\(base)-\(number)"))
    }
    var number = 1
    while candidate(number).exists { number += 1 }
    return candidate(resume ? max(number - 1, 1) : number)
  }
}
