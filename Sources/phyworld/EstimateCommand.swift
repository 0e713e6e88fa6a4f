import ArgumentParser
import Experiments
import Foundation
import Models
import Tensors
import Training

struct EstimateCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "What a training will cost here: weights, operations, memory, time.",
    discussion: """
      Does a little of everything that 'phyworld train' would do with the same
      settings, and multiplies. Nothing is kept. --model S without a configuration
      means the paper's training of that size on its latents: batch 256, 100,000
      steps.

      Examples:
        phyworld estimate                       the laptop's run
        phyworld estimate my.yaml --set optimization.batch=128
        phyworld estimate --model S --batch 16 --steps 1000 --json
        phyworld estimate Configurations/autoencoder-64.yaml

      With --json: parameters, flops_per_step, memory_bytes, seconds, and the parts.
      """)

  @Argument(help: "A YAML file; without one the scale's preset is used.")
  var file: String?

  @OptionGroup var options: RunOptions
  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "A size: \(ModelSize.allCases.map(\.rawValue).joined(separator: ", "))."
    ))
  var model: ModelSize?

  @Option(help: "Videos per step.")
  var batch: Int?

  @Option(help: "Steps of the whole training.")
  var steps: Int?

  func validate() throws {
    for (name, value) in [("batch", batch), ("steps", steps)] {
      if let value, value < 1 { throw ValidationError("--\(name) \(value): must be at least 1") }
    }
  }

  func execute() throws {
    let estimate = try found()
    if global.json { return try Terminal.result(json: estimate) }
    for line in estimate.lines { Terminal.line(line) }
  }

  private func found() throws -> TrainingEstimate {
    let stage = EstimateStage(observer: global.observer)
    let url = file.map { URL(fileURLWithPath: $0) }
    if let url, try SpatialAutoencoderRun.describes(url) {
      let run = try SpatialAutoencoderRun.load(url, overrides: options.overrides)
      useThreads(options.threads ?? run.threads)
      try useDevice(options.device ?? .cpu)
      return try stage.estimate(run)
    }
    if let url, try AutoencoderRun.describes(url) {
      let run = try AutoencoderRun.load(url, overrides: options.overrides)
      useThreads(options.threads ?? run.threads)
      try useDevice(options.device ?? .cpu)
      return try stage.estimate(run.training, run.loop)
    }
    if let model, url == nil, !options.isExplicit {
      useThreads(options.threads ?? 0)
      try useDevice(options.device ?? .cpu)
      var transformer = VideoDiTConfiguration.paper(.small)
      transformer.resize(to: model)
      var training = DiffusionTraining.paper(transformer)
      training.batch = batch ?? training.batch
      return try stage.estimate(training, steps: steps ?? 100_000)
    }
    var configuration = try options.configuration(url)
    if let model {
      (configuration.model.depth, configuration.model.width, configuration.model.heads) =
        model.shape
    }
    configuration.optimization.batch = batch ?? configuration.optimization.batch
    configuration.loop.steps = steps ?? configuration.loop.steps
    try configuration.validate()
    useThreads(configuration.threads)
    try useDevice(configuration.device)
    return try stage.estimate(configuration)
  }
}

extension ModelSize: ExpressibleByArgument {
  /// Reads `S`, `DiT-S` or `nano`.
  public init?(argument: String) {
    self.init(rawValue: argument.hasPrefix("DiT-") ? String(argument.dropFirst(4)) : argument)
  }
}
