import ArgumentParser
import Datasets
import Experiments
import Foundation
import Tensors

struct SampleCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Let a trained model continue evaluation videos.",
    discussion: """
      Writes lossless mp4 files under RUN/samples/steps-N/LEVEL; levels that are there stay.

      Examples:
        phyworld sample runs/a
        phyworld sample runs/a --level id --level v_high
      """)

  @Argument(help: "The folder of a trained run.")
  var run: String

  @Option(
    help: ArgumentHelp(
      "Only this level: \(EvaluationLevel.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "level"))
  var level: [EvaluationLevel] = []

  @Option(help: "Device: cpu, cuda, cuda:1, … or auto; the run's own unless given.")
  var device: DeviceChoice?

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    Interruption.listen()
    let folder = RunFolder(URL(fileURLWithPath: run))
    let configuration = try folder.configuration()
    useThreads(configuration.threads)
    try useDevice(device ?? configuration.device)
    try SampleStage(folder, configuration, observer: global.observer) { Interruption.isRequested }(
      levels: level.isEmpty ? EvaluationLevel.allCases : level)
    if !global.quiet { Terminal.line("samples: \(folder.samples.path)") }
  }
}

extension EvaluationLevel: ExpressibleByArgument {}
