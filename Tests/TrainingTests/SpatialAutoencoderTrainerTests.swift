import Datasets
import Models
import Tensors
import TestSupport
import Testing
import Training
import Worlds

/// A spatial autoencoder's training small enough for tests.
func tinySpatialTraining() -> SpatialAutoencoderTraining {
  var training = SpatialAutoencoderTraining()
  training.architecture.resolution = 32
  training.architecture.spatialFactor = 4
  training.architecture.width = 24
  training.architecture.encoderBlocks = 1
  training.architecture.decoderBlocks = 1
  training.architecture.headWidth = 48
  training.architecture.latentChannels = 8
  training.population.side = 16
  training.population.large = 0
  training.batch = 8
  return training
}

@Suite struct SpatialAutoencoderTrainerTests {
  @Test func learnsToDraw() throws {
    try withTemporaryFolder { folder in
      var training = tinySpatialTraining()
      training.matrixRate = 0.02
      training.otherRate = 2e-3
      let listener = Listener()
      var loop = try loop(folder, steps: 200) { $0.recordEvery = 20 }
      loop.observer = listener
      let trainer = try SpatialAutoencoderTrainer(training)
      _ = try loop.run(trainer)
      let losses = listener.records.map(\.loss)
      #expect((losses.last ?? 9) < 0.5 * (losses.first ?? 0))
      // What it gives is brought to mean 0 and deviation 1.
      let autoencoder = try trainer.finish(clips: 64)
      let bytes = try training.population.bytes(
        seed: 0x57D, indices: 0..<64, resolution: training.architecture.resolution)
      let latents = Torch.noGrad {
        (autoencoder.coder.encode(SpatialCoder.ink(Tensor(bytes: bytes, [64, 16, 16, 3]))).mean
          .permute([0, 2, 3, 1]) - autoencoder.mean) / autoencoder.deviation
      }.reshape([-1, 8])
      #expect(latents.mean([0]).abs().amax().item() < 1e-3)
      #expect((latents.square().mean([0]) - 1).abs().amax().item() < 1e-3)
    }
  }

  /// With every loss on, clips, layers over time and judges.
  @Test func resumingIsAsIfNeverStopped() throws {
    var training = tinySpatialTraining()
    training.architecture.temporalFactor = 2
    training.architecture.temporalTaps = 2
    training.population.frames = 3
    training.batch = 2
    training.losses.patches = 0.1
    training.losses.films = 0.1
    training.losses.adversarialFrom = 2
    training.losses.perceptual = 0.1
    let (straight, resumed) = try straightAndResumed(steps: 6, stopAt: 4) {
      try SpatialAutoencoderTrainer(training) { ($0 - $1).abs().mean() }
    }
    #expect(straight.keys.contains("model/films.0.weight"))
    #expect(straight == resumed)
  }

  /// A loss that is switched on changes the gradients it is meant to change, and no others.
  @Test func everyLossCanBeSwitched() throws {
    func gradients(_ change: (inout SpatialAutoencoderTraining) -> Void) throws -> [String: Tensor]
    {
      var training = tinySpatialTraining()
      training.population.frames = 3
      training.batch = 2
      training.losses.adversarialFrom = 0
      change(&training)
      let trainer = try SpatialAutoencoderTrainer(training) { ($0 - $1).square().mean() }
      trainer.weights.requireGradients(true)
      try trainer.loss(step: 0, of: 10).backward()
      return trainer.weights.byName.compactMapValues(\.grad)
    }
    let plain = try gradients { _ in }
    #expect(!plain.keys.contains { $0.hasPrefix("patches") || $0.hasPrefix("films") })
    for change: (inout SpatialAutoencoderTraining) -> Void in [
      { $0.losses.absolute = 0 }, { $0.losses.squared = 0 }, { $0.losses.divergence = 0 },
      { $0.losses.perceptual = 1 }, { $0.losses.patches = 1 }, { $0.losses.films = 1 },
    ] {
      let other = try gradients(change)
      let name = "encoder.moments.weight"
      let (a, b) = (try #require(plain[name]), try #require(other[name]))
      #expect((a - b).abs().amax().item() > 1e-9)
    }
    // The judges learn from their own loss alone: the weight of their opinion is nothing to them.
    let (weak, strong) = (
      try gradients { $0.losses.patches = 0.1 }, try gradients { $0.losses.patches = 10 }
    )
    let (a, b) = (try #require(weak["patches.0.weight"]), try #require(strong["patches.0.weight"]))
    #expect((a - b).abs().amax().item() == 0)
    // Nor does their loss reach the autoencoder before their time.
    let early = try gradients {
      $0.losses.patches = 1
      $0.losses.adversarialFrom = 5
    }
    for (name, gradient) in plain {
      #expect((gradient - (try #require(early[name]))).abs().amax().item() == 0, "\(name)")
    }
  }

  /// More ink than full, where full is wanted, is no error; the same elsewhere is.
  @Test func clippingIsForgiven() throws {
    let wanted = Tensor([0, 0, 1, 1, 0.5, 0.5], [6])
    let drawn = Tensor([-0.2, 0.1, 1.3, 0.8, 1.2, -0.1], [6])
    let difference = SpatialAutoencoderTrainer.difference(drawn, wanted).doubles()
    for (a, b) in zip(difference, [0, 0.1, 0, -0.2, 0.7, -0.6]) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func startsWithOthersWeights() throws {
    let image = try SpatialAutoencoderTrainer(tinySpatialTraining())
    var inflated = tinySpatialTraining()
    inflated.seed = 9
    inflated.architecture.temporalTaps = 3
    let video = try SpatialAutoencoderTrainer(inflated, start: image.weights.byName)
    for (name, tensor) in image.weights.byName {
      #expect(video.weights.byName[name]?.floats() == tensor.floats(), "\(name)")
    }
    inflated.architecture.width = 32
    #expect(throws: ModelError.self) {
      _ = try SpatialAutoencoderTrainer(inflated, start: image.weights.byName)
    }
  }

  @Test func impossibleValuesAreRefused() {
    let changes: [(inout SpatialAutoencoderTraining) -> Void] = [
      { $0.batch = 0 }, { $0.population.side = 129 }, { $0.population.side = 44 },
      { $0.population.radius = -1...1 }, { $0.population.shapes = [1] },
      { $0.population.colors = [0, 0, 0] }, { $0.population.large = 2 },
      { $0.architecture.resolution = 48 }, { $0.losses.absolute = -1 },
      { $0.losses.squared = .nan },
      {
        $0.losses.absolute = 0
        $0.losses.squared = 0
      },
      { $0.losses.films = 1 },
      {
        $0.architecture.temporalTaps = 3
        $0.architecture.temporalFactor = 2
        $0.population.frames = 4
      },
      { $0.averageDecay = 1 },
    ]
    for (number, change) in changes.enumerated() {
      var training = SpatialAutoencoderTraining()
      change(&training)
      #expect(throws: (any Error).self, "\(number)") { try training.validate() }
    }
    #expect(throws: Never.self) { try SpatialAutoencoderTraining().validate() }
    var training = SpatialAutoencoderTraining()
    training.losses.perceptual = 1
    #expect(throws: TrainingError.self) { _ = try SpatialAutoencoderTrainer(training) }
  }
}

@Suite struct CropPopulationTests {
  @Test func aClipFollowsFromItsNumber() throws {
    var population = CropPopulation()
    population.frames = 2
    let clip = 2 * 48 * 48 * 3
    let all = try population.bytes(seed: 1, indices: 0..<4, resolution: 128)
    #expect(all.count == 4 * clip)
    let one = try population.bytes(seed: 1, indices: 2..<3, resolution: 128)
    #expect(Array(all[2 * clip..<3 * clip]) == one)
    #expect(try population.bytes(seed: 2, indices: 2..<3, resolution: 128) != one)
  }

  @Test func mostWindowsShowAnEdge() throws {
    let population = CropPopulation()
    let size = 48 * 48 * 3
    let all = try population.bytes(seed: 1, indices: 0..<200, resolution: 128)
    let mixed = (0..<200).filter { Set(all[$0 * size..<($0 + 1) * size]).count > 1 }
    #expect(mixed.count > 140)
  }
}
