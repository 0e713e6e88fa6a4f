import Datasets
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct SharedTrainingTests {
  private func trainer(
    _ training: DiffusionTraining = tinyDiffusionTraining(), recomputes: Bool = false
  ) throws -> DiffusionTrainer {
    try DiffusionTrainer(
      training, latents: CachedLatents(lineLatents(16), seed: 0), recomputes: recomputes)
  }

  /// Trains in `folder` by so many processes; the end's weights by file and name.
  private func train(
    _ folder: URL, processes count: Int, steps: Int = 6, resume: Bool = false,
    _ training: DiffusionTraining = tinyDiffusionTraining(), recomputes: Bool = false,
    stopping: Int? = nil
  ) throws -> [TrainingOutcome] {
    guard count > 1 else {
      return [
        try loop(folder, steps: steps)
          .run(trainer(training, recomputes: recomputes), resume: resume)
      ]
    }
    return try together(count) { processes in
      var loop = try loop(folder, steps: steps)
      loop.processes = processes
      var asked = 0
      loop.shouldStop = {
        asked += 1
        // The last process alone is told.
        return processes.place.rank == count - 1 && asked > stopping ?? .max
      }
      let outcome = try loop.run(trainer(training, recomputes: recomputes), resume: resume)
      processes.leave()
      return outcome
    }
  }

  private func weights(_ checkpoint: URL) throws -> [String: Tensor] {
    var all: [String: Tensor] = [:]
    for file in ["model", "ema", "optimizer"] {
      let url = checkpoint.appendingPathComponent("\(file).safetensors")
      for (name, tensor) in try Safetensors.read(url).tensors { all["\(file)/\(name)"] = tensor }
    }
    return all
  }

  private func expectEqual(
    _ a: URL, _ b: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (left, right) = (try weights(a), try weights(b))
    #expect(left.keys.sorted() == right.keys.sorted(), sourceLocation: sourceLocation)
    for (name, tensor) in left {
      let other = try #require(right[name], sourceLocation: sourceLocation)
      // Adam makes a whole step of a gradient that is all rounding, so not every element is as close.
      let difference = (tensor - other).norm().item() / max(tensor.norm().item(), 1e-3)
      #expect(difference < 1e-4, "\(name)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: DiffusionTraining.MatrixOptimizer.allCases, [2, 4])
  func manyLearnWhatOneLearns(
    _ optimizer: DiffusionTraining.MatrixOptimizer, _ count: Int
  ) throws {
    try withTemporaryFolder { folder in
      var training = tinyDiffusionTraining()
      training.optimizer = optimizer
      let one = folder.appendingPathComponent("one")
      let many = folder.appendingPathComponent("many")
      let alone = try train(one, processes: 1, training)
      let together = try train(many, processes: count, training)
      #expect(together.map(\.steps) == Array(repeating: 6, count: count))
      try expectEqual(alone[0].checkpoint, together[0].checkpoint)
      let (a, b) = (try MetricsFile.read(one), try MetricsFile.read(many))
      #expect(a.map(\.step) == b.map(\.step))
      for (a, b) in zip(a, b) { #expect(abs(a.loss - b.loss) < 1e-5 * max(a.loss, 1)) }
    }
  }

  @Test(arguments: [false, true]) func piecesAndRecomputedBlocksAreShared(
    _ recomputes: Bool
  ) throws {
    try withTemporaryFolder { folder in
      var training = tinyDiffusionTraining()
      training.accumulation = 2
      let (one, many) = (
        folder.appendingPathComponent("one"), folder.appendingPathComponent("many")
      )
      let alone = try train(one, processes: 1, training, recomputes: recomputes)
      let together = try train(many, processes: 2, training, recomputes: recomputes)
      try expectEqual(alone[0].checkpoint, together[0].checkpoint)
    }
  }

  /// With every loss on; the judges begin in the middle.
  @Test func aSpatialAutoencoderIsShared() throws {
    try withTemporaryFolder { folder in
      var training = tinySpatialTraining()
      training.architecture.temporalFactor = 2
      training.architecture.temporalTaps = 2
      training.population.frames = 3
      training.batch = 4
      training.losses.patches = 0.1
      training.losses.films = 0.1
      training.losses.adversarialFrom = 2
      training.losses.perceptual = 0.1
      func trainer() throws -> SpatialAutoencoderTrainer {
        try SpatialAutoencoderTrainer(training) { ($0 - $1).abs().mean() }
      }
      let alone = try loop(folder.appendingPathComponent("one"), steps: 4).run(trainer())
      let shared = try together(2) { processes in
        var loop = try loop(folder.appendingPathComponent("many"), steps: 4)
        loop.processes = processes
        let outcome = try loop.run(trainer())
        processes.leave()
        return outcome.checkpoint
      }
      try expectEqual(alone.checkpoint, shared[0])
    }
  }

  @Test func oneGoesOnWhereManyWereStopped() throws {
    try withTemporaryFolder { folder in
      let end = try train(folder.appendingPathComponent("straight"), processes: 1)[0].checkpoint
      let mixed = folder.appendingPathComponent("mixed")
      let stopped = try train(mixed, processes: 2, stopping: 3)
      #expect(stopped.map(\.reason) == [.interrupted, .interrupted])
      #expect(stopped.map(\.steps) == [3, 3])
      let last = try train(mixed, processes: 1, resume: true)
      #expect(last.map(\.reason) == [.finished])
      try expectEqual(end, last[0].checkpoint)
      #expect(try MetricsFile.read(mixed).map(\.step) == Array(1...6))
    }
  }

  @Test func resumingIsAsIfNeverStopped() throws {
    try withTemporaryFolder { folder in
      let straight = try train(folder.appendingPathComponent("a"), processes: 2)
      let other = folder.appendingPathComponent("b")
      _ = try train(other, processes: 2, stopping: 2)
      let resumed = try train(other, processes: 2, resume: true)
      #expect(try contents(straight[0].checkpoint) == contents(resumed[0].checkpoint))
    }
  }

  @Test func aNotANumberStopsAllAtTheSameStep() throws {
    try withTemporaryFolder { folder in
      let seen = try together(2) { processes -> String in
        let latents = lineLatents(16)
        // Bad for whoever draws the video: the other process must hear of it.
        Torch.noGrad { latents.narrow(0, start: 5, length: 1).fill_(.nan) }
        var loop = try loop(folder, steps: 50)
        loop.processes = processes
        do {
          _ = try loop.run(
            DiffusionTrainer(tinyDiffusionTraining(), latents: CachedLatents(latents, seed: 0)))
          return "finished"
        } catch {
          return "\(error)"
        }
      }
      #expect(seen[0].contains("diverged"))
      #expect(seen[0] == seen[1])
    }
  }

  @Test func aLossThatCannotBeSharedIsRefused() throws {
    let trainer = try AutoencoderTrainer(tinyAutoencoderTraining())
    #expect(throws: ProcessError.alone(what: "AutoencoderTrainer")) {
      try trainer.lossParts(step: 0, of: 1, share: BatchShare(index: 0, count: 2))
    }
  }

  @Test func latentsAreSharedOutAndComeOutTheSame() throws {
    let stream = SceneStream(
      recipe: SceneRecipe(region: Region(boxes: [["r": 0.7...1.4, "v": 1...4]])), seed: 5)
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    func encode(_ processes: Processes?) throws -> [Float] {
      var heard: [Int] = []
      let cached = try CachedLatents(
        encoding: VideoFeed(RenderedScenes(stream), isShuffled: false), count: 7, frames: 6,
        with: autoencoder, seed: 0, chunk: 2, processes: processes, progress: { heard.append($0) })
      #expect(processes == nil || heard.count == 2)
      return cached.latents.floats()
    }
    let alone = try encode(nil)
    #expect(
      try together(2) {
        let all = try encode($0)
        $0.leave()
        return all
      } == [alone, alone])
  }

  @Test func aShareOfAStreamIsItsPartOfTheWhole() throws {
    let stream = SceneStream(
      recipe: SceneRecipe(region: Region(boxes: [["r": 0.7...1.4, "v": 1...4]])), seed: 5)
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    func source() throws -> StreamedLatents {
      try StreamedLatents(
        VideoFeed(RenderedScenes(stream), count: 20, seed: 2, flips: true), frames: 6,
        with: autoencoder)
    }
    let (whole, own) = (try source(), try source())
    for step in [0, 1, 4] {
      let part = try own.batch(step: step, size: 6, share: BatchShare(index: 1, count: 3))
      let expected = try whole.batch(step: step, size: 6).narrow(0, start: 2, length: 2)
      #expect((part - expected).abs().amax().item() < 1e-5)
    }
  }
}
