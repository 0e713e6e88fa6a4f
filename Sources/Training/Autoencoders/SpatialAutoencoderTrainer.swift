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
  /// Judges of single frames and of clips, where the losses ask for them.
  public let (patches, films): (PatchDiscriminator?, PatchDiscriminator?)
  /// The weights of all networks; the discriminators' under `patches.…` and `films.…`.
  public let weights: Parameters
  /// Their average.
  public let average: MovingAverage
  /// Muon for matrices and convolutions, AdamW without decay for the rest.
  public let optimizers: [(name: String, optimizer: any Optimizer, rate: Double)]
  private let perceptualDistance: ((Tensor, Tensor) -> Tensor)?
  private var clips: Prefetcher<[UInt8]>?
  private var expected: (step: Int, share: BatchShare) = (-1, .whole)

  /// Fresh weights from the seed, or those that another autoencoder starts with.
  ///
  /// - Parameters:
  ///   - start: weights by name; what it lacks, such as layers over time, stays fresh.
  ///   - perceptualDistance: the mean perceptual distance of pictures [N, 3, H, W] in −1...1, with gradients; needed
  ///     where `losses.perceptual` is not 0.
  /// - Throws: `ModelError.configuration`, `.tensorShape`, `TrainingError.option`.
  public init(
    _ configuration: SpatialAutoencoderTraining, start: [String: Tensor] = [:],
    perceptualDistance: ((Tensor, Tensor) -> Tensor)? = nil
  ) throws {
    try configuration.validate()
    let losses = configuration.losses
    guard losses.perceptual == 0 || perceptualDistance != nil else {
      throw TrainingError.option(
        field: "losses.perceptual", value: "\(losses.perceptual)",
        remedy: "no perceptual network is at hand: fetch it, or set the weight to 0")
    }
    self.configuration = configuration
    self.perceptualDistance = perceptualDistance
    model = try SpatialCoder(configuration.architecture, seed: configuration.seed)
    let stream = RandomStream(seed: configuration.seed &+ 0xD15C)
    patches = losses.patches > 0 ? PatchDiscriminator(from: stream) : nil
    films = losses.films > 0 ? PatchDiscriminator(frames: 3, from: stream) : nil
    let own = model.parameters
    try own.take(start)
    var judges = Parameters()
    if let patches { judges.append("patches", patches.parameters) }
    if let films { judges.append("films", films.parameters) }
    var all = own
    for (name, tensor) in zip(judges.names, judges.tensors) { all.append(name, tensor) }
    weights = all
    average = MovingAverage(of: weights, decay: configuration.averageDecay)
    let (matrices, rest) = Self.split(own) { _, tensor in tensor.rank >= 2 }
    optimizers =
      [
        ("muon", Muon(matrices), configuration.matrixRate),
        ("adamw", AdamW(rest, betas: (0.9, 0.95), weightDecay: 0), configuration.otherRate),
      ]
      + (judges.names.isEmpty
        ? []
        : [
          (
            "judges",
            AdamW(
              Array(zip(judges.names, judges.tensors)).map { (name: $0, tensor: $1) },
              betas: (0.5, 0.9), weightDecay: 0), losses.discriminatorRate
          )
        ])
  }

  /// The autoencoder of the averaged weights, its latents brought to zero mean and unit variance over
  /// `clips` clips that training does not see.
  public func finish(clips: Int = 512) throws -> SpatialAutoencoder {
    let coder = try SpatialCoder(configuration.architecture, seed: configuration.seed)
    let names = Set(coder.parameters.names)
    try coder.parameters.load(
      average.parameters.byName.filter { names.contains($0.key) }, path: "the averaged weights")
    return try Self.standardised(coder, configuration.population, clips: clips)
  }

  /// Joins networks with the mean and the deviation of their latents over a population.
  public static func standardised(
    _ coder: SpatialCoder, _ population: CropPopulation, clips: Int = 512, seed: UInt64 = 0x57D
  ) throws -> SpatialAutoencoder {
    let (side, frames) = (population.side, population.frames)
    let latents = try stride(from: 0, to: clips, by: 32).map { first in
      let count = min(32, clips - first)
      let bytes = try population.bytes(
        seed: seed, indices: first..<first + count, resolution: coder.configuration.resolution)
      return Torch.noGrad {
        let ink = SpatialCoder.ink(Tensor(bytes: bytes, [count * frames, side, side, 3]))
        return coder.encode(ink, frames: frames).mean.permute([0, 2, 3, 1])
          .reshape([-1, coder.configuration.latentChannels])
      }
    }
    return try Torch.noGrad {
      let rows = Tensor.cat(latents).to(.float64)
      let mean = rows.mean([0])
      let deviation = (rows - mean).square().mean([0]).sqrt().clamp(min: 1e-3)
      return try SpatialAutoencoder(
        coder, mean: mean.to(.float32), deviation: deviation.to(.float32))
    }
  }

  /// The gradient's norm is cut to this.
  public var maximumGradientNorm: Double { configuration.maximumGradientNorm }
  /// The architecture in a sentence.
  public var summary: String {
    let c = configuration.architecture
    return
      "An autoencoder of videos of \(c.resolution) by \(c.resolution) pixels, \(c.latentChannels) numbers in each "
      + "of \(c.grid * c.grid) cells for every \(c.temporalFactor == 1 ? "frame" : "two frames")."
  }
  /// Clips per step.
  public var batch: Int { configuration.batch }

  /// The loss of step `step`.
  public func loss(step: Int, of steps: Int) throws -> Tensor {
    try loss(step: step, of: steps, share: .whole)
  }

  /// The loss of one share of the clips: every loss is a mean over them.
  public func lossParts(
    step: Int, of steps: Int, share: BatchShare
  ) throws -> [() throws -> Tensor] {
    guard share != .whole else { return try lossParts(step: step, of: steps) }
    let part = Double(share.range(of: batch).count) / Double(batch)
    return [{ try self.loss(step: step, of: steps, share: share) * part }]
  }

  private func loss(step: Int, of steps: Int, share: BatchShare) throws -> Tensor {
    let (side, frames) = (configuration.population.side, configuration.population.frames)
    let own = share.range(of: batch)
    let bytes = Tensor(
      bytes: try clipBytes(step: step, of: steps, share), [own.count * frames, side, side, 3])
    let ink = SpatialCoder.ink(bytes).contiguous()
    let (mean, logVariance) = model.encode(ink, frames: frames)
    let latents = mean.size(0) / own.count
    let noise = RandomStream(seed: configuration.seed &+ 0x5A7, index: UInt64(step))
      .normal([batch * latents] + mean.shape.dropFirst())
      .narrow(0, start: own.lowerBound * latents, length: own.count * latents)
    let drawn = model.decode(mean + (logVariance * 0.5).exp() * noise, steps: latents)
    let losses = configuration.losses
    let difference = Self.difference(drawn, ink)
    let divergence = (mean.square() + logVariance.exp() - logVariance - 1).mean() * 0.5
    var loss =
      difference.abs().mean() * losses.absolute
      + difference.square().mean() * losses.squared + divergence * losses.divergence
    if losses.perceptual > 0, let perceptualDistance {
      loss = loss + perceptualDistance(1 - drawn * 2, 1 - ink * 2) * losses.perceptual
    }
    // The judges' own losses reach only the judges' weights, their opinion only the autoencoder's.
    if step >= losses.adversarialFrom {
      for (judge, weight) in [(patches, losses.patches), (films, losses.films)] {
        guard let judge else { continue }
        loss =
          loss + judge.opinion(of: drawn, length: frames) * weight
          + judge.ownLoss(drawn: drawn, truth: ink, length: frames)
      }
    }
    return loss
  }

  /// Ink drawn less ink wanted, where more than full ink is full and less than none is none, as it will be
  /// once it is bytes.
  package static func difference(_ drawn: Tensor, _ ink: Tensor) -> Tensor {
    let difference = drawn - ink
    // Beyond the ends of the scale: too much where all is wanted, too little where none is.
    let full = (ink - (1 - 0.5 / 255)).clamp(min: 0) * (2 * 255)
    let none = (0.5 / 255 - ink).clamp(min: 0) * (2 * 255)
    return difference - difference.relu() * full + (-difference).relu() * none
  }

  private func clipBytes(step: Int, of steps: Int, _ share: BatchShare) throws -> [UInt8] {
    if expected != (step, share) {
      let (population, seed, batch) = (configuration.population, configuration.seed, batch)
      let resolution = configuration.architecture.resolution
      clips = Prefetcher(step, steps, ahead: 3, threads: 1) { step in
        let (first, own) = (step * batch, share.range(of: batch))
        return try population.bytes(
          seed: seed, indices: first + own.lowerBound..<first + own.upperBound,
          resolution: resolution)
      }
    }
    expected = (step + 1, share)
    return try clips?.take(step) ?? []
  }
}
