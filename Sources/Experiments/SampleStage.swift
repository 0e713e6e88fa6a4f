import Datasets
import Foundation
import Models
import Videos

/// Generates the continuations of a run's evaluation scenes, level by level, as lossless mp4 files.
public struct SampleStage {
  /// The run.
  public let run: RunFolder
  /// Its configuration.
  public let configuration: RunConfiguration
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked between levels; true stops with what is finished in place.
  public var shouldStop: () -> Bool

  /// The sampling of a run.
  public init(
    _ run: RunFolder, _ configuration: RunConfiguration, observer: any StageObserver,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.run = run
    self.configuration = configuration
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// One level at one number of sampling steps.
  public struct Part: Hashable, Sendable {
    /// The level.
    public var level: EvaluationLevel
    /// Network evaluations per video.
    public var steps: Int
    /// Videos.
    public var count: Int
  }

  /// What a configuration asks for: every level, and a comparison of sampling steps on three.
  public static func parts(_ configuration: RunConfiguration) -> [Part] {
    let evaluation = configuration.evaluation
    let main = EvaluationLevel.allCases.map {
      Part(level: $0, steps: configuration.sampling.steps, count: evaluation.count($0))
    }
    let others = configuration.sampling.comparedSteps.filter { $0 != configuration.sampling.steps }
    return main
      + others.flatMap { steps in
        LawProbe.levels.map { level in
          Part(
            level: level, steps: steps,
            count: min(evaluation.comparedVideos, evaluation.count(level)))
        }
      }
  }

  /// Generates every part that is not there yet.
  /// - Throws: `RunError`, `ModelError`, `VideoError`.
  public func callAsFunction(levels: [EvaluationLevel] = EvaluationLevel.allCases) throws {
    try configuration.requireMeasured()
    let clock = ContinuousClock.now
    guard run.isTrained else {
      throw RunError.missing(
        run.model.path, remedy: "phyworld train --resume --output \(run.url.path)")
    }
    let autoencoder = try LatentCodecs.load(run.autoencoder)
    var model = try LatentDiffusionModel(folder: run.model, autoencoder: autoencoder)
    let teller = try configuration.teller()
    let parts = Self.parts(configuration).filter { levels.contains($0.level) }
    let total = parts.reduce(0) { $0 + $1.count }
    observer.began("sampling", "\(total) continuations of evaluation scenes")
    var done = 0
    for part in parts {
      if shouldStop() {
        throw RunError.interrupted(
          stage: "sampling",
          remedy: "finished levels are kept: run the same command again (demo: with --resume)")
      }
      try generate(part, &model, size: autoencoder.resolution, by: teller)
      done += part.count
      observer.advanced(done, of: total, "videos")
    }
    try run.addTiming("sampling", seconds: clock.duration(to: .now).inSeconds)
  }

  private func generate(
    _ part: Part, _ model: inout LatentDiffusionModel, size: Int, by teller: (any SceneTeller)?
  ) throws {
    let folder = run.sampleFolder(part.level, steps: part.steps)
    if let manifest = SampleManifest.read(folder), manifest.count == part.count { return }
    model.sampler.steps = part.steps
    model.sampler.solver = configuration.sampling.solver
    model.sampler.shift = model.diffusion.shift
    model.sampler.seed = configuration.seed
    model.sampler.precision = configuration.optimization.precision
    let truths = try Truth.videos(
      configuration.evaluationStream(part.level), 0..<part.count, size: size)
    let videos = try model.continuation(
      of: truths.map(\.video), scenes: truths.map(\.scene),
      frames: configuration.evaluation.frames, numbered: Array(truths.indices), by: teller)
    try writing(folder) {
      try FileManager.default.createDirectory(
        at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFolder.write(to: folder) { temporary in
        for (index, video) in videos.enumerated() {
          try VideoFile.write(
            video, to: temporary.appendingPathComponent(SampleManifest.fileName(index)),
            quality: .lossless)
        }
        let manifest = SampleManifest(
          level: part.level.rawValue, count: part.count, steps: part.steps,
          evaluationSeed: configuration.evaluation.seed, samplingSeed: configuration.seed)
        try AtomicFolder.write(
          json: manifest, to: temporary.appendingPathComponent(SampleManifest.name))
      }
    }
  }
}

/// What a folder of generated videos says of itself.
public struct SampleManifest: Codable, Hashable, Sendable {
  static let name = "manifest.json"
  /// The evaluation level.
  public var level: String
  /// Videos `00000.mp4` and on.
  public var count: Int
  /// Network evaluations per video.
  public var steps: Int
  /// Seed of the evaluation scenes: scene i of the level's stream belongs to file i.
  public var evaluationSeed: UInt64
  /// Seed of the starting noise.
  public var samplingSeed: UInt64

  static func read(_ folder: URL) -> SampleManifest? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
    return try? JSONDecoder().decode(SampleManifest.self, from: data)
  }

  package static func fileName(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(5 - digits.count, 0)) + digits + ".mp4"
  }
}
