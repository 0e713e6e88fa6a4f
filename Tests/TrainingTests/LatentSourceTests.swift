import Datasets
import Models
import Tensors
import Testing
import Training

@Suite struct LatentSourceTests {
  let stream = SceneStream(
    recipe: SceneRecipe(region: Region(boxes: [["r": 0.7...1.4, "v": 1...4]])), seed: 5)

  @Test func chunksAndThreadsChangeNothing() throws {
    let autoencoder = try VideoAutoencoder(tinyAutoencoderTraining().architecture, seed: 1)
    func cache(_ chunk: Int, _ threads: Int) throws -> Tensor {
      var heard: [Int] = []
      let cached = try CachedLatents(
        encoding: stream, count: 7, frames: 6, with: autoencoder, seed: 0, chunk: chunk,
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
      encoding: stream, count: 8, frames: 6, with: autoencoder, seed: 0)
    let source = try StreamedLatents(stream, frames: 6, with: autoencoder)
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
      try CachedLatents(encoding: stream, count: 0, frames: 6, with: autoencoder, seed: 0)
    }
    #expect(throws: ModelError.self) {
      try CachedLatents(encoding: stream, count: 2, frames: 7, with: autoencoder, seed: 0)
    }
  }
}
