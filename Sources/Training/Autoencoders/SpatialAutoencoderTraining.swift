import Models

/// Everything that determines the training of a spatial autoencoder, but for the number of steps.
public struct SpatialAutoencoderTraining: Codable, Hashable, Sendable {
  /// What `config.json` of its checkpoints says.
  public var modelType = "phyworld-spatial-autoencoder-in-training"
  /// The architecture.
  public var architecture = SpatialAutoencoderConfiguration()
  /// The clips it learns from.
  public var population = CropPopulation()
  /// Seed of weights, clips and noise.
  public var seed: UInt64 = 0
  /// Clips per step.
  public var batch = 48
  /// Muon's learning rate for matrices and convolutions.
  public var matrixRate = 0.006
  /// Adam's learning rate for everything else.
  public var otherRate = 1e-3
  /// The gradient's norm is cut to this.
  public var maximumGradientNorm = 1.0
  /// Memory of the averaged weights.
  public var averageDecay = 0.998
  /// What is minimised.
  public var losses = AutoencoderLosses()

  /// The released autoencoder's training.
  public init() {}

  /// The learning rates over `steps`: warm-up 50, cosine to a hundredth.
  public static func loop(steps: Int) -> LoopOptions {
    var options = LoopOptions()
    options.steps = steps
    options.learningRate = LearningRate(warmup: 50, floor: 0.01)
    options.checkpointEvery = 250
    return options
  }

  /// Checks everything.
  /// - Throws: `ModelError.configuration`, `TrainingError.option`.
  public func validate() throws {
    try architecture.validate()
    try population.validate(resolution: architecture.resolution)
    try losses.validate()
    guard 256.isMultiple(of: architecture.resolution) else {
      throw TrainingError.option(
        field: "resolution", value: "\(architecture.resolution)",
        remedy: "frames are rendered at 256 pixels and averaged: choose a divisor of 256")
    }
    guard population.side.isMultiple(of: architecture.spatialFactor) else {
      throw TrainingError.option(
        field: "population.side", value: "\(population.side)",
        remedy: "must be a multiple of the spatialFactor, \(architecture.spatialFactor)")
    }
    guard population.frames % architecture.temporalFactor == 1 || architecture.temporalFactor == 1
    else {
      throw TrainingError.option(
        field: "population.frames", value: "\(population.frames)",
        remedy: "must be odd for a temporalFactor of 2: the first frame stands alone")
    }
    guard losses.films == 0 || population.frames >= 3 else {
      throw TrainingError.option(
        field: "losses.films", value: "\(losses.films)",
        remedy: "a judge of clips needs population.frames of 3 or more, not \(population.frames)")
    }
    guard batch > 0 else {
      throw TrainingError.option(field: "batch", value: "\(batch)", remedy: "must be positive")
    }
    for (field, value) in [("matrixRate", matrixRate), ("otherRate", otherRate)]
    where !(value >= 0) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must not be negative")
    }
    guard maximumGradientNorm > 0, (0..<1).contains(averageDecay) else {
      throw TrainingError.option(
        field: "maximumGradientNorm, averageDecay",
        value: "\(maximumGradientNorm), \(averageDecay)",
        remedy: "must be positive, and in 0..<1")
    }
  }
}

/// The weight of each loss of a spatial autoencoder; 0 switches it off.
public struct AutoencoderLosses: Codable, Hashable, Sendable {
  /// Mean absolute difference of ink.
  public var absolute = 1.0
  /// Mean squared difference of ink.
  public var squared = 4.0
  /// Mean Kullback–Leibler divergence of a latent's channels from the normal distribution, in nats.
  public var divergence = 2e-6
  /// LPIPS of every frame; needs the published network.
  public var perceptual = 0.0
  /// A discriminator's opinion of the patches of single frames (PatchGAN).
  public var patches = 0.0
  /// A discriminator's opinion of the patches of clips (PatchGAN over space and time).
  public var films = 0.0
  /// Step from which the discriminators have a say.
  public var adversarialFrom = 1000
  /// The discriminators' learning rate.
  public var discriminatorRate = 2e-4

  /// Reconstruction and divergence only.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`.
  public func validate() throws {
    for (field, value) in [
      ("absolute", absolute), ("squared", squared), ("divergence", divergence),
      ("perceptual", perceptual), ("patches", patches), ("films", films),
      ("discriminatorRate", discriminatorRate), ("adversarialFrom", Double(adversarialFrom)),
    ] where !(value >= 0 && value.isFinite) {
      throw TrainingError.option(
        field: "losses.\(field)", value: "\(value)", remedy: "must not be negative")
    }
    guard absolute + squared > 0 else {
      throw TrainingError.option(
        field: "losses.absolute, losses.squared", value: "0, 0",
        remedy: "one of the two must be positive")
    }
  }
}
