import Datasets
import Foundation
import Models
import Tensors

/// Where a diffusion trainer's batches come from. Batch k must be a pure function of k.
public protocol LatentSource {
  /// [time, height, breadth, channels] of one video's latent.
  var shape: [Int] { get }
  /// A text that changes when any batch does; nil where nobody would change the data.
  var identity: String? { get }
  /// [size, time, height, breadth, channels].
  func batch(step: Int, size: Int) throws -> Tensor
  /// One share of the places of that batch.
  func batch(step: Int, size: Int, share: BatchShare) throws -> Tensor
}

extension LatentSource {
  /// Cuts the share out of the whole.
  public func batch(step: Int, size: Int, share: BatchShare) throws -> Tensor {
    let own = share.range(of: size)
    return try batch(step: step, size: size).narrow(0, start: own.lowerBound, length: own.count)
  }
}

/// A fixed set of latents, encoded once; batches are drawn with replacement.
public struct CachedLatents: LatentSource {
  /// [videos, time, height, breadth, channels].
  public let latents: Tensor
  /// What was encoded.
  public let identity: String?
  let seed: UInt64

  /// Batches of `latents` in an order that follows from the seed.
  public init(_ latents: Tensor, seed: UInt64, identity: String? = nil) {
    self.latents = latents
    self.seed = seed
    self.identity = identity
  }

  /// Encodes places `0..<count` of a feed, taking videos ahead on background threads.
  ///
  /// - Parameters:
  ///   - frames: frames of each video, a number that the codec's layout takes.
  ///   - chunk: videos taken and encoded at once; bounds the memory.
  ///   - processes: share the work, and all get all latents.
  ///   - progress: called with the number of encoded videos after each chunk.
  /// - Throws: `TrainingError.option`, `ModelError`, `ProcessError.lost`, or what the feed's source throws.
  public init(
    encoding feed: VideoFeed, count: Int, frames: Int, with autoencoder: any LatentCodec,
    seed: UInt64, chunk: Int = 32, threads: Int = 1, processes: Processes? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws {
    guard count > 0, chunk > 0 else {
      throw TrainingError.option(
        field: count > 0 ? "chunk" : "count", value: "\(min(count, chunk))",
        remedy: "must be positive")
    }
    let shape = try autoencoder.layout.latentShape(frames: frames)
    let size = autoencoder.resolution
    let all = Tensor.zeros([count] + shape)
    // Whole chunks each, so that the latents are those of one process, to the bit.
    func videos(_ share: BatchShare) -> Range<Int> {
      let chunks = share.range(of: (count + chunk - 1) / chunk)
      return chunks.lowerBound * chunk..<min(chunks.upperBound * chunk, count)
    }
    let own = videos(processes?.share ?? .whole)
    try feed.forEachChunk(
      own, frames: frames, size: size, chunk: chunk, threads: threads
    ) { range, bytes in
      let encoded = try autoencoder.encode(bytes.view([range.count, frames, size, size, 3]))
      all.narrow(0, start: range.lowerBound, length: range.count).copy_(from: encoded)
      // The others are about as far.
      let done = range.upperBound - own.lowerBound
      progress(min(done * (processes?.place.size ?? 1), count))
    }
    for rank in 0..<(processes?.place.size ?? 1) {
      guard let processes else { break }
      let own = videos(BatchShare(index: rank, count: processes.place.size))
      guard !own.isEmpty else { continue }
      try processes.broadcast(
        [all.narrow(0, start: own.lowerBound, length: own.count)], from: rank)
    }
    self.init(all, seed: seed, identity: "\(count) videos of \(frames) frames: \(feed.identity)")
  }

  /// One video's latent.
  public var shape: [Int] { Array(latents.shape.dropFirst()) }

  /// Draws with replacement.
  public func batch(step: Int, size: Int) -> Tensor {
    latents.indexSelect(
      0, Self.indices(step: step, size: size, of: latents.size(0), seed: seed))
  }

  /// The videos of batch `step`, out of `count`.
  static func indices(step: Int, size: Int, of count: Int, seed: UInt64) -> Tensor {
    RandomStream(seed: seed &+ 0xDA7A, index: UInt64(step)).integers(count, size)
  }
}

/// Videos straight from a feed, taken ahead in the background and encoded when they are used.
///
/// Nothing is kept: memory does not grow with the feed, and an endless feed never repeats a video.
public final class StreamedLatents: LatentSource {
  /// One video's latent.
  public let shape: [Int]
  /// The feed's identity and the number of frames.
  public let identity: String?
  private let feed: VideoFeed
  private let autoencoder: any LatentCodec
  private let frames: Int
  private let threads: Int
  private var ahead: Prefetcher<[UInt8]>?
  private var expected: (step: Int, size: Int, share: BatchShare) = (-1, 0, .whole)

  /// Batches of a feed; batch k has the feed's places `k · size ..< (k + 1) · size`.
  public init(
    _ feed: VideoFeed, frames: Int, with autoencoder: any LatentCodec, threads: Int = 1
  ) throws {
    shape = try autoencoder.layout.latentShape(frames: frames)
    // Asked for at every step, and files have to be looked into for it.
    identity = "\(frames) frames of \(feed.identity)"
    self.feed = feed
    self.autoencoder = autoencoder
    self.frames = frames
    self.threads = threads
  }

  /// Places `step · size ..< (step + 1) · size`.
  public func batch(step: Int, size: Int) throws -> Tensor {
    try batch(step: step, size: size, share: .whole)
  }

  /// The share's places alone are taken from the feed.
  public func batch(step: Int, size: Int, share: BatchShare) throws -> Tensor {
    let resolution = autoencoder.resolution
    let own = share.range(of: size)
    if expected != (step, size, share) {
      let (feed, frames) = (feed, frames)
      ahead = Prefetcher(step, .max, ahead: threads + 1, threads: threads) { step in
        let first = step * size
        return try feed.bytes(
          at: first + own.lowerBound..<first + own.upperBound, frames: frames, size: resolution)
      }
    }
    expected = (step + 1, size, share)
    let bytes = try ahead?.take(step) ?? []
    return try autoencoder.encode(
      Tensor(bytes: bytes, [own.count, frames, resolution, resolution, 3]))
  }
}

extension VideoFeed {
  /// Calls `body` for each chunk of places with their frames, [chunk · frames, size, size, 3] bytes.
  func forEachChunk(
    _ positions: Range<Int>, frames: Int, size: Int, chunk: Int, threads: Int = 1,
    _ body: (Range<Int>, Tensor) throws -> Void
  ) throws {
    let ranges = stride(from: positions.lowerBound, to: positions.upperBound, by: chunk).map {
      $0..<min($0 + chunk, positions.upperBound)
    }
    let ahead = Prefetcher(0, ranges.count, ahead: threads + 1, threads: threads) {
      try bytes(at: ranges[$0], frames: frames, size: size)
    }
    for (number, range) in ranges.enumerated() {
      try body(
        range, Tensor(bytes: try ahead.take(number), [range.count * frames, size, size, 3]))
    }
  }
}
