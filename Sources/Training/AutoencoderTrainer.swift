import Datasets
import Foundation
import Models
import Tensors
import Videos
import Worlds

/// Trains the frame autoencoder on random frames, then fits the projection of the video autoencoder.
///
/// The loss is the mean squared error of the ink plus light penalties on the latents. Frames are rendered
/// on a background thread; those of step k follow from (seed, k).
public final class AutoencoderTrainer: Trainable {
  /// Everything that determines the training.
  public let configuration: AutoencoderTraining
  /// The frame autoencoder that is trained.
  public let model: FrameAutoencoder
  /// Its weights.
  public let weights: Parameters
  /// Their average.
  public let average: MovingAverage
  /// Muon for matrices and convolutions, AdamW without decay for the rest.
  public let optimizers: [(name: String, optimizer: any Optimizer, rate: Double)]
  /// Threads that render frames ahead.
  public var renderingThreads = 1
  private var frames: Prefetcher<[UInt8]>?
  private var expectedStep = -1

  /// Fresh weights from the seed, or what another autoencoder of frames has learned.
  ///
  /// - Parameter start: weights by name; see `FrameAutoencoder.start(from:path:)`.
  /// - Throws: `ModelError`, `TrainingError.option`.
  public init(_ configuration: AutoencoderTraining, start: [String: Tensor] = [:]) throws {
    try configuration.validate()
    self.configuration = configuration
    model = try FrameAutoencoder(configuration.architecture, seed: configuration.seed)
    if !start.isEmpty { try model.start(from: start, path: "the weights to start from") }
    weights = model.parameters
    average = MovingAverage(of: weights, decay: configuration.averageDecay)
    let (matrices, rest) = Self.split(weights) { _, tensor in
      tensor.rank >= 2 && min(tensor.size(0), tensor.count / tensor.size(0)) >= 16
    }
    optimizers = [
      ("muon", Muon(matrices), configuration.matrixRate),
      ("adamw", AdamW(rest, betas: (0.9, 0.95), weightDecay: 0), configuration.otherRate),
    ]
  }

  /// The gradient's norm is cut to this.
  public var maximumGradientNorm: Double { configuration.maximumGradientNorm }
  /// The architecture in a sentence.
  public var summary: String {
    let architecture = configuration.architecture
    return
      "An autoencoder of single frames of \(architecture.resolution) by \(architecture.resolution) pixels, "
      + "\(architecture.frameLatentChannels) numbers in each of \(architecture.grid * architecture.grid) cells."
  }
  /// Frames per step.
  public var batch: Int { configuration.batch }

  /// The loss of step `step`.
  public func loss(step: Int, of steps: Int) throws -> Tensor {
    let size = configuration.architecture.resolution
    let bytes = try frameBytes(step: step, of: steps)
    let ink = FrameAutoencoder.ink(Tensor(bytes: bytes, [batch, size, size, 3])).contiguous()
    let latents = model.encode(ink)
    let deviation =
      step < steps / 2 ? configuration.latentNoise : configuration.finalLatentNoise
    let noise = RandomStream(seed: configuration.seed &+ 0x4E01, index: UInt64(step))
      .normal(latents.shape)
    let drawn = model.decodeLayers(latents + noise * deviation)
    let square = latents.square()
    return difference(drawn, model.configuration.layers > 1 ? ColorLayers.split(ink) : ink)
      + square.mean() * configuration.latentPenalty
      + (square.mean([0]) - 1).relu().mean() * configuration.variancePenalty
  }

  /// The mean squared error of what was drawn, in the weights that the configuration gives.
  private func difference(_ drawn: Tensor, _ wanted: Tensor) -> Tensor {
    let (power, forgives) = (configuration.inkPower ?? 0, configuration.forgivesExcess ?? false)
    let absolute = configuration.absoluteWeight ?? 0
    guard power > 0 || forgives || absolute > 0 else { return Tensor.mse(drawn, wanted) }
    // Full ink is 2 here.
    let error =
      forgives
      ? SpatialAutoencoderTrainer.difference(drawn * 0.5, wanted * 0.5) * 2 : drawn - wanted
    let cost = absolute > 0 ? error.square() + error.abs() * absolute : error.square()
    let square = cost.mean([1, 2, 3])
    guard power > 0 else { return square.mean() }
    let ink = wanted.abs().mean([1, 2, 3])
    return (square * (Self.usualInk / (ink + Self.leastInk)).pow(power)).mean()
  }

  /// Mean ink, of 2, of a disc of radius 1: it has the weight 1.
  private static let usualInk = 0.063
  /// Ink that is added to every picture's, for some have none.
  private static let leastInk = 0.004

  /// The video autoencoder of the averaged weights, its projection fitted.
  public func finish() throws -> VideoAutoencoder {
    var autoencoder = try VideoAutoencoder(configuration.architecture, seed: configuration.seed)
    try autoencoder.frames.parameters.load(average.parameters.byName, path: "the averaged weights")
    autoencoder.projection = try Self.projection(
      for: autoencoder, configuration.projection, of: configuration.testbed,
      seed: configuration.seed)
    return autoencoder
  }

  /// Fits the projection of a trained autoencoder; may be repeated with another population.
  public static func projection(
    for autoencoder: VideoAutoencoder, _ population: ProjectionPopulation,
    of testbed: TestbedFrames? = nil, seed: UInt64
  ) throws -> LatentProjection {
    let architecture = autoencoder.configuration
    let perLatent = architecture.framesPerLatent
    let frames = max(population.frames / perLatent, 1) * perLatent
    let inputs = perLatent * architecture.frameLatentChannels
    var rows: [Tensor] = []
    for (source, videos) in try population.sources(seed: seed, frames: frames, of: testbed) {
      try VideoFeed(source, isShuffled: false).forEachChunk(
        0..<videos, frames: frames, size: architecture.resolution, chunk: 32
      ) { videos, bytes in
        let latents = autoencoder.frameLatents(bytes)
        rows.append(autoencoder.rows(latents, videos: videos.count).reshape([-1, inputs]))
      }
    }
    return .fit(
      .cat(rows), channels: architecture.latentChannels, whitening: architecture.whitening)
  }

  private func frameBytes(step: Int, of steps: Int) throws -> [UInt8] {
    if step != expectedStep {
      let (population, seed, batch) = (configuration.population, configuration.seed, batch)
      let (scenes, testbed) = (configuration.scenes, configuration.testbed)
      let resolution = configuration.architecture.resolution
      frames = Prefetcher(step, steps, ahead: 3, threads: renderingThreads) { step in
        let indices = step * batch..<(step + 1) * batch
        return try testbed?.bytes(seed: seed, indices: indices, resolution: resolution)
          ?? scenes?.bytes(seed: seed, indices: indices, resolution: resolution)
          ?? population.bytes(seed: seed, indices: indices, resolution: resolution)
      }
    }
    expectedStep = step + 1
    return try frames?.take(step) ?? []
  }
}
