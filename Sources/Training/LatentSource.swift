import Datasets
import Foundation
import Models
import Tensors

/// Where a diffusion trainer's batches come from. Batch k must be a pure function of k.
public protocol LatentSource {
  /// [time, height, breadth, channels] of one video's latent.
  var shape: [Int] { get }
  /// [size, time, height, breadth, channels].
  func batch(step: Int, size: Int) throws -> Tensor
}

/// A fixed set of latents, encoded once; batches are drawn with replacement.
public struct CachedLatents: LatentSource {
  /// [videos, time, height, breadth, channels].
  public let latents: Tensor
  let seed: UInt64

  /// Batches of `latents` in an order that follows from the seed.
  public init(_ latents: Tensor, seed: UInt64) {
    self.latents = latents
    self.seed = seed
  }

  /// Encodes the first `count` scenes of a stream, rendering ahead on background threads.
  ///
  /// - Parameters:
  ///   - frames: frames of each video, a multiple of the autoencoder's `framesPerLatent`.
  ///   - chunk: videos rendered and encoded at once; bounds the memory.
  ///   - progress: called with the number of encoded videos after each chunk.
  public init(
    encoding stream: SceneStream, count: Int, frames: Int, with autoencoder: VideoAutoencoder,
    seed: UInt64, chunk: Int = 32, threads: Int = 1, progress: (Int) -> Void = { _ in }
  ) throws {
    guard count > 0, chunk > 0 else {
      throw TrainingError.option(
        field: count > 0 ? "chunk" : "count", value: "\(min(count, chunk))",
        remedy: "must be positive")
    }
    let shape = try autoencoder.configuration.latentShape(frames: frames)
    let size = autoencoder.configuration.resolution
    let all = Tensor.zeros([count] + shape)
    try Scenes.forEachChunk(
      of: stream, 0..<count, frames: frames, resolution: size, chunk: chunk, threads: threads
    ) { range, bytes in
      let encoded = try autoencoder.encode(bytes.view([range.count, frames, size, size, 3]))
      all.narrow(0, start: range.lowerBound, length: range.count).copy_(from: encoded)
      progress(range.upperBound)
    }
    self.init(all, seed: seed)
  }

  /// One video's latent.
  public var shape: [Int] { Array(latents.shape.dropFirst()) }

  /// Draws with replacement.
  public func batch(step: Int, size: Int) -> Tensor {
    let indices = RandomStream(seed: seed &+ 0xDA7A, index: UInt64(step))
      .integers(latents.size(0), size)
    return latents.indexSelect(0, indices)
  }
}

/// Every video is new: scene `step · size + i` of the stream, rendered ahead and encoded when used.
public final class StreamedLatents: LatentSource {
  /// One video's latent.
  public let shape: [Int]
  private let stream: SceneStream
  private let autoencoder: VideoAutoencoder
  private let frames: Int
  private let threads: Int
  private var ahead: Prefetcher<[UInt8]>?
  private var expected: (step: Int, size: Int) = (-1, 0)

  /// Endless batches of a stream's scenes.
  public init(
    _ stream: SceneStream, frames: Int, with autoencoder: VideoAutoencoder, threads: Int = 1
  ) throws {
    shape = try autoencoder.configuration.latentShape(frames: frames)
    self.stream = stream
    self.autoencoder = autoencoder
    self.frames = frames
    self.threads = threads
  }

  /// Scenes `step · size ..< (step + 1) · size`.
  public func batch(step: Int, size: Int) throws -> Tensor {
    let resolution = autoencoder.configuration.resolution
    if expected != (step, size) {
      let (stream, frames) = (stream, frames)
      ahead = Prefetcher(step, .max, ahead: threads + 1, threads: threads) { step in
        try Scenes.bytes(
          of: stream, step * size..<(step + 1) * size, frames: frames, resolution: resolution)
      }
    }
    expected = (step + 1, size)
    let bytes = try ahead?.take(step) ?? []
    return try autoencoder.encode(Tensor(bytes: bytes, [size, frames, resolution, resolution, 3]))
  }
}
