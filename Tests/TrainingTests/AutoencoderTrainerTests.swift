import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct AutoencoderTrainerTests {
  @Test func learnsToDrawAndFitsItsProjection() throws {
    try withTemporaryFolder { folder in
      var training = tinyAutoencoderTraining()
      training.population.pairs = 0
      training.population.radius = 1.5...2
      training.population.horizontal = 2...8
      training.population.vertical = 2...8
      let listener = Listener()
      var loop = try loop(folder, steps: 150) { $0.recordEvery = 15 }
      loop.observer = listener
      let trainer = try AutoencoderTrainer(training)
      _ = try loop.run(trainer)
      let losses = listener.records.map(\.loss)
      #expect((losses.last ?? 9) < 0.5 * (losses.first ?? 0))
      let autoencoder = try trainer.finish()
      #expect(autoencoder.projection.keptVariance > 0.8)
      let mean = autoencoder.projection.mean.floats()
      #expect(mean.contains { $0 != 0 })
      for (a, b) in zip(autoencoder.frames.parameters.tensors, trainer.average.parameters.tensors) {
        #expect(a.floats() == b.floats())
      }
    }
  }

  @Test(arguments: [1, 2])
  func resumingIsAsIfNeverStopped(_ grid: Int) throws {
    var training = tinyAutoencoderTraining()
    training.architecture.grid = grid
    let (straight, resumed) = try straightAndResumed(steps: 6, stopAt: 3) {
      try AutoencoderTrainer(training)
    }
    #expect(straight.count > 30)
    #expect(straight == resumed)
  }

  @Test func theProjectionFollowsTheSeed() throws {
    let training = tinyAutoencoderTraining()
    let autoencoder = try VideoAutoencoder(training.architecture, seed: 1)
    func fit(_ seed: UInt64) throws -> [Float] {
      try AutoencoderTrainer.projection(for: autoencoder, training.projection, seed: seed)
        .mean.floats()
    }
    #expect(try fit(1) == fit(1))
    #expect(try fit(1) != fit(2))
  }

  @Test func impossibleValuesAreRefused() {
    let changes: [(inout AutoencoderTraining) -> Void] = [
      { $0.batch = 1 }, { $0.population.squares = 2 }, { $0.population.radius = -1...1 },
      { $0.architecture.resolution = 48 }, { $0.projection.radii = [] }, { $0.latentNoise = -1 },
      { $0.averageDecay = 1 }, { $0.architecture.grid = 3 },
    ]
    for change in changes {
      var training = AutoencoderTraining()
      change(&training)
      #expect(throws: (any Error).self) { try training.validate() }
    }
    #expect(throws: Never.self) { try AutoencoderTraining().validate() }
  }
}
