import ArgumentParser
import Experiments
import Foundation
import Models
import Tensors
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
        torchrun --no-python --nproc-per-node 8 phyworld train a.yaml --output runs/d
        srun phyworld train my.yaml --output runs/e
        phyworld train Configurations/autoencoder-128.yaml --output runs/spatial

      A configuration names only what differs from its scale; unknown keys are errors.

      Several processes share every batch and learn what one would; their number must
      divide the batch. Process 0 writes the folder. SIGTERM, SIGUSR1 and Ctrl-C
      write a checkpoint and end with code 130; when a process dies all end with code
      69, and --resume goes on from the last checkpoint.
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
    let subject = try subject(url, folder)
    if let processes, processes > 1 {
      try requireEqualShares(of: subject, url, processes)
      return try TrainingProcesses.launch(processes)
    }
    let together = try TrainingProcesses.join()
    let result =
      switch subject {
      case .transformer: try trainTransformer(url, folder, together)
      case .frameAutoencoder(let file): try trainFrameAutoencoder(file, folder, together)
      case .spatialAutoencoder(let file): try trainSpatialAutoencoder(file, folder, together)
      }
    together?.leave()
    if !global.quiet, together?.isFirst ?? true { Terminal.line("trained: \(result.path)") }
  }

  /// What is trained, and the file that says how where it is an autoencoder.
  private enum Subject {
    case transformer
    case frameAutoencoder(URL)
    case spatialAutoencoder(URL)
  }

  private func subject(_ url: URL?, _ folder: URL) throws -> Subject {
    let (grid, frames) = (SpatialAutoencoderRun.file(in: folder), AutoencoderRun.file(in: folder))
    if resume, url == nil {
      let files = FileManager.default
      if files.fileExists(atPath: grid.path) { return .spatialAutoencoder(grid) }
      if files.fileExists(atPath: frames.path) { return .frameAutoencoder(frames) }
    }
    guard let url else { return .transformer }
    if try SpatialAutoencoderRun.describes(url) { return .spatialAutoencoder(url) }
    return try AutoencoderRun.describes(url) ? .frameAutoencoder(url) : .transformer
  }

  /// Says no before any process is started, where that can be told.
  private func requireEqualShares(of subject: Subject, _ url: URL?, _ processes: Int) throws {
    switch subject {
    case .transformer:
      // A resumed run's own settings decide; it may be asked for nothing else.
      guard !resume else { return }
      let configuration = try options.configuration(url)
      let wanted = configuration.optimization
      try Processes.requireEqualShares(
        of: wanted.batch, pieces: wanted.accumulation, processes: processes)
      try requireDevices(options.device ?? configuration.device, processes)
    case .frameAutoencoder: throw ProcessError.alone(what: "an autoencoder of single frames")
    case .spatialAutoencoder(let file):
      let wanted = try SpatialAutoencoderRun.load(file, overrides: options.overrides)
      try Processes.requireEqualShares(of: wanted.training.batch, processes: processes)
      try requireDevices(options.device ?? .cpu, processes)
    }
  }

  private func requireDevices(_ choice: DeviceChoice, _ processes: Int) throws {
    try Processes.requireDevices(
      choice, processes: processes, gpus: choice == .cpu ? 0 : Torch.cudaDevices)
  }

  private func shouldStop() -> Bool {
    Interruption.isRequested || TrainingProcesses.launcherIsGone
  }

  /// Process 0 alone shows progress.
  private func observer(_ together: Processes?) -> ProgressLine {
    together?.isFirst ?? true ? global.observer : ProgressLine(quiet: true)
  }

  private func trainTransformer(
    _ url: URL?, _ folder: URL, _ together: Processes?
  ) throws -> URL {
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
    var stage = TrainStage(
      run, configuration, observer: observer(together), shouldStop: shouldStop)
    stage.processes = together
    try stage(resume: resume)
    return run.model
  }

  private func trainFrameAutoencoder(
    _ file: URL, _ folder: URL, _ together: Processes?
  ) throws -> URL {
    guard together == nil else {
      throw ProcessError.alone(what: "an autoencoder of single frames")
    }
    let run = try AutoencoderRun.load(file, overrides: options.overrides)
    useThreads(options.threads ?? run.threads)
    try useDevice(options.device ?? .cpu)
    if FileManager.default.fileExists(atPath: folder.path), !resume {
      throw RunError.alreadyThere(folder.path)
    }
    try run.save(in: folder)
    var stage = AutoencoderStage(
      folder: folder, training: run.training, loop: run.loop, minimumKept: run.minimumKept,
      observer: global.observer, shouldStop: shouldStop)
    stage.start = run.start
    stage.isHalfPrecision = run.isHalfPrecision
    try stage.train(resume: resume)
    return stage.result
  }

  private func trainSpatialAutoencoder(
    _ file: URL, _ folder: URL, _ together: Processes?
  ) throws -> URL {
    func open() throws -> SpatialAutoencoderRun {
      let run = try SpatialAutoencoderRun.load(file, overrides: options.overrides)
      if FileManager.default.fileExists(atPath: folder.path), !resume {
        throw RunError.alreadyThere(folder.path)
      }
      try run.save(in: folder)
      return run
    }
    let run = try together?.first(open) ?? open()
    useThreads(options.threads ?? run.threads, processes: together?.place.localSize ?? 1)
    try useDevice(options.device ?? .cpu, among: together?.place)
    var stage = SpatialAutoencoderStage(
      folder: folder, run: run, observer: observer(together), shouldStop: shouldStop)
    stage.processes = together
    try stage.train(resume: resume)
    return stage.result
  }
}
