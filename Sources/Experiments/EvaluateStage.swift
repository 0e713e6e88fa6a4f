import Datasets
import Foundation
import Measures
import Models
import Tensors
import Training
import Videos
import Worlds

/// Measures a run's generated videos, each beside its floors, and writes `metrics.json`.
public struct EvaluateStage {
  /// The run.
  public let run: RunFolder
  /// Its configuration.
  public let configuration: RunConfiguration
  /// Hears how it goes.
  public var observer: any StageObserver

  /// The evaluation of a run.
  public init(_ run: RunFolder, _ configuration: RunConfiguration, observer: any StageObserver) {
    self.run = run
    self.configuration = configuration
    self.observer = observer
  }

  /// Scores everything and writes `scores.jsonl`, `floors/…`, `shape-gate.json`, `metrics.json`.
  /// - Throws: `RunError.missing` naming the first video that is not there, or the part's error.
  @discardableResult public func callAsFunction() throws -> MetricsDocument {
    try configuration.requireMeasured()
    let clock = ContinuousClock.now
    let autoencoder = try LatentCodecs.load(run.autoencoder)
    let parts = SampleStage.parts(configuration)
    let total = parts.reduce(0) { $0 + $1.count }
    observer.began("measuring", "\(total) videos, with four floors")
    let references = try self.references(autoencoder)
    var scores: [VideoScore] = []
    var floors: [String: [VideoScore]] = [:]
    var compared: [Int: [VideoScore]] = [:]
    var done = 0
    for part in parts {
      let truths = try Truth.videos(
        configuration.evaluationStream(part.level), 0..<part.count,
        size: autoencoder.resolution)
      let found = try score(generated(part), truths, part.level)
      if part.steps == configuration.sampling.steps {
        scores += found
        if LawProbe.levels.contains(part.level) {
          compared[part.steps, default: []] += found.prefix(configuration.evaluation.comparedVideos)
        }
        for (name, model) in references {
          let videos = try continuations(truths, model)
          floors[name, default: []] += try score(videos, truths, part.level)
        }
        floors["ground_truth", default: []] += try score(truths.map(\.video), truths, part.level)
      } else {
        compared[part.steps, default: []] += found
      }
      done += part.count
      observer.advanced(done, of: total, "videos")
    }
    let gate = try ShapeGate.measure(autoencoder)
    let metrics = try document(scores, floors, compared)
    try writing(run.url) {
      try FileManager.default.createDirectory(
        at: run.floorFile("").deletingLastPathComponent(), withIntermediateDirectories: true)
      try ScoresFile.data(scores).write(to: run.scoresFile, options: .atomic)
      for (name, records) in floors {
        try ScoresFile.data(records).write(to: run.floorFile(name), options: .atomic)
      }
      try AtomicFolder.write(json: gate, to: run.gateFile)
      try metrics.json().write(to: run.metricsFile, options: .atomic)
    }
    try run.addTiming("measuring", seconds: clock.duration(to: .now).inSeconds)
    return metrics
  }

  private func references(_ autoencoder: any LatentCodec) throws -> [(String, any WorldModel)] {
    let given = configuration.evaluation.conditionFrames
    // An endless stream has no last case; as many as the laptop's training set are remembered.
    let cases = try TrainingData(configuration).cases(20_000)
    return [
      ("autoencoder", Reconstruction(autoencoder)),
      ("constant_velocity", ConstantVelocity(conditionFrames: given)),
      ("nearest_case", try NearestCase(cases, conditionFrames: given)),
    ]
  }

  /// A baseline that cannot read a condition answers with the condition held still.
  private func continuations(_ truths: [LabelledVideo], _ model: any WorldModel) throws -> [Video] {
    let frames = configuration.evaluation.frames
    do {
      return try model.continuation(of: truths.map(\.video), frames: frames)
    } catch ModelError.nothingToContinue {
      return try truths.map { truth in
        do {
          return try model.continuation(of: [truth.video], frames: frames)[0]
        } catch ModelError.nothingToContinue {
          let last = configuration.evaluation.conditionFrames - 1
          return truth.video.selecting((0..<frames).map { min($0, last) })
        }
      }
    }
  }

  private func generated(_ part: SampleStage.Part) throws -> [Video] {
    try (0..<part.count).map { try run.sample($0, level: part.level, steps: part.steps) }
  }

  private func score(
    _ videos: [Video], _ truths: [LabelledVideo], _ level: EvaluationLevel
  ) throws -> [VideoScore] {
    let scorer = VideoScorer(conditionFrames: configuration.evaluation.conditionFrames)
    return try zip(videos, truths).map { video, truth in
      try scorer.score(
        video, scene: truth.scene, truth: truth.trajectory, index: truth.index,
        level: level.rawValue)
    }
  }

  private func document(
    _ scores: [VideoScore], _ floors: [String: [VideoScore]], _ compared: [Int: [VideoScore]]
  ) throws -> MetricsDocument {
    var metrics = MetricsDocument(scores: scores, floors: floors, samplingSteps: compared)
    metrics.training = try MetricsFile.read(run.url).map { record in
      var means: [String: [String: Double]] = [:]
      for (key, value) in record.probe ?? [:] {
        let parts = key.split(separator: ".").map(String.init)
        if parts.count == 2 { means[parts[0], default: [:]][parts[1]] = value }
      }
      return TrainingPoint(
        step: record.step, seconds: record.seconds, loss: record.loss, velocityError: means)
    }
    metrics.config = try JSONValue(encoding: configuration)
    metrics.seed = configuration.seed
    metrics.provenance = [
      "evaluation_seed": "\(configuration.evaluation.seed)", "libtorch": Torch.version,
      "scale": configuration.scale.rawValue, "scenario": configuration.scenario,
    ]
    return metrics
  }
}
