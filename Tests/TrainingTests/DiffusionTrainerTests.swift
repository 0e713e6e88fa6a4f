import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct DiffusionTrainerTests {
  @Test(arguments: DiffusionTraining.MatrixOptimizer.allCases, Prediction.allCases)
  func learnsStraightLines(
    _ optimizer: DiffusionTraining.MatrixOptimizer, _ prediction: Prediction
  ) throws {
    try withTemporaryFolder { folder in
      var training = tinyDiffusionTraining()
      training.optimizer = optimizer
      training.diffusion.prediction = prediction
      training.diffusion.shift = 3
      training.otherRate = optimizer == .muon ? 5e-3 : 1e-2
      let listener = Listener()
      var loop = try loop(folder, steps: 150) { $0.recordEvery = 30 }
      loop.observer = listener
      let trainer = try DiffusionTrainer(training, latents: CachedLatents(lineLatents(16), seed: 0))
      _ = try loop.run(trainer)
      let losses = listener.records.map(\.loss)
      #expect((losses.last ?? 9) < 0.6 * (losses.first ?? 0))
    }
  }

  /// On a processor that computes bfloat16 in software this is slow; the numbers are those of a GPU's.
  @Test func bfloat16LearnsTheSame() throws {
    func losses(_ precision: Precision?) throws -> [Double] {
      var training = tinyDiffusionTraining()
      training.precision = precision
      let trainer = try DiffusionTrainer(training, latents: CachedLatents(lineLatents(16), seed: 0))
      trainer.weights.requireGradients(true)
      let results = try (0..<12).map {
        try TrainingStep.take(trainer, step: $0, of: 12, factor: 1)
      }
      #expect(trainer.weights.tensors.allSatisfy { $0.dtype == .float32 })
      return StepResult.values(results).map(\.loss)
    }
    let (exact, rounded) = (try losses(nil), try losses(.bfloat16))
    #expect(exact != rounded)
    #expect(try losses(.float32) == exact)
    #expect(try losses(.tensorFloat32) == exact)
    for (a, b) in zip(exact, rounded) { #expect(abs(a - b) < 0.05 * a) }
  }

  /// An earlier checkpoint's configuration has no precision; one that says nothing writes none.
  @Test func precisionIsLeftOutWhereItSaysNothing() throws {
    let text = String(
      decoding: try JSONEncoder().encode(tinyDiffusionTraining()), as: UTF8.self)
    #expect(!text.contains("precision"))
    #expect(!text.contains("timestepNetwork"))
  }

  @Test(arguments: DiffusionTraining.MatrixOptimizer.allCases)
  func resumingIsAsIfNeverStopped(_ optimizer: DiffusionTraining.MatrixOptimizer) throws {
    var training = tinyDiffusionTraining()
    training.optimizer = optimizer
    let (straight, resumed) = try straightAndResumed(steps: 9, stopAt: 4) {
      try DiffusionTrainer(training, latents: CachedLatents(lineLatents(16), seed: 0))
    }
    #expect(straight.count > 30)
    #expect(straight == resumed)
  }

  @Test func seedsDecideTheRun() throws {
    func end(_ seed: UInt64) throws -> [String: [UInt8]] {
      try withTemporaryFolder { folder in
        var training = tinyDiffusionTraining()
        training.seed = seed
        let trainer = try DiffusionTrainer(
          training, latents: CachedLatents(lineLatents(16), seed: seed))
        return try contents(loop(folder, steps: 2).run(trainer).checkpoint)
      }
    }
    #expect(try end(1) == end(1))
    #expect(try end(1) != end(2))
  }

  @Test func aCheckpointIsAModelFolder() throws {
    try withTemporaryFolder { folder in
      let training = tinyDiffusionTraining()
      let trainer = try DiffusionTrainer(training, latents: CachedLatents(lineLatents(8), seed: 0))
      let outcome = try loop(folder, steps: 2).run(trainer)
      var configuration = tinyAutoencoderTraining().architecture
      configuration.latentChannels = 6
      let model = try LatentDiffusionModel(
        folder: outcome.checkpoint, autoencoder: VideoAutoencoder(configuration, seed: 0))
      let averaged = try trainer.averagedModel()
      for (a, b) in zip(model.transformer.parameters.tensors, averaged.parameters.tensors) {
        #expect(a.floats() == b.floats())
      }
    }
  }

  @Test func latentsOfAnotherShapeAreRefused() {
    #expect(throws: ModelError.latentShape(found: [4, 1, 1, 5], expected: [4, 1, 1, 6])) {
      try DiffusionTrainer(
        tinyDiffusionTraining(), latents: CachedLatents(.zeros([3, 4, 1, 1, 5]), seed: 0))
    }
  }

  @Test func impossibleValuesAreRefused() {
    let changes: [(inout DiffusionTraining) -> Void] = [
      { $0.batch = 0 }, { $0.matrixRate = -1 }, { $0.averageDecay = 1 }, { $0.beta2 = 1 },
      { $0.maximumGradientNorm = 0 }, { $0.transformer.width = 0 }, { $0.diffusion.shift = 0 },
    ]
    for change in changes {
      var training = DiffusionTraining()
      change(&training)
      #expect(throws: (any Error).self) { try training.validate() }
    }
    #expect(throws: Never.self) { try DiffusionTraining().validate() }
    #expect(throws: Never.self) {
      var transformer = VideoDiTConfiguration()
      transformer.resize(to: .small)
      try DiffusionTraining.paper(transformer).validate()
    }
  }
}
