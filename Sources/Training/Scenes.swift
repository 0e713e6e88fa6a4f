import Datasets
import Foundation
import Tensors
import Videos
import Worlds

/// Rendering of many scenes, chunk by chunk, ahead of their use.
enum Scenes {
  /// The bytes of the videos of scenes `indices`, one after the other, [count, frames, R, R, 3].
  static func bytes(
    of stream: SceneStream, _ indices: Range<Int>, frames: Int, resolution: Int
  ) throws -> [UInt8] {
    let simulator = Simulator()
    let renderer = Renderer()
    let size = frames * resolution * resolution * 3
    return try [UInt8](unsafeUninitializedCapacity: indices.count * size) { batch, written in
      for index in indices {
        var scene = try stream.scene(at: index)
        scene.frames = frames
        let trajectory = try simulator.simulate(scene)
        let place = written..<(written + size)
        try renderer.render(
          scene, trajectory, averagedTo: resolution,
          into: UnsafeMutableBufferPointer(rebasing: batch[place]))
        written += size
      }
    }
  }

  /// Calls `body` for each chunk of scenes with their frames, [chunk · frames, R, R, 3] bytes.
  static func forEachChunk(
    of stream: SceneStream, _ indices: Range<Int>, frames: Int, resolution: Int, chunk: Int,
    threads: Int = 1, _ body: (Range<Int>, Tensor) throws -> Void
  ) throws {
    let ranges = stride(from: indices.lowerBound, to: indices.upperBound, by: chunk).map {
      $0..<min($0 + chunk, indices.upperBound)
    }
    let ahead = Prefetcher(0, ranges.count, ahead: threads + 1, threads: threads) {
      try bytes(of: stream, ranges[$0], frames: frames, resolution: resolution)
    }
    for (number, range) in ranges.enumerated() {
      let bytes = try ahead.take(number)
      try body(
        range, Tensor(bytes: bytes, [range.count * frames, resolution, resolution, 3]))
    }
  }
}
