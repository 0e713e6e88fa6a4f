import Models

/// Everything that determines the training of a diffusion model, but for data and number of steps.
///
/// Saved as `config.json`: a checkpoint is a model folder too.
public struct DiffusionTraining: Codable, Hashable, Sendable {
  /// Which optimiser takes the matrices of the blocks.
  public enum MatrixOptimizer: String, Codable, CaseIterable, Sendable {
    /// Muon for the matrices, AdamW for everything else.
    case muon
    /// AdamW for everything (the paper).
    case adamW
  }

  /// The kind of model in the folder.
  public var modelType = DiffusionModelConfiguration.kind
  /// The transformer.
  public var transformer = VideoDiTConfiguration()
  /// What it learns to do.
  public var diffusion = Diffusion()
  /// Seed of weights, data order, times and noise.
  public var seed: UInt64 = 0
  /// Videos per step.
  public var batch = 64
  /// Parts of a batch that can be computed at the same time; on a GPU always one. Two, not more: the sum of two gradients
  /// is the same in either order, so that threads change no bit of the result.
  public var shards = 2
  /// Pieces of a batch that are computed one after another, so that only one piece's activations are in memory; one
  /// when nil.
  public var accumulation: Int?
  /// The network's arithmetic; `float32` when nil.
  public var precision: Precision?
  /// Which optimiser takes the matrices of the blocks.
  public var optimizer = MatrixOptimizer.muon
  /// Muon's learning rate.
  public var matrixRate = 0.02
  /// Muon's decay per step and unit of learning rate.
  public var matrixDecay = 0.01
  /// Muon's Newton–Schulz steps.
  public var matrixIterations = 5
  /// AdamW's learning rate.
  public var otherRate = 1e-3
  /// AdamW's memory of the gradient's mean.
  public var beta1 = 0.9
  /// AdamW's memory of the gradient's square.
  public var beta2 = 0.99
  /// AdamW's decay per step and unit of learning rate.
  public var otherDecay = 0.0
  /// The gradient's norm is cut to this.
  public var maximumGradientNorm = 1.0
  /// Memory of the averaged weights.
  public var averageDecay = 0.995

  /// The laptop's model.
  public init() {}

  /// The paper's optimiser (AdamW 1e-4, decay 0.01, batch 256) on the given transformer.
  public static func paper(_ transformer: VideoDiTConfiguration) -> DiffusionTraining {
    var training = DiffusionTraining()
    training.transformer = transformer
    training.transformer.conditioning = .concatenated
    training.diffusion = .paper
    training.optimizer = .adamW
    training.batch = 256
    training.otherRate = 1e-4
    training.beta2 = 0.999
    training.otherDecay = 0.01
    training.averageDecay = 0.9999
    return training
  }

  /// The part that is the finished model's `config.json`.
  public var model: DiffusionModelConfiguration {
    DiffusionModelConfiguration(transformer: transformer, diffusion: diffusion)
  }

  /// Checks everything.
  /// - Throws: `ModelError.configuration`, `TrainingError.option`.
  public func validate() throws {
    try model.validate()
    for (field, value) in [("batch", batch), ("matrixIterations", matrixIterations)]
    where value < 1 {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must be at least 1")
    }
    for (field, value) in [
      ("matrixRate", matrixRate), ("matrixDecay", matrixDecay), ("otherRate", otherRate),
      ("otherDecay", otherDecay),
    ] where !(value >= 0 && value.isFinite) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must not be negative")
    }
    for (field, value) in [("beta1", beta1), ("beta2", beta2), ("averageDecay", averageDecay)]
    where !(0..<1).contains(value) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must lie in 0..<1")
    }
    guard (1...2).contains(shards) else {
      throw TrainingError.option(field: "shards", value: "\(shards)", remedy: "use 1 or 2")
    }
    if let accumulation, accumulation < 1 || !batch.isMultiple(of: accumulation) {
      throw TrainingError.option(
        field: "accumulation", value: "\(accumulation)",
        remedy: "must divide the batch of \(batch) into whole pieces")
    }
    guard maximumGradientNorm > 0 else {
      throw TrainingError.option(
        field: "maximumGradientNorm", value: "\(maximumGradientNorm)", remedy: "must be positive")
    }
  }
}
