import Datasets
import Foundation
import Models
import Tensors
import TestSupport
import Training
import Worlds

/// Collects what an observer hears.
final class Listener: TrainingObserver {
  var records: [TrainingProgress] = []
  var probes: [TrainingProgress] = []
  var warnings: [String] = []
  var checkpoints: [Int] = []
  func progress(_ progress: TrainingProgress, of steps: Int) { records.append(progress) }
  func probed(_ progress: TrainingProgress) { probes.append(progress) }
  func wroteCheckpoint(step: Int, path: String) { checkpoints.append(step) }
  func warning(_ message: String) { warnings.append(message) }
}

/// An autoencoder's training small enough for tests.
func tinyAutoencoderTraining() -> AutoencoderTraining {
  var training = AutoencoderTraining()
  training.architecture.resolution = 16
  training.architecture.frameLatentChannels = 8
  training.architecture.encoderWidths = [16, 16]
  training.architecture.decoderWidths = [16, 16]
  training.architecture.hiddenWidth = 32
  training.architecture.latentChannels = 12
  training.batch = 16
  training.projection.videos = 4
  training.projection.frames = 6
  return training
}

/// A diffusion model's training small enough for tests.
func tinyDiffusionTraining() -> DiffusionTraining {
  var training = DiffusionTraining()
  training.transformer.time = 4
  training.transformer.channels = 6
  training.transformer.width = 32
  training.transformer.depth = 1
  training.transformer.heads = 2
  training.batch = 8
  return training
}

/// Straight lines in latent space: the first step tells the rest.
func lineLatents(_ count: Int, seed: UInt64 = 3) -> Tensor {
  let stream = RandomStream(seed: seed)
  let (start, slope) = (stream.normal([count, 1, 1, 1, 3]), stream.normal([count, 1, 1, 1, 3]))
  let time = Tensor([Float(0), 0.33, 0.67, 1], [1, 4, 1, 1, 1])
  return .cat([start + slope * time, slope.expand([count, 4, 1, 1, 3])], 4)
}

func loop(
  _ folder: URL, steps: Int, _ change: (inout LoopOptions) -> Void = { _ in }
) throws -> TrainingLoop {
  var options = LoopOptions()
  options.steps = steps
  options.learningRate = LearningRate(warmup: 2, floor: 0.1)
  options.recordEvery = 1
  options.checkpointEvery = 0
  change(&options)
  return try TrainingLoop(folder: folder, options: options)
}

/// Every tensor of a checkpoint, as bytes.
func contents(_ checkpoint: URL) throws -> [String: [UInt8]] {
  var all: [String: [UInt8]] = [:]
  for file in ["model", "ema", "optimizer"] {
    let url = checkpoint.appendingPathComponent("\(file).safetensors")
    for (name, tensor) in try Safetensors.read(url).tensors {
      all["\(file)/\(name)"] = tensor.rawBytes()
    }
  }
  return all
}

/// Trains twice, once straight and once stopped and resumed by a new trainer, and returns both ends.
func straightAndResumed<Subject: Trainable>(
  steps: Int, stopAt: Int, make: () throws -> Subject
) throws -> (straight: [String: [UInt8]], resumed: [String: [UInt8]]) {
  try withTemporaryFolder { folder in
    let straight = try loop(folder.appendingPathComponent("a"), steps: steps).run(make())
    let other = folder.appendingPathComponent("b")
    var first = try loop(other, steps: steps)
    var asked = 0
    first.shouldStop = {
      asked += 1
      return asked > stopAt
    }
    let stopped = try first.run(make())
    precondition(stopped.reason == .interrupted && stopped.steps == stopAt)
    let second = try loop(other, steps: steps).run(make(), resume: true)
    precondition(second.reason == .finished)
    return (try contents(straight.checkpoint), try contents(second.checkpoint))
  }
}
