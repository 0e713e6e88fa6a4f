import Datasets
import Foundation
import Models
import Tensors
import Training

/// Finds out what a training will cost by doing a little of everything that it does.
public struct EstimateStage {
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Seconds for probing steps.
  public var budget = 4.0

  /// An estimate that tells `observer` how it goes.
  public init(observer: any StageObserver) { self.observer = observer }

  /// What `phyworld train` will cost with a run's configuration, its autoencoder's training included.
  ///
  /// - Throws: `ModelError`, `TrainingError`, `RunError`, or what the data throw.
  public func estimate(_ configuration: RunConfiguration) throws -> TrainingEstimate {
    var start = ContinuousClock.now
    var parts: [TrainingEstimate.Part] = []
    /// The time since the last call.
    func lap() -> Double {
      defer { start = .now }
      return start.duration(to: .now).inSeconds
    }
    let released = configuration.autoencoder.released
    let autoencoder: any LatentCodec
    if released == TrainingData.none {
      autoencoder = try VideoAutoencoder(configuration.autoencoder.training.architecture, seed: 0)
      let own = try estimate(
        configuration.autoencoder.training,
        AutoencoderTraining.loop(steps: configuration.autoencoder.steps))
      parts += own.parts.map { part in
        var part = part
        part.name = "autoencoder, \(part.name)"
        return part
      }
    } else {
      autoencoder = try LatentCodecs.load(ReleasedWeights.folder(released))
    }
    _ = lap()
    let data = try EstimatedData(configuration, autoencoder, observer)
    parts += data.parts
    let teller = try configuration.teller()
    let training = try configuration.training(on: autoencoder.layout)
    _ = lap()
    let trainer = try DiffusionTrainer(
      training, latents: data.latents,
      conditions: teller.map { _ in BlankConditions(training.transformer) },
      recomputes: configuration.optimization.recompute)
    parts.append(.init(name: "making the model", count: 1, unit: "model", seconds: lap()))
    observer.began("probing", "a few steps of \(training.batch) videos")
    let (need, one) = try MemoryNeed.measure(
      trainer, data: data.bytes, unmade: data.missing)
    if need.isTooMuch {
      throw TrainingError.outOfMemory(need, reason: "the estimate is more than there is")
    }
    let cost = try StepCost.measure(trainer, one: one, budget: budget)
    let stepping = steps(cost, configuration.loop)
    // Where the time ends it, there are fewer of everything.
    var loop = configuration.loop
    loop.steps = stepping.count
    parts.append(stepping)
    parts.append(try checkpoints(trainer, loop))
    _ = lap()
    if configuration.loop.probeEvery > 0,
      let probe = try LawProbe(configuration, autoencoder: autoencoder, teller: teller)
    {
      let rendering = lap()
      _ = try probe.look(trainer.averagedModel(), training.diffusion)
      let count = loop.count(every: loop.probeEvery)
      parts.append(
        .init(
          name: "probes", count: count, unit: "probes", seconds: rendering + lap() * Double(count)))
    }
    var estimate = TrainingEstimate(
      parameters: trainer.model.parameterCount, cost: cost, parts: parts,
      memory: memory(need, cost, missing: data.missing), need: need)
    estimate.flopsPerStep =
      training.transformer.trainingOperations * Double(training.batch)
    return estimate
  }

  /// What the training of an autoencoder will cost.
  public func estimate(
    _ training: AutoencoderTraining, _ loop: LoopOptions
  ) throws -> TrainingEstimate {
    let trainer = try AutoencoderTrainer(training)
    observer.began("probing", "a few steps of \(training.batch) frames")
    let cost = try StepCost.measure(trainer, budget: budget, of: loop.steps)
    var parts = [steps(cost, loop), try checkpoints(trainer, loop)]
    let clock = ContinuousClock.now
    _ = try ShapeGate.measure(trainer.finish())
    parts.append(
      .init(
        name: "projection and shapes", count: 1, unit: "time",
        seconds: clock.duration(to: .now).inSeconds))
    var estimate = TrainingEstimate(
      parameters: trainer.weights.elementCount, cost: cost, parts: parts,
      memory: MachineMemory.peak(), need: nil)
    estimate.flopsPerStep = cost.operations
    return estimate
  }

  /// What the training of a spatial autoencoder will cost, its measurement at the end included.
  public func estimate(_ run: SpatialAutoencoderRun) throws -> TrainingEstimate {
    var training = run.training
    // The published network's share is left out: it need not be there for an estimate.
    training.losses.perceptual = 0
    let trainer = try SpatialAutoencoderTrainer(training)
    observer.began("probing", "a few steps of \(training.batch) clips")
    let cost = try StepCost.measure(trainer, budget: budget, of: run.loop.steps)
    var parts = [steps(cost, run.loop), try checkpoints(trainer, run.loop)]
    if run.measuredScenes > 0 {
      let kinds = ReconstructionCost.kinds
      let clock = ContinuousClock.now
      _ = try ReconstructionCost.measure(
        trainer.finish(clips: 32), videos: 1, kinds: Array(kinds.prefix(1)))
      let scenes = kinds.count * run.measuredScenes
      parts.append(
        .init(
          name: "reconstruction", count: scenes, unit: "scenes",
          seconds: clock.duration(to: .now).inSeconds * Double(scenes)))
    }
    var estimate = TrainingEstimate(
      parameters: trainer.weights.elementCount, cost: cost, parts: parts,
      memory: MachineMemory.peak(), need: nil)
    estimate.flopsPerStep = cost.operations
    return estimate
  }

  /// What training a transformer on latents of its shape will cost, without any data.
  ///
  /// - Parameter steps: of the whole training.
  public func estimate(_ training: DiffusionTraining, steps: Int) throws -> TrainingEstimate {
    let shape = training.transformer.latentShape
    let few = Tensor.zeros([min(training.batch, 4)] + shape)
    let latents = CachedLatents(few, seed: 0)
    let trainer = try DiffusionTrainer(training, latents: latents)
    observer.began("probing", "a few steps on latents of \(shape)")
    let (need, one) = try MemoryNeed.measure(trainer, data: 0)
    let cost = try StepCost.measure(trainer, one: one, budget: budget)
    var loop = LoopOptions()
    loop.steps = steps
    var estimate = TrainingEstimate(
      parameters: trainer.model.parameterCount, cost: cost, parts: [self.steps(cost, loop)],
      memory: memory(need, cost, missing: 0), need: need)
    estimate.flopsPerStep = training.transformer.trainingOperations * Double(training.batch)
    return estimate
  }

  private func steps(_ cost: StepCost, _ loop: LoopOptions) -> TrainingEstimate.Part {
    let seconds = cost.seconds * Double(loop.steps)
    let limited = min(seconds, loop.maximumSeconds ?? seconds)
    return .init(
      name: "training", count: Int((limited / cost.seconds).rounded()), unit: "steps",
      seconds: limited)
  }

  /// Writes one into a folder of its own.
  private func checkpoints(
    _ trainer: some Trainable, _ loop: LoopOptions
  ) throws -> TrainingEstimate.Part {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("phyworld-estimate-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let clock = ContinuousClock.now
    try CheckpointStore(folder: folder).write(trainer, TrainingState())
    let count = loop.count(every: loop.checkpointEvery)
    return .init(
      name: "checkpoints", count: count, unit: "checkpoints",
      seconds: clock.duration(to: .now).inSeconds * Double(count))
  }

  /// The peak so far, with what has not been made yet; a whole step was among it, or is added up.
  private func memory(_ need: MemoryNeed, _ cost: StepCost, missing: Int) -> Int {
    let peak = MachineMemory.peak() + missing
    return cost.isWhole ? peak : max(peak, need.bytes)
  }
}

/// A part of a run's training data, and what it cost.
private struct EstimatedData {
  let latents: any LatentSource
  let parts: [TrainingEstimate.Part]
  /// Bytes of all latents that the run keeps.
  let bytes: Int
  /// Bytes of those that were not made.
  let missing: Int

  init(
    _ configuration: RunConfiguration, _ autoencoder: any LatentCodec,
    _ observer: any StageObserver
  ) throws {
    let options = configuration.data
    let data = try TrainingData(configuration)
    let feed = try data.feed(configuration)
    guard options.feed == .cached, let count = data.count else {
      latents = try StreamedLatents(
        feed, frames: options.frames, with: autoencoder, threads: max(Workers.limit - 1, 1))
      (parts, bytes, missing) = ([], 0, 0)
      return
    }
    // Eight chunks; the first ones fill the pipe, one per thread.
    let (chunk, threads) = (32, TrainingData.threadsAhead)
    let some = min(count, chunk * (threads == 1 ? 8 : 5 * threads))
    observer.began("probing", "\(some) of \(count) training videos")
    var times: [(done: Int, at: ContinuousClock.Instant)] = [(0, .now)]
    latents = try CachedLatents(
      encoding: feed, count: some, frames: options.frames, with: autoencoder,
      seed: configuration.seed, chunk: chunk, threads: threads
    ) { times.append(($0, .now)) }
    let from = times.count > threads + 1 ? threads : 0
    let (first, last) = (times[from], times[times.count - 1])
    let seconds = first.at.duration(to: last.at).inSeconds
    let each = seconds / Double(max(last.done - first.done, 1))
    parts = [
      .init(name: "encoding", count: count, unit: "videos", seconds: each * Double(count))
    ]
    let one = latents.shape.reduce(4, *)
    bytes = one * count
    missing = one * (count - some)
  }
}

extension LoopOptions {
  /// How often something happens that is done every so many steps, and at the end.
  func count(every: Int) -> Int {
    every > 0 ? (steps + every - 1) / every : 1
  }
}
