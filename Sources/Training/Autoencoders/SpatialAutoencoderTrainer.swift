import Models
import Tensors

/// Trains a spatial autoencoder on windows of rendered clips.
///
/// Clips are rendered on a background thread; those of step k, and its noise, follow from (seed, k).
public final class SpatialAutoencoderTrainer: Trainable {
  /// Everything that determines the training.
  public let configuration: SpatialAutoencoderTraining
  /// The networks that are trained.
  public let model: SpatialCoder
  /// Their weights.
  public let weights: Parameters
  /// Their average.
  public let average: MovingAverage
  /// Muon for matrices and convolutions, AdamW without decay for the rest.
  public let optimizers: [(name: String, optimizer: any Optimizer, rate: Double)]
  private var clips: Prefetcher<[UInt8]>?
  private var expectedStep = -1

  /// Fresh weights from the seed.
  /// - Throws: `ModelError.configuration`, `TrainingError.option`.
  public init(_ configuration: SpatialAutoencoderTraining) throws {
    try configuration.validate()
    self.configuration = configuration
    model = try SpatialCoder(configuration.architecture, seed: configuration.seed)
    weights = model.parameters
    average = MovingAverage(of: weights, decay: configuration.averageDecay)
    let (matrices, rest) = Self.split(weights) { _, tensor in tensor.rank >= 2 }
    optimizers = [
      ("muon", Muon(matrices), configuration.matrixRate),
      ("adamw", AdamW(rest, betas: (0.9, 0.95), weightDecay: 0), configuration.otherRate),
    ]
  }

  /// The gradient's norm is cut to this.
  public var maximumGradientNorm: Double { configuration.maximumGradientNorm }
  /// Clips per step.
  public var batch: Int { configuration.batch }

  /// The loss of step `step`.
  public func loss(step: Int, of steps: Int) throws -> Tensor {
    let (side, frames) = (configuration.population.side, configuration.population.frames)
    let bytes = Tensor(
      bytes: try clipBytes(step: step, of: steps), [batch * frames, side, side, 3])
    let ink = SpatialCoder.ink(bytes).contiguous()
    let (mean, logVariance) = model.encode(ink, frames: frames)
    let noise = RandomStream(seed: configuration.seed &+ 0x5A7, index: UInt64(step))
      .normal(mean.shape)
    let drawn = model.decode(
      mean + (logVariance * 0.5).exp() * noise, steps: mean.size(0) / batch)
    let losses = configuration.losses
    let difference = Self.difference(drawn, ink)
    let divergence = (mean.square() + logVariance.exp() - logVariance - 1).mean() * 0.5
    return difference.abs().mean() * losses.absolute
      + difference.square().mean() * losses.squared + divergence * losses.divergence
  }

  /// Ink drawn less ink wanted, where more than full ink is full and less than none is none, as it will be
  /// once it is bytes.
  static func difference(_ drawn: Tensor, _ ink: Tensor) -> Tensor {
    let difference = drawn - ink
    // Beyond the ends of the scale: too much where all is wanted, too little where none is.
    let full = (ink - (1 - 0.5 / 255)).clamp(min: 0) * (2 * 255)
    let none = (0.5 / 255 - ink).clamp(min: 0) * (2 * 255)
    return difference - difference.relu() * full + (-difference).relu() * none
  }

  private func clipBytes(step: Int, of steps: Int) throws -> [UInt8] {
    if step != expectedStep {
      let (population, seed, batch) = (configuration.population, configuration.seed, batch)
      let resolution = configuration.architecture.resolution
      clips = Prefetcher(step, steps, ahead: 3, threads: 1) { step in
        try population.bytes(
          seed: seed, indices: step * batch..<(step + 1) * batch, resolution: resolution)
      }
    }
    expectedStep = step + 1
    return try clips?.take(step) ?? []
  }
}
