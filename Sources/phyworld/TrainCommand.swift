import ArgumentParser
import Experiments
import Foundation
import Models

struct TrainCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model, or an autoencoder, from a configuration.",
    discussion: """
      Examples:
        phyworld train --scale laptop --output runs/a
        phyworld train my.yaml --output runs/b --set loop.steps=8000
        phyworld train --resume --output runs/b
        phyworld train Configurations/autoencoder-64.yaml --output runs/autoencoder
        phyworld train Configurations/autoencoder-128.yaml --output runs/spatial

      A configuration names only what differs from its scale; unknown keys are errors.
      """)

  @Argument(help: "A YAML file; without one the scale's preset is used.")
  var file: String?

  @OptionGroup var options: RunOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The run's folder.")
  var output: String

  @Flag(help: "Go on from the last checkpoint in --output.")
  var resume = false

  func execute() throws {
    Interruption.listen()
    let url = file.map { URL(fileURLWithPath: $0) }
    let folder = URL(fileURLWithPath: output)
    let saved = AutoencoderRun.file(in: folder)
    if resume, file == nil, FileManager.default.fileExists(atPath: saved.path) {
      return try trainAutoencoder(saved, folder)
    }
    let spatial = SpatialAutoencoderRun.file(in: folder)
    if resume, file == nil, FileManager.default.fileExists(atPath: spatial.path) {
      return try trainSpatialAutoencoder(spatial, folder)
    }
    if let url, try SpatialAutoencoderRun.describes(url) {
      return try trainSpatialAutoencoder(url, folder)
    }
    if let url, try AutoencoderRun.describes(url) { return try trainAutoencoder(url, folder) }
    let run = RunFolder(folder)
    let wanted = try options.configuration(url)
    try useDevice(wanted.device)
    let configuration = try RunPreparation.open(
      run, wanted, explicit: options.isExplicit || url != nil, resume: resume)
    useThreads(configuration.threads)
    try useDevice(options.device ?? configuration.device)
    try TrainStage(run, configuration, observer: global.observer) { Interruption.isRequested }(
      resume: resume)
    if !global.quiet { Terminal.line("trained: \(run.model.path)") }
  }

  private func trainAutoencoder(_ file: URL, _ folder: URL) throws {
    let run = try AutoencoderRun.load(file, overrides: options.overrides)
    useThreads(options.threads ?? run.threads)
    try useDevice(options.device ?? .cpu)
    if FileManager.default.fileExists(atPath: folder.path), !resume {
      throw RunError.alreadyThere(folder.path)
    }
    try run.save(in: folder)
    let stage = AutoencoderStage(
      folder: folder, training: run.training, loop: run.loop, minimumKept: run.minimumKept,
      observer: global.observer
    ) { Interruption.isRequested }
    try stage.train(resume: resume)
    if !global.quiet { Terminal.line("trained: \(stage.result.path)") }
  }

  private func trainSpatialAutoencoder(_ file: URL, _ folder: URL) throws {
    let run = try SpatialAutoencoderRun.load(file, overrides: options.overrides)
    useThreads(options.threads ?? run.threads)
    try useDevice(options.device ?? .cpu)
    if FileManager.default.fileExists(atPath: folder.path), !resume {
      throw RunError.alreadyThere(folder.path)
    }
    try run.save(in: folder)
    let stage = SpatialAutoencoderStage(folder: folder, run: run, observer: global.observer) {
      Interruption.isRequested
    }
    try stage.train(resume: resume)
    if !global.quiet { Terminal.line("trained: \(stage.result.path)") }
  }
}
