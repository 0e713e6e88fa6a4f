import ArgumentParser
import Datasets
import Experiments
import Foundation
import Submissions
import Tensors

struct SampleCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Let a trained model continue evaluation videos.",
    discussion: """
      Writes lossless mp4 files under RUN/samples/steps-N/LEVEL; levels that are
      there stay. With --split, continues the scenes of any named set instead, in
      the folder that 'phyworld evaluate --videos' takes.

      Examples:
        phyworld sample runs/a
        phyworld sample runs/a --level id --level v_high
        phyworld sample runs/a --split collision/eval --count 200 --output videos/a
      """)

  @Argument(help: "The folder of a trained run.")
  var run: String

  @Option(
    help: ArgumentHelp(
      "Only this level: \(EvaluationLevel.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "level"))
  var level: [EvaluationLevel] = []

  @Option(help: ArgumentHelp("A set of 'phyworld data list'.", valueName: "name"))
  var split: String?

  @Option(help: "With --split: this many scenes, spread over the set; all unless given.")
  var count: Int?

  @Option(name: .customLong("scene-seed"), help: "With --split: the seed of its scenes.")
  var sceneSeed: UInt64 = 0

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "With --split: the folder of videos; RUN/samples/sets/NAME unless given.",
      valueName: "folder"))
  var output: String?

  @Option(help: "Device: cpu, cuda, cuda:1, … or auto; the run's own unless given.")
  var device: DeviceChoice?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count \(count): give 1 or more") }
    if split == nil, count != nil || output != nil {
      throw ValidationError("--count and --output belong to --split: name a set")
    }
    if split != nil, !level.isEmpty {
      throw ValidationError("--level and --split exclude each other")
    }
  }

  func execute() throws {
    Interruption.listen()
    let folder = RunFolder(URL(fileURLWithPath: run))
    let configuration = try folder.configuration()
    useThreads(configuration.threads)
    try useDevice(device ?? configuration.device)
    if let split {
      let scenes = try AskedSets.scenes(named: split, seed: sceneSeed, count: count)
      let target = output.map { URL(fileURLWithPath: $0) } ?? folder.setSamples(split)
      try SplitSampleStage(folder, configuration, observer: global.observer) {
        Interruption.isRequested
      }(scenes, into: target)
      if !global.quiet { Terminal.line("samples: \(target.path)") }
      return
    }
    try SampleStage(folder, configuration, observer: global.observer) { Interruption.isRequested }(
      levels: level.isEmpty ? EvaluationLevel.allCases : level)
    if !global.quiet { Terminal.line("samples: \(folder.samples.path)") }
  }
}

extension EvaluationLevel: ExpressibleByArgument {}
