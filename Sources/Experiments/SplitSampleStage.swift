import Foundation
import Models
import Submissions
import Videos
import Worlds

/// Lets a run's model continue the scenes of a named set, one lossless mp4 file a scene.
///
/// The folder is what ``phyworld evaluate --videos`` takes from anybody: file `00012.mp4` shows scene
/// 12 of the set. What is there stays; the starting noise belongs to the scene's number, so an
/// interrupted folder ends up like one made at once.
public struct SplitSampleStage {
  /// The run.
  public let run: RunFolder
  /// Its configuration.
  public let configuration: RunConfiguration
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked between batches; true stops with what is finished in place.
  public var shouldStop: () -> Bool

  /// The sampling of a run's model on named sets.
  public init(
    _ run: RunFolder, _ configuration: RunConfiguration, observer: any StageObserver,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.run = run
    self.configuration = configuration
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// What a folder of continued scenes says of itself.
  public struct Manifest: Codable, Hashable, Sendable {
    /// The scenes.
    public var scenes: SceneSplit.Identity
    /// Seed of the starting noise.
    public var samplingSeed: UInt64
    /// Network evaluations per video.
    public var steps: Int
    /// The run's configuration.
    public var configuration: RunConfiguration

    static let name = "samples.json"
  }

  /// Continues the scenes of a split in `folder`.
  ///
  /// - Throws: `RunError`, `ModelError`, `VideoError`, or what the scenes throw.
  public func callAsFunction(_ split: any AskedScenes, into folder: URL) throws {
    guard run.isTrained else {
      throw RunError.missing(
        run.model.path, remedy: "phyworld train --resume --output \(run.url.path)")
    }
    let autoencoder = try LatentCodecs.load(run.autoencoder)
    var model = try LatentDiffusionModel(folder: run.model, autoencoder: autoencoder)
    model.sampler.steps = configuration.sampling.steps
    model.sampler.solver = configuration.sampling.solver
    model.sampler.shift = model.diffusion.shift
    model.sampler.seed = configuration.seed
    model.sampler.precision = configuration.optimization.precision
    let teller = try configuration.teller()
    try prepare(
      folder,
      Manifest(
        scenes: split.identity, samplingSeed: configuration.seed, steps: model.sampler.steps,
        configuration: configuration))
    let wanted = (0..<split.count).map { split.index(at: $0) }
    let missing = wanted.filter { !RunFolder.exists(Self.file($0, in: folder)) }
    observer.began("sampling", "\(wanted.count) scenes of \(split.identity.name)")
    var done = wanted.count - missing.count
    for start in stride(from: 0, to: missing.count, by: model.sampler.batch) {
      if shouldStop() {
        throw RunError.interrupted(
          stage: "sampling", remedy: "finished videos are kept: run the same command again")
      }
      let part = Array(missing[start..<min(start + model.sampler.batch, missing.count)])
      try generate(part, of: split, model, into: folder, by: teller)
      done += part.count
      observer.advanced(done, of: wanted.count, "videos")
    }
  }

  private func generate(
    _ indices: [Int], of split: any AskedScenes, _ model: LatentDiffusionModel,
    into folder: URL, by teller: (any SceneTeller)?
  ) throws {
    let truths = try indices.map {
      try split.truth(at: $0, size: model.autoencoder.resolution)
    }
    let scenes = teller == nil ? [] : try indices.map { try split.toldScene(at: $0) }
    let frames = min(split.frames, model.maximumFrames)
    let videos = try model.continuation(
      of: truths, scenes: scenes, frames: frames, numbered: indices, by: teller)
    try writing(folder) {
      for (index, video) in zip(indices, videos) {
        try VideoFile.write(video, to: Self.file(index, in: folder), quality: .lossless)
      }
    }
  }

  /// Makes the folder, or finds one with the same manifest.
  private func prepare(_ folder: URL, _ manifest: Manifest) throws {
    let file = folder.appendingPathComponent(Manifest.name)
    guard RunFolder.exists(folder) else {
      try writing(folder) {
        try FileManager.default.createDirectory(
          at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
        try AtomicFolder.write(to: folder) { temporary in
          try AtomicFolder.write(
            json: manifest, to: temporary.appendingPathComponent(Manifest.name))
        }
      }
      return
    }
    var other = try? JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
    // What does not change the videos may differ.
    other?.configuration.threads = manifest.configuration.threads
    other?.configuration.device = manifest.configuration.device
    guard other == manifest else { throw RunError.otherSamples(folder.path) }
  }

  private static func file(_ index: Int, in folder: URL) -> URL {
    folder.appendingPathComponent(SampleManifest.fileName(index))
  }
}
