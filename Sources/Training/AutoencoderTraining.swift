import Datasets
import Models
import Worlds

/// Everything that determines the training of an autoencoder, but for the number of steps.
public struct AutoencoderTraining: Codable, Hashable, Sendable {
  /// What `config.json` of its checkpoints says: frames only, without a projection.
  public var modelType = "phyworld-frame-autoencoder-in-training"
  /// The architecture.
  public var architecture = VideoAutoencoderConfiguration()
  /// The frames it learns from.
  public var population = FramePopulation()
  /// Frames of many bodies that it learns from instead. This and the next four are left out where they say
  /// nothing, so that earlier checkpoints stay what they were.
  public var scenes: SceneFrames?
  /// Frames of the combinatorial testbed that it learns from instead.
  public var testbed: TestbedFrames?
  /// Weight of the mean absolute difference beside the squared one: bodies in pale ink count more by it. 0 unless
  /// given.
  public var absoluteWeight: Double?
  /// Frames, or the colours of frames, with little ink count more: by its inverse to this power. The error that
  /// a place off by a little makes grows as the length of a body's edge, the root of its ink: 0.5 makes it count
  /// the same for small and large bodies. 0 unless given.
  public var inkPower: Double?
  /// Whether more than full where full is wanted, and less than nothing where nothing is, is no error: bytes end
  /// there. It is one unless told otherwise.
  public var forgivesExcess: Bool?
  /// Seed of weights, frames and noise.
  public var seed: UInt64 = 0
  /// Frames per step.
  public var batch = 128
  /// Muon's learning rate for matrices and convolutions.
  public var matrixRate = 0.02
  /// Adam's learning rate for everything else.
  public var otherRate = 2e-3
  /// Deviation of the noise added to latents in the first half; it makes near latents draw near frames.
  public var latentNoise = 0.05
  /// The same in the second half.
  public var finalLatentNoise = 0.03
  /// Weight of the mean square of the latents.
  public var latentPenalty = 1e-4
  /// Weight of the variance of a latent channel beyond 1.
  public var variancePenalty = 0.01
  /// The gradient's norm is cut to this.
  public var maximumGradientNorm = 1.0
  /// Memory of the averaged weights.
  public var averageDecay = 0.995
  /// The videos whose latents the projection whitens.
  public var projection = ProjectionPopulation()

  /// The laptop's autoencoder.
  public init() {}

  /// The laptop's learning rates over `steps`: warm-up 50, cosine to a hundredth.
  public static func loop(steps: Int) -> LoopOptions {
    var options = LoopOptions()
    options.steps = steps
    options.learningRate = LearningRate(warmup: 50, floor: 0.01)
    return options
  }

  /// Checks everything.
  /// - Throws: `ModelError.configuration`, `TrainingError.option`.
  public func validate() throws {
    try architecture.validate()
    try population.validate()
    try scenes?.validate()
    try testbed?.validate()
    try projection.validate()
    guard 256.isMultiple(of: architecture.resolution) else {
      throw TrainingError.option(
        field: "resolution", value: "\(architecture.resolution)",
        remedy: "frames are rendered at 256 pixels and averaged: choose a divisor of 256")
    }
    guard batch > 1 else {
      throw TrainingError.option(field: "batch", value: "\(batch)", remedy: "must be at least 2")
    }
    for (field, value) in [
      ("matrixRate", matrixRate), ("otherRate", otherRate), ("latentNoise", latentNoise),
      ("finalLatentNoise", finalLatentNoise), ("latentPenalty", latentPenalty),
      ("variancePenalty", variancePenalty), ("inkPower", inkPower ?? 0),
      ("absoluteWeight", absoluteWeight ?? 0),
    ] where !(value >= 0) {
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

/// The videos whose latents decide the whitening: radii and speeds inside and outside the training range.
public struct ProjectionPopulation: Codable, Hashable, Sendable {
  /// Videos of each shape, colour and range of radii.
  public var videos = 64
  /// Frames of each.
  public var frames = 33
  /// Ranges of radii, world units; each gets as many videos.
  public var radii = [0.3...0.7, 0.7...1.4, 1.4...2.0]
  /// Speeds, world units per second.
  public var speed = 0.0...6.0
  /// Shapes.
  public var shapes: [Shape] = [.disc, .square]
  /// Colours.
  public var colors: [BodyColor] = [.red, .blue]
  /// Videos of each of the laws of ``BroadScenes`` besides; none unless given.
  public var broadVideos: Int?
  /// Videos of the combinatorial testbed instead of all these; none unless given.
  public var testbedVideos: Int?
  /// Discs and squares, red and blue.
  public init() {}

  func validate() throws {
    guard videos > 0, frames > 0, !radii.isEmpty, !shapes.isEmpty, !colors.isEmpty else {
      throw TrainingError.option(
        field: "projection", value: "\(self)",
        remedy: "it needs videos, frames, radii, a shape and a colour")
    }
    guard broadVideos ?? 0 >= 0, testbedVideos ?? 1 > 0 else {
      throw TrainingError.option(
        field: "projection.broadVideos, testbedVideos",
        value: "\(broadVideos ?? 0), \(testbedVideos ?? 0)",
        remedy: "must not be negative, and must be positive where given")
    }
  }

  /// One source for each shape, colour and range of radii, then one for each law, with the videos of each; or the
  /// testbed alone.
  func sources(
    seed: UInt64, frames: Int, of testbed: TestbedFrames?
  ) throws -> [(source: any VideoSource, videos: Int)] {
    if let testbedVideos {
      let set = try CombinatorialSet(named: (testbed ?? TestbedFrames()).set)
      return [(try RenderedCombinatorial(set, seed: seed), min(testbedVideos, set.count))]
    }
    let broad = broadVideos ?? 0
    return uniform(seed: seed, frames: frames).map { (RenderedScenes($0), videos) }
      + (broad == 0 ? [] : BroadScenes.recipes).map {
        (RenderedScenes(SceneStream(recipe: $0, seed: seed)), broad)
      }
  }

  private func uniform(seed: UInt64, frames: Int) -> [SceneStream] {
    shapes.flatMap { shape in
      colors.flatMap { color in
        radii.map { radius in
          SceneStream(
            recipe: SceneRecipe(
              scenario: UniformMotion(shape: shape, color: color, frames: frames),
              region: Region(boxes: [["r": radius, "v": speed]])),
            seed: seed)
        }
      }
    }
  }
}
