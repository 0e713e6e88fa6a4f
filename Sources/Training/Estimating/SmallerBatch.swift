import Models
import Tensors

/// A diffusion trainer that takes fewer videos a step than its configuration says: to learn from a few what all cost.
final class SmallerBatch: Trainable {
  let trainer: DiffusionTrainer
  let batch: Int
  /// Whether the videos are computed in as many parts at the same time as the trainer would.
  let inShards: Bool

  init(_ trainer: DiffusionTrainer, batch: Int, inShards: Bool) {
    self.trainer = trainer
    self.batch = batch
    self.inShards = inShards
  }

  var configuration: DiffusionTraining { trainer.configuration }
  var weights: Parameters { trainer.weights }
  var average: MovingAverage { trainer.average }
  var optimizers: [(name: String, optimizer: any Optimizer, rate: Double)] { trainer.optimizers }
  var maximumGradientNorm: Double { trainer.maximumGradientNorm }

  func loss(step: Int, of steps: Int) throws -> Tensor {
    let parts = try lossParts(step: step, of: steps).map { try $0() }
    return parts.dropFirst().reduce(parts[0], +)
  }

  func lossParts(step: Int, of steps: Int) throws -> [() throws -> Tensor] {
    try trainer.lossParts(
      step: step, of: steps, batch: batch, pieces: 1,
      shards: inShards ? trainer.configuration.shards : 1)
  }
}
