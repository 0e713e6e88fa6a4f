import Datasets
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct LatentSourceTests {
  let stream = SceneStream(
    recipe: SceneRecipe(region: Region(boxes: [["r": 0.7...1.4, "v": 1...4]])), seed: 5)

  var feed: VideoFeed {
    get throws { try VideoFeed(RenderedScenes(stream), isShuffled: false) }
  }

  @Test func chunksAndThreadsChangeNothing() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    func cache(_ chunk: Int, _ threads: Int) throws -> Tensor {
      var heard: [Int] = []
      let cached = try CachedLatents(
        encoding: feed, count: 7, frames: 6, with: autoencoder, seed: 0, chunk: chunk,
        threads: threads, progress: { heard.append($0) })
      #expect(heard.last == 7)
      #expect(cached.shape == [2, 1, 1, 12])
      return cached.latents
    }
    let whole = try cache(7, 1)
    #expect((whole - (try cache(2, 2))).abs().amax().item() < 1e-5)
    #expect((whole - (try cache(3, 1))).abs().amax().item() < 1e-5)
  }

  @Test func streamedBatchesAreTheStreamsScenes() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    let cached = try CachedLatents(
      encoding: feed, count: 8, frames: 6, with: autoencoder, seed: 0)
    let source = try StreamedLatents(feed, frames: 6, with: autoencoder)
    for step in [0, 1, 0] {
      let expected = cached.latents.narrow(0, start: step * 4, length: 4)
      #expect((try source.batch(step: step, size: 4) - expected).abs().amax().item() < 1e-5)
    }
  }

  @Test func batchesFollowTheSeedAndTheStep() {
    let latents = lineLatents(50)
    let source = CachedLatents(latents, seed: 1)
    let first = source.batch(step: 3, size: 8).floats()
    #expect(first == source.batch(step: 3, size: 8).floats())
    #expect(first != source.batch(step: 4, size: 8).floats())
    #expect(first != CachedLatents(latents, seed: 2).batch(step: 3, size: 8).floats())
  }

  @Test func impossibleCountsAreRefused() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    #expect(throws: TrainingError.self) {
      try CachedLatents(encoding: feed, count: 0, frames: 6, with: autoencoder, seed: 0)
    }
    #expect(throws: ModelError.self) {
      try CachedLatents(encoding: feed, count: 2, frames: 7, with: autoencoder, seed: 0)
    }
  }

  /// A trainer that sees new videos at every step, half of them mirrored.
  private func trainer(seed: UInt64 = 5, count: Int? = 20) throws -> DiffusionTrainer {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    let stream = SceneStream(recipe: stream.recipe, seed: seed)
    let latents = try StreamedLatents(
      VideoFeed(RenderedScenes(stream), count: count, seed: 2, flips: true), frames: 6,
      with: autoencoder)
    var training = tinyDiffusionTraining()
    training.transformer.time = latents.shape[0]
    training.transformer.conditionSteps = 1
    training.transformer.channels = latents.shape[3]
    return try DiffusionTrainer(training, latents: latents)
  }

  @Test func aStreamedRunGoesOnWhereItWas() throws {
    let (straight, resumed) = try straightAndResumed(steps: 6, stopAt: 3) { try trainer() }
    #expect(straight == resumed)
  }

  @Test func theCursorIsPartOfTheCheckpointAndOtherDataAreRefused() throws {
    try withTemporaryFolder { folder in
      let outcome = try loop(folder, steps: 2).run(trainer())
      let state = try JSONDecoder().decode(
        TrainingState.self,
        from: Data(contentsOf: outcome.checkpoint.appendingPathComponent("state.json")))
      #expect(state.data?.videos == 16)
      #expect(state.data?.identity == (try trainer().dataIdentity))
      for other in [try trainer(seed: 6), try trainer(count: 19)] {
        #expect {
          try loop(folder, steps: 3).run(other, resume: true)
        } throws: { error in
          guard case TrainingError.otherData(_, let saved, let now) = error else { return false }
          return saved == state.data?.identity && now == other.dataIdentity
        }
      }
    }
  }
}
