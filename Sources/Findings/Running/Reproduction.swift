import Experiments
import Foundation
import Measures
import Models
import Perception
import Tensors
import Training

/// Runs an experiment: trains what is not trained yet, asks, measures, and weighs the claims.
///
/// Trained arms lie in a folder of arms under the address of what made them, so that no arm is trained twice, by this
/// experiment or another. An interruption loses at most what came after the last checkpoint.
public struct Reproduction {
  /// What is asked.
  public let experiment: any Experiment
  /// How much of everything.
  public let scale: ExperimentScale
  /// Training seeds.
  public let seeds: [UInt64]
  /// The folder of trained arms.
  public let arms: URL
  /// Threads of training where this process does it; 0 for all cores.
  public var threads = 0
  /// Settings laid over those of every arm, `key.path=value`; arms with others have other addresses.
  public var overrides: [String] = []
  /// Scenes of every probe instead of the scale's.
  public var scenes: Int?
  /// Where published networks are kept; what needs one that is missing is not measured.
  public var networks = NetworkStore.standard()
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked between steps.
  public var shouldStop: () -> Bool
  /// Trains several arms at once in processes of their own; nil to train one after the other here.
  public var trainApart: (([Training]) throws -> Void)?

  /// An experiment at a scale.
  public init(
    _ experiment: any Experiment, scale: ExperimentScale, seeds: [UInt64], arms: URL,
    observer: any StageObserver, shouldStop: @escaping () -> Bool = { false }
  ) {
    self.experiment = experiment
    self.scale = scale
    self.seeds = seeds
    self.arms = arms
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// An arm with a seed, and where its model goes.
  public struct Training: Sendable {
    /// The arm.
    public var arm: Arm
    /// Its seed.
    public var seed: UInt64
    /// All that makes it.
    public var configuration: RunConfiguration
    /// The address of all that.
    public var address: String
    /// Its folder.
    public var run: RunFolder
  }

  /// Everything that is trained, seed by seed.
  ///
  /// - Throws: `CatalogueError`, `ConfigurationError`.
  public func trainings() throws -> [Training] {
    try seeds.flatMap { seed in
      try experiment.askedArms(at: scale).map { arm in
        var configuration = try ConfigurationFile.load(
          arm.configuration(scale: scale, seed: seed), overrides: overrides)
        configuration.threads = threads
        let address = try ArmAddress.of(configuration)
        return Training(
          arm: arm, seed: seed, configuration: configuration, address: address,
          run: RunFolder(arms.appendingPathComponent(address)))
      }
    }
  }

  /// Runs it to its end.
  ///
  /// - Throws: `RunError.interrupted`, `ExperimentError`, and what the stages throw.
  public func callAsFunction() throws -> (finding: Finding, clips: [ChosenClip]) {
    let start = ContinuousClock.now
    var work = 0.0
    let trainings = try trainings()
    // Whatever can be wrong is said before hours are spent.
    for training in trainings where !training.run.isTrained {
      try training.configuration.validate()
      _ = try ReleasedWeights.folder(training.configuration.autoencoder.released)
      if training.seed == seeds.first { _ = try training.configuration.teller() }
    }
    let missing = trainings.filter { !$0.run.isTrained }
    if let trainApart, missing.count > 1 {
      let clock = ContinuousClock.now
      try trainApart(missing)
      work += clock.duration(to: .now).inSeconds
    }
    var evidence = Evidence(seeds: seeds)
    var clips: [ChosenClip] = []
    for (number, training) in trainings.enumerated() {
      observer.began(
        "arm \(number + 1) of \(trainings.count)",
        "\(training.arm.title), seed \(training.seed) (\(training.address))")
      let before = Self.seconds(training.run)
      try train(training)
      let memory = ArmMemory(networks: networks)
      for probe in training.arm.probes {
        let stage = ProbeStage(
          run: training.run, configuration: training.configuration, observer: observer,
          shouldStop: shouldStop, memory: memory)
        let found = try stage(probe, count: count(probe))
        evidence.add(
          found, arm: training.arm.name, probe: probe.name, seed: training.seed)
        if training.seed == seeds.first {
          clips += try ChosenClip.of(found.scenes, probe, training, count: count(probe))
        }
      }
      work += Self.seconds(training.run) - before
    }
    let outside = start.duration(to: .now).inSeconds - work
    return (try finding(trainings, evidence, overhead: max(outside, 0)), clips)
  }

  /// Trains one arm, or goes on from its last checkpoint; nothing where it is trained.
  ///
  /// - Throws: `RunError.interrupted`, `ExperimentError.changedArm`, and what training throws.
  public func train(_ training: Training) throws {
    if training.run.isTrained { return }
    if training.run.exists {
      guard try ArmAddress.of(training.run.configuration()) == training.address else {
        throw ExperimentError.changedArm(training.run.url.path)
      }
    } else {
      try training.run.create(training.configuration)
      try AtomicFolder.write(
        json: RunEnvironment(threads: Workers.limit), to: training.run.environmentFile)
    }
    try TrainStage(
      training.run, training.configuration, observer: observer, shouldStop: shouldStop
    )(resume: true)
  }

  private func count(_ probe: Probe) throws -> Int {
    try probe.count(scale, scenes: scenes)
  }

  private static func seconds(_ run: RunFolder) -> Double {
    run.timings().reduce(0) { $0 + $1.seconds }
  }

  private func finding(
    _ trainings: [Training], _ evidence: Evidence, overhead: Double
  ) throws -> Finding {
    var time = FindingTime()
    for run in Dictionary(grouping: trainings, by: \.address).values.compactMap(\.first?.run) {
      for timing in run.timings() {
        switch timing.stage {
        case "training": time.training += timing.seconds
        case "sampling": time.sampling += timing.seconds
        default: time.measuring += timing.seconds
        }
      }
    }
    time.total = time.training + time.sampling + time.measuring + overhead
    let environment = RunEnvironment(threads: Workers.limit)
    return Finding(
      experiment: experiment.name, title: experiment.title, paper: experiment.paper,
      method: experiment.method, scale: scale.rawValue, seeds: seeds,
      arms: try experiment.arms(at: scale).map { try trained($0, trainings) },
      claims: experiment.claims.map {
        $0.weighed(evidence, experiment.arms(at: scale))
      },
      figures: experiment.figures(evidence)
        + [
          CaseFigure.make(experiment.arms(at: scale), evidence),
          SamplingSteps.figure(experiment.arms(at: scale), evidence),
        ].compactMap(\.self),
      tables: [ErrorTable.make(experiment.askedArms(at: scale), evidence)]
        + experiment.tables(evidence),
      clips: [], notes: experiment.notes, time: time,
      provenance: [
        "phyworld": environment.phyworld, "libtorch": environment.libtorch,
        "processor": environment.processor, "cores": "\(environment.cores)",
        "scene_seed": "\(Probe.seed)", "trained_on": Self.places(of: trainings),
      ])
  }

  /// The machines on which the arms were trained, with their number: arms may come from elsewhere.
  private static func places(of trainings: [Training]) -> String {
    let runs = Dictionary(grouping: trainings, by: \.address).values.compactMap(\.first?.run)
    let places = runs.map { run in
      run.environment().map { "\($0.processor), \($0.cores) cores, libtorch \($0.libtorch)" }
        ?? "a machine that is not noted"
    }
    return Dictionary(grouping: places, by: \.self)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { "\($1.count) on \($0)" }.joined(separator: "; ")
  }

  private func trained(_ arm: Arm, _ trainings: [Training]) throws -> Finding.TrainedArm {
    let own = trainings.filter { $0.arm.name == arm.name }
    guard let first = own.first else {
      throw RunError.missing(arm.name, remedy: "phyworld reproduce \(experiment.name)")
    }
    let data = first.configuration.data
    let videos = try TrainingData(first.configuration).count ?? data.videos
    let model = try LatentDiffusionModel(
      folder: first.run.model, autoencoder: LatentCodecs.load(first.run.autoencoder))
    return Finding.TrainedArm(
      name: arm.name, title: arm.title, addresses: own.map(\.address), set: data.set,
      videos: videos, parameters: model.transformer.parameterCount,
      steps: first.configuration.loop.steps,
      seconds: own.map { training in
        training.run.timings().first { $0.stage == "training" }?.seconds ?? 0
      })
  }
}
