import ArgumentParser
import Experiments
import Foundation
import Models
import Training

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
        phyworld train my.yaml --processes 2 --output runs/c
        torchrun --no-python --nproc-per-node 8 phyworld train my.yaml --output runs/d
        srun phyworld train my.yaml --output runs/e
        phyworld train Configurations/autoencoder-128.yaml --output runs/spatial

      A configuration names only what differs from its scale; unknown keys are errors.

      Several processes share every batch and learn what one would; their number must
      divide the batch. Process 0 writes the folder. SIGTERM, SIGUSR1 and Ctrl-C write
      a checkpoint and end with code 130; when a process dies all end with code 69, and
      --resume goes on from the last checkpoint.
      """)

  @Argument(help: "A YAML file; without one the scale's preset is used.")
  var file: String?

  @OptionGroup var options: RunOptions
  @OptionGroup var global: GlobalOptions

  @Option(help: "The run's folder.")
  var output: String

  @Flag(help: "Go on from the last checkpoint in --output.")
  var resume = false

  @Option(help: "Processes on this machine that train together.")
  var processes: Int?

  func validate() throws {
    guard (processes ?? 1) >= 1 else { throw ValidationError("--processes must be at least 1") }
  }

  func execute() throws {
    Interruption.listen()
    let url = file.map { URL(fileURLWithPath: $0) }
    let folder = URL(fileURLWithPath: output)
    let trainsAutoencoder = try autoencoderTraining(url, folder)
    if let processes, processes > 1 {
      if trainsAutoencoder != nil { throw ProcessError.alone(what: "an autoencoder") }
      if !resume {
        let wanted = try options.configuration(url).optimization
        try Processes.requireEqualShares(
          of: wanted.batch, pieces: wanted.accumulation, processes: processes)
      }
      return try TrainingProcesses.launch(processes)
    }
    let together = try TrainingProcesses.join()
    if let trainsAutoencoder {
      if together != nil { throw ProcessError.alone(what: "an autoencoder") }
      return try trainsAutoencoder()
    }
    let observer = together?.isFirst ?? true ? global.observer : ProgressLine(quiet: true)
    let run = RunFolder(folder)
    func open() throws -> RunConfiguration {
      let wanted = try options.configuration(url)
      try useDevice(wanted.device)
      return try RunPreparation.open(
        run, wanted, explicit: options.isExplicit || url != nil, resume: resume)
    }
    let configuration = try together?.first(open) ?? open()
    useThreads(configuration.threads, processes: together?.place.localSize ?? 1)
    try useDevice(options.device ?? configuration.device, among: together?.place)
    var stage = TrainStage(run, configuration, observer: observer) {
      Interruption.isRequested || TrainingProcesses.launcherIsGone
    }
    stage.processes = together
    try stage(resume: resume)
    try together?.leave()
    if !global.quiet, together?.isFirst ?? true { Terminal.line("trained: \(run.model.path)") }
  }

  /// The training of an autoencoder, where that is what is asked for.
  private func autoencoderTraining(_ url: URL?, _ folder: URL) throws -> (() throws -> Void)? {
    let (grid, plain) = (SpatialAutoencoderRun.file(in: folder), AutoencoderRun.file(in: folder))
    if resume, url == nil {
      let files = FileManager.default
      if files.fileExists(atPath: grid.path) { return { try trainSpatialAutoencoder(grid, folder) } }
      if files.fileExists(atPath: plain.path) { return { try trainAutoencoder(plain, folder) } }
    }
    guard let url else { return nil }
    if try SpatialAutoencoderRun.describes(url) {
      return { try trainSpatialAutoencoder(url, folder) }
    }
    return try AutoencoderRun.describes(url) ? { try trainAutoencoder(url, folder) } : nil
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
