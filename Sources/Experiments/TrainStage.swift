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
  /// - Throws: `RunError.interrupted` after a checkpoint when asked to stop.
  public func callAsFunction(resume: Bool) throws {
    if run.isTrained { return }
    let clock = ContinuousClock.now
    let autoencoder = try frozenAutoencoder(resume: resume)
    let latents = try latents(with: autoencoder)
    let training = try configuration.training(on: autoencoder.layout)
    let trainer = try DiffusionTrainer(training, latents: latents)
    observer.began(
      "training",
      "\(trainer.model.parameterCount) parameters, \(training.transformer.tokens) tokens a video, "
        + "\(configuration.loop.steps) steps of \(training.batch) videos")
    var loop = try TrainingLoop(folder: run.url, options: configuration.loop)
    loop.observer = observer
    loop.shouldStop = shouldStop
    if try configuration.isMeasured {
      let probe = try LawProbe(configuration, autoencoder: autoencoder)
      loop.probe = { _, _ in try probe.values(trainer.averagedModel(), training.diffusion) }
    }
    let outcome = try loop.run(trainer, resume: resume && run.hasCheckpoint)
    try run.addTiming("training", seconds: clock.duration(to: .now).inSeconds)
    if outcome.reason == .interrupted {
      throw RunError.interrupted(
        stage: "training at step \(outcome.steps)", remedy: "go on with --resume")
    }
    try writing(run.model) {
      try ModelFolder.write(
        configuration: training.model, model: trainer.weights, ema: trainer.average.parameters,
        to: run.model)
    }
  }

  private func frozenAutoencoder(resume: Bool) throws -> any LatentCodec {
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
      seed: configuration.seed
    ) { done in
      observer.advanced(done, of: count, "videos")
    }
  }
}

/// The law error of a few continuations, measured while training.
struct LawProbe {
  static let levels: [EvaluationLevel] = [.idLevel, .vLow, .vHigh]
  let configuration: RunConfiguration
  let autoencoder: any LatentCodec
  private let truths: [(level: EvaluationLevel, videos: [LabelledVideo])]

  init(_ configuration: RunConfiguration, autoencoder: any LatentCodec) throws {
    self.configuration = configuration
    self.autoencoder = autoencoder
    truths = try Self.levels.map { level in
      (
        level,
        try Truth.videos(
          configuration.evaluationStream(level, probe: true),
          0..<configuration.evaluation.probeVideos, size: autoencoder.resolution)
      )
    }
  }

  /// Mean errors under "FORM.LEVEL".
  func values(_ transformer: VideoDiT, _ diffusion: Diffusion) throws -> [String: Double] {
    var sampler = Sampler()
    sampler.steps = configuration.sampling.steps
    sampler.shift = diffusion.shift
    sampler.seed = configuration.seed
    sampler.precision = configuration.optimization.precision
    let model = try LatentDiffusionModel(
      autoencoder: autoencoder, transformer: transformer, diffusion: diffusion, sampler: sampler)
    let scorer = VideoScorer(conditionFrames: configuration.evaluation.conditionFrames)
    var scores: [VideoScore] = []
    for (level, videos) in truths {
      let generated = try model.continuation(
        of: videos.map(\.video), frames: configuration.evaluation.frames)
      for (truth, video) in zip(videos, generated) {
        scores.append(
          try scorer.score(
            video, scene: truth.scene, truth: truth.trajectory, index: truth.index,
            level: level.rawValue))
      }
    }
    var values: [String: Double] = [:]
    for (form, levels) in MetricsDocument.means(scores) {
      for (level, mean) in levels { values["\(form).\(level)"] = mean }
    }
    return values
  }
}
