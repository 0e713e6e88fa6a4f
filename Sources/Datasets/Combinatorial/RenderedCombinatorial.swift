import Combinatorial
import Foundation
import Videos
import Worlds

/// The videos of combinatorial scenes, simulated and rendered when they are asked for: no file at all.
public struct RenderedCombinatorial: VideoSource {
  /// Which scenes.
  public let set: CombinatorialSet
  /// The scenes.
  public let stream: CombinatorialStream
  /// Width and height of ``video(at:)`` in pixels: 512 or a divisor of it.
  public let size: Int
  private let renderers = RendererPool()

  /// The videos of a set at `size` pixels.
  ///
  /// - Throws: ``DatasetError/request(_:)`` when the set has no scenes.
  public init(_ set: CombinatorialSet, seed: UInt64 = 0, size: Int = 256) throws(DatasetError) {
    self.set = set
    self.size = size
    stream = try set.stream(seed: seed)
  }

  /// Number of scenes.
  public var count: Int? { stream.count }
  /// Set and seed.
  public var identity: String { "\(set.text), seed \(stream.seed)" }
  /// Set and seed.
  public var provenance: DatasetProvenance? {
    DatasetProvenance(recipe: nil, seed: stream.seed, combinatorial: set)
  }

  /// Simulates and renders scene `index`.
  ///
  /// - Throws: `CombinatorialError` when the red ball finds no place or the motion is not real, or
  ///   `VideoError` for a size that is no divisor of 512.
  public func video(at index: Int) throws -> LabelledVideo {
    let scene = try stream.scene(at: index)
    let trajectory = try CombinatorialSimulator().simulate(scene)
    let video = try renderers.with(size: size) { try $0.video(of: scene, trajectory) }
    return try LabelledVideo(
      index: index, CombinatorialLabel(scene: scene, trajectory: trajectory), video: video)
  }

  /// Simulates scene `index` and renders its first frames where they are asked for.
  public func copy(
    videoAt index: Int, frames: Int, size: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    let scene = try stream.scene(at: index)
    let trajectory = try CombinatorialSimulator().simulate(scene)
    guard trajectory.frameCount >= frames else {
      throw VideoSourceError.tooShort(
        source: identity, index: index, frames: trajectory.frameCount, needed: frames)
    }
    try renderers.with(size: size) {
      try $0.render(scene, trajectory, frames: frames, into: target)
    }
  }
}

extension RenderedCombinatorial: FileSource {
  func file(
    at index: Int, size: Int, quality: VideoQuality, framesPerSecond: Int
  ) throws -> (LabelledVideo, Data)? {
    guard size == self.size, case .h264 = quality else { return nil }
    let scene = try stream.scene(at: index)
    let trajectory = try CombinatorialSimulator().simulate(scene)
    let data = try renderers.with(size: size) {
      try $0.mp4Data(
        of: scene, trajectory, quality: quality, framesPerSecond: framesPerSecond)
    }
    let video = try LabelledVideo(
      index: index, CombinatorialLabel(scene: scene, trajectory: trajectory),
      video: Video(frames: 0, height: 0, width: 0, bytes: []))
    return (video, data)
  }
}

/// Renderers that keep their memory from video to video; each is used by one thread at a time.
private final class RendererPool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [CombinatorialRenderer] = []

  func with<Result>(
    size: Int, _ body: (CombinatorialRenderer) throws -> Result
  ) throws -> Result {
    let kept: CombinatorialRenderer? = lock.withLock {
      free.firstIndex { $0.size == size }.map { free.remove(at: $0) }
    }
    let renderer = try kept ?? CombinatorialRenderer(size: size)
    defer { lock.withLock { free.append(renderer) } }
    return try body(renderer)
  }
}
