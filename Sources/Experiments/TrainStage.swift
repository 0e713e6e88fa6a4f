import Datasets
import Foundation
import Measures
import Models
import Tensors
import Training
import Videos

/// Trains the transformer of a run on latents of its frozen autoencoder.
public struct TrainStage {
  /// The run.
  public let run: RunFolder
  /// Its configuration.
  public let configuration: RunConfiguration
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked at every step; true writes a checkpoint and stops.
  public var shouldStop: () -> Bool
  /// Those that train together, if this process is not alone: process 0 writes the run's folder.
  public var processes: Processes?

  /// The training of a run.
  public init(
    _ run: RunFolder, _ configuration: RunConfiguration, observer: any StageObserver,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.run = run
    self.configuration = configuration
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// Trains, or goes on from the last checkpoint; ends with `model/` in place.
  ///
  /// - Throws: `RunError.interrupted` after a checkpoint when asked to stop; `TrainingError.outOfMemory`, as soon as
  ///   that can be told, where the machine is too small.
  public func callAsFunction(resume: Bool) throws {
    if try onFirst({ run.isTrained }) { return }
    do {
      try MemoryScope.run { try train(resume: resume) }
    } catch let error as OutOfMemory {
      throw TrainingError.outOfMemory(try roughNeed(), reason: "\(error.operation) found no memory")
    }
  }

  /// What the run takes by its configuration.
  private func roughNeed() throws -> MemoryNeed {
    let own = configuration.autoencoder.training.architecture
    let training = try configuration.training(
      on: (try? LatentCodecs.load(run.autoencoder))?.layout ?? own)
    let videos = configuration.data.feed == .cached ? try TrainingData(configuration).count ?? 0 : 0
    return MemoryNeed(
      training, recomputes: configuration.optimization.recompute,
      data: training.transformer.latentShape.reduce(4 * videos, *),
      processes: processes?.place.size ?? 1)
  }

  private func train(resume: Bool) throws {
    try processes?.requireEqualShares(
      batch: configuration.optimization.batch, pieces: configuration.optimization.accumulation)
    let clock = ContinuousClock.now
    let autoencoder = try frozenAutoencoder(resume: resume)
    let teller = try configuration.teller()
    let rough = try roughNeed()
    if rough.isTooMuch {
      throw TrainingError.outOfMemory(rough, reason: "the run would not fit")
    }
    let latents = try latents(with: autoencoder)
    let told = try teller.map { try conditions(by: $0) }
    let training = try configuration.training(on: autoencoder.layout)
    let trainer = try DiffusionTrainer(
      training, latents: latents, conditions: told,
      recomputes: configuration.optimization.recompute)
    let cached = (latents as? CachedLatents)?.latents.count ?? 0
    let need = try MemoryNeed.measure(
      trainer, data: cached * 4, processes: processes?.place.size ?? 1
    ).need
    if need.isTooMuch {
      throw TrainingError.outOfMemory(need, reason: "the run would not fit")
    }
    observer.began(
      "training",
      "\(trainer.model.parameterCount) parameters, \(training.transformer.tokens) tokens a video, "
        + "\(configuration.loop.steps) steps of \(training.batch) videos"
        + (teller.map { "; \($0.arm.rawValue): \($0.summary)" } ?? ""))
    var loop = try TrainingLoop(folder: run.url, options: configuration.loop)
    loop.observer = observer
    loop.shouldStop = shouldStop
    loop.processes = processes
    if isFirst, configuration.data.path != TrainingData.none {
      let files = try DatasetReader.open(URL(fileURLWithPath: configuration.data.path))
      loop.dataContent = try SourceContent.digest(of: files)
    }
    if isFirst, configuration.loop.probeEvery > 0,
      let probe = try LawProbe(configuration, autoencoder: autoencoder, teller: teller)
    {
      loop.probe = { step, _ in
        let found = try probe.look(trainer.averagedModel(), training.diffusion)
        try run.writeProbe(found.picture, step: step)
        return found.values
      }
    }
    let resumes = resume && run.hasCheckpoint
    if !resumes, isFirst { try start(trainer) }
    let outcome = try loop.run(trainer, resume: resumes)
    if isFirst {
      try run.addTiming(
        "training", seconds: clock.duration(to: .now).inSeconds,
        memoryBytes: MachineMemory.peak())
    }
    if outcome.reason == .interrupted {
      throw RunError.interrupted(
        stage: "training at step \(outcome.steps)", remedy: "go on with --resume")
    }
    guard isFirst else { return }
    try writing(run.model) {
      try ModelFolder.write(
        configuration: training.model, model: trainer.weights, ema: trainer.average.parameters,
        notes: teller.map { ["condition": ConditionNote($0)] } ?? [:],
        card: ModelCard(of: trainer, configuration, run).markdown, to: run.model)
    }
  }

  /// Puts the weights of an earlier model or checkpoint in the place of the drawn ones, if it is asked for.
  private func start(_ trainer: DiffusionTrainer) throws {
    let initial = configuration.optimization.initial
    guard initial != TrainingData.none else { return }
    let folder = URL(fileURLWithPath: initial)
    try ModelFolder.load(
      trainer.weights, from: folder.appendingPathComponent("model.safetensors"))
    try ModelFolder.loadBest(trainer.average.parameters, in: folder)
  }

  private var isFirst: Bool { processes?.isFirst ?? true }

  /// What process 0 finds.
  private func onFirst<Value: Codable>(_ make: () throws -> Value) throws -> Value {
    try processes?.first(make) ?? make()
  }

  /// Process 0 puts the autoencoder into the run's folder; the others read it there.
  private func frozenAutoencoder(resume: Bool) throws -> any LatentCodec {
    guard let processes else { return try preparedAutoencoder(resume: resume) }
    var prepared: (any LatentCodec)?
    _ = try processes.first {
      prepared = try preparedAutoencoder(resume: resume)
      return true
    }
    return try prepared ?? LatentCodecs.load(run.autoencoder)
  }

  private func preparedAutoencoder(resume: Bool) throws -> any LatentCodec {
    if RunFolder.exists(run.autoencoder.appendingPathComponent("config.json")) {
      return try LatentCodecs.load(run.autoencoder)
    }
    let autoencoder: any LatentCodec
    if configuration.autoencoder.released != "none" {
      let folder = try ReleasedWeights.folder(configuration.autoencoder.released)
      autoencoder = try LatentCodecs.load(folder)
      let expected = configuration.autoencoder.training.architecture
      if let found = autoencoder.layout as? VideoAutoencoderConfiguration,
        found.framesPerLatent != expected.framesPerLatent
      {
        throw RunError.otherAutoencoder(
          folder.path, field: "framesPerLatent", expected: "\(expected.framesPerLatent)",
          found: "\(found.framesPerLatent)")
      }
    } else {
      autoencoder = try AutoencoderStage(
        folder: run.autoencoderTraining, training: configuration.autoencoder.training,
        loop: AutoencoderTraining.loop(steps: configuration.autoencoder.steps),
        minimumKept: configuration.autoencoder.minimumKept,
        observer: observer, shouldStop: shouldStop
      ).train(resume: resume)
    }
    try writing(run.autoencoder) { try autoencoder.save(to: run.autoencoder) }
    return autoencoder
  }

  /// What the model is told about the training videos, in the order in which it sees them.
  private func conditions(by teller: any SceneTeller) throws -> any ConditionSource {
    let data = try TrainingData(configuration)
    let feed = try data.feed(configuration)
    guard configuration.data.feed == .cached, let count = data.count else {
      return StreamedConditions(feed, by: teller)
    }
    observer.began("telling", "the start of \(count) scenes: \(teller.summary)")
    return try CachedConditions(
      telling: feed, count: count, by: teller, seed: configuration.seed
    ) { done in
      observer.advanced(done, of: count, "scenes")
    }
  }

  private func latents(with autoencoder: any LatentCodec) throws -> any LatentSource {
    let data = try TrainingData(configuration)
    let feed = try data.feed(configuration)
    guard configuration.data.feed == .cached, let count = data.count else {
      observer.began(
        "streaming", "\(data.count.map { "\($0)" } ?? "endless") training videos, as they are used")
      return try StreamedLatents(
        feed, frames: configuration.data.frames, with: autoencoder,
        threads: max(Workers.limit - 1, 1))
    }
    observer.began("encoding", "\(count) training videos, rendered or read, and encoded once")
    return try CachedLatents(
      encoding: feed, count: count, frames: configuration.data.frames, with: autoencoder,
      seed: configuration.seed, threads: TrainingData.threadsAhead, processes: processes
    ) { done in
      observer.advanced(done, of: count, "videos")
    }
  }
}
