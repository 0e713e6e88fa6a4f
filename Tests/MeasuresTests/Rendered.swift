import Foundation
import Measures
import Videos
import Worlds

/// A scene with its truth, for tests.
struct Rendered {
  let scene: Scene
  let truth: Trajectory

  init(
    radius: Double, speed: Double, x: Double = 2.13, y: Double = 5.07, frames: Int = 31,
    shape: Shape = .disc, color: BodyColor = .red
  ) throws {
    scene = Scene(
      bodies: [
        Body(
          shape: shape, color: color, radius: radius, position: Vector2(x: x, y: y),
          velocity: Vector2(x: speed, y: 0))
      ], frames: frames)
    truth = try Simulator().simulate(scene)
  }

  /// Scene number `index` of the in-distribution range.
  init(index: Int, shape: Shape = .disc) throws {
    var random = CounterRandom(recipe: "measures", seed: 7, index: UInt64(index))
    let parameters = ["r": random.uniform(0.7, 1.4), "v": random.uniform(1, 4)]
    scene = try UniformMotion(shape: shape, frames: 31).scene(for: parameters, using: &random)
    truth = try Simulator().simulate(scene)
  }

  func video(size: Int) throws -> Video {
    try Renderer(size: 256).render(scene, truth, averagedTo: size)
  }

  func score(_ video: Video) throws -> VideoScore {
    try VideoScorer().score(video, scene: scene, truth: truth, index: 0, level: "id")
  }
}

extension Video {
  /// A video of one grey level.
  static func filled(_ value: UInt8, frames: Int = 31, size: Int = 64) -> Video {
    Video(
      frames: frames, height: size, width: size,
      bytes: [UInt8](repeating: value, count: frames * size * size * 3))
  }

  /// The video with some frames replaced by white.
  func erasing(_ frames: Range<Int>) -> Video {
    var copy = self
    for frame in frames {
      for byte in frame * frameSize..<(frame + 1) * frameSize { copy.bytes[byte] = 255 }
    }
    return copy
  }

  /// The video with one pixel set in every frame.
  func painting(row: Int, column: Int, _ color: (UInt8, UInt8, UInt8)) -> Video {
    var copy = self
    for frame in 0..<frames {
      let at = frame * frameSize + (row * width + column) * 3
      copy.bytes[at] = color.0
      copy.bytes[at + 1] = color.1
      copy.bytes[at + 2] = color.2
    }
    return copy
  }

  /// The video with red and blue exchanged in some frames.
  func recoloring(_ frames: Range<Int>) -> Video {
    var copy = self
    for frame in frames {
      for pixel in 0..<height * width {
        let at = frame * frameSize + pixel * 3
        copy.bytes.swapAt(at, at + 2)
      }
    }
    return copy
  }
}
