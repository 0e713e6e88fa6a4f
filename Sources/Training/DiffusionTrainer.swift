import Models
import Tensors

/// Trains a video diffusion transformer on latents.
///
/// Batch, times and noise of step k follow from (seed, k). The loss counts the generated steps only.
public final class DiffusionTrainer: Trainable {
  /// Everything that determines the training but the data.
  public let configuration: DiffusionTraining
  /// The transformer that is trained.
  public let model: VideoDiT
  /// Its weights.
  public let weights: Parameters
  /// Their average.
  public let average: MovingAverage
  /// Muon for the blocks' matrices and AdamW for the rest, or AdamW for all.
  public let optimizers: [(name: String, optimizer: any Optimizer, rate: Double)]
  private let latents: any LatentSource
  private let conditions: (any ConditionSource)?

  /// Fresh weights from the seed.
  ///
  /// - Parameters:
  ///   - latents: where the batches come from.
  ///   - conditions: where what the model is told comes from, for models that are told more than frames.
  ///   - recomputes: whether the insides of blocks are computed again on the way back instead of being kept.
  /// - Throws: `ModelError.configuration`, `.latentShape`, `.condition`, `TrainingError.option`, and `.outOfMemory`
  ///   where the weights alone would not fit.
  public init(
    _ configuration: DiffusionTraining, latents: any LatentSource,
    conditions: (any ConditionSource)? = nil, recomputes: Bool = false
  ) throws {
    try configuration.validate()
    let expected = configuration.transformer.latentShape
    guard latents.shape == expected else {
      throw ModelError.latentShape(found: latents.shape, expected: expected)
    }
    var need = MemoryNeed(configuration, recomputes: recomputes, data: 0)
    need.missing = need.state
    if need.isTooMuch {
      throw TrainingError.outOfMemory(need, reason: "there is no room for the weights")
    }
    self.configuration = configuration
    self.latents = latents
    self.conditions = conditions
    var model = try VideoDiT(configuration.transformer, seed: configuration.seed)
    model.recomputesBlocks = recomputes
    self.model = model
    _ = try Torch.noGrad { try model.context(conditions?.condition(step: 0, size: 1)) }
    weights = model.parameters
    average = MovingAverage(of: weights, decay: configuration.averageDecay)
    let (matrices, rest) = Self.split(weights) { name, tensor in
      configuration.optimizer == .muon && name.hasPrefix("blocks.") && tensor.rank == 2
    }
    let adamW = AdamW(
      rest, betas: (configuration.beta1, configuration.beta2),
      weightDecay: configuration.otherDecay)
    let muon = Muon(
      matrices, weightDecay: configuration.matrixDecay, iterations: configuration.matrixIterations)
    optimizers =
      (matrices.isEmpty ? [] : [("muon", muon, configuration.matrixRate)])
      + [("adamw", adamW, configuration.otherRate)]
  }

  /// The gradient's norm is cut to this.
  public var maximumGradientNorm: Double { configuration.maximumGradientNorm }
  /// Videos per step.
  public var batch: Int { configuration.batch }
  /// The network and what it predicts.
  public var summary: String { configuration.model.summary }
  /// Pieces of a batch, one after another.
  public var accumulation: Int { configuration.accumulation ?? 1 }
  /// What the latents were made from.
  public var dataIdentity: String? { latents.identity }

  /// The loss of step `step`; it does not depend on the number of steps.
  public func loss(step: Int, of steps: Int) throws -> Tensor {
    let parts = try lossParts(step: step, of: steps).map { try $0() }
    return parts.dropFirst().reduce(parts[0], +)
  }

  /// The loss of step `step`, one part per shard of each piece of the batch.
  public func lossParts(step: Int, of steps: Int) throws -> [() throws -> Tensor] {
    try lossParts(step: step, of: steps, share: .whole)
  }

  /// The same for the videos of one share, with the times and the noise that they have in the whole batch.
  public func lossParts(
    step: Int, of steps: Int, share: BatchShare
  ) throws -> [() throws -> Tensor] {
    // Processes have their threads inside operators: parts one after another are added up in one order.
    try lossParts(
      step: step, of: steps, batch: batch, pieces: accumulation,
      shards: share == .whole ? configuration.shards : 1, share: share)
  }

  /// The same for any number of videos.
  func lossParts(
    step: Int, of steps: Int, batch: Int, pieces: Int, shards: Int, share: BatchShare = .whole
  ) throws -> [() throws -> Tensor] {
    let clean = try latents.batch(step: step, size: batch, share: share)
    let own = share.range(of: batch)
    let told = try conditions?.condition(step: step, size: batch)
      .narrow(start: own.lowerBound, length: own.count)
    let stream = RandomStream(seed: configuration.seed &+ 0xD1F, index: UInt64(step))
    let times = Array(configuration.diffusion.drawTimes(batch, from: stream)[own])
    // A GPU draws its own: a batch of grids is millions of numbers, which a processor takes longer to draw and hand
    // over than a GPU to learn from.
    let drawing =
      clean.device == .cpu
      ? stream
      : RandomStream(
        seed: configuration.seed &+ 0xD1F, index: UInt64(step), drawnOn: clean.device)
    let noise = drawing.normal([batch] + latents.shape, device: clean.device)
      .narrow(0, start: own.lowerBound, length: own.count)
    let shards = clean.device == .cpu ? shards : 1
    let piece = own.count / pieces
    let size = (piece + shards - 1) / shards
    let starts = stride(from: 0, to: own.count, by: piece).flatMap { first in
      stride(from: first, to: first + piece, by: size).map { ($0, min(size, first + piece - $0)) }
    }
    return starts.map { start, count in
      {
        try self.loss(
          clean: clean.narrow(0, start: start, length: count),
          noise: noise.narrow(0, start: start, length: count),
          times: Array(times[start..<start + count]),
          told: told?.narrow(start: start, length: count)) * (Double(count) / Double(batch))
      }
    }
  }

  private func loss(
    clean: Tensor, noise: Tensor, times: [Double], told: SceneCondition?
  ) throws -> Tensor {
    let diffusion = configuration.diffusion
    let level = NoiseLevel(diffusion, times: times, rank: clean.rank)
    let noisy = level.mix(clean: clean, noise: noise)
    let time = Tensor(times.map { Float($0) }, [times.count])
    let answer = try (configuration.precision ?? .float32) {
      model(noisy, condition: clean, time: time, context: try model.context(told))
    }.to(.float32)
    let target = diffusion.prediction.target(clean: clean, noise: noise, level: level)
    let given = configuration.transformer.conditionSteps
    let later = configuration.transformer.time - given
    let (a, b) = (
      answer.narrow(1, start: given, length: later), target.narrow(1, start: given, length: later)
    )
    if diffusion.weighting == .uniform { return .mse(a, b) }
    let weights = times.map { Float(diffusion.weight($0)) }
    return ((a - b).square() * Tensor(weights, [times.count, 1, 1, 1, 1])).mean()
  }

  /// A transformer with the averaged weights, independent of further training.
  public func averagedModel() throws -> VideoDiT {
    let copy = try VideoDiT(configuration.transformer, seed: configuration.seed)
    try copy.parameters.load(average.parameters.byName, path: "the averaged weights")
    return copy
  }
}
