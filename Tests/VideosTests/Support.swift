import Foundation
import Videos
import Worlds

/// Two bodies, one of each shape and colour, crossing each other and the frame's edges.
func crossing(frames: Int = 12) throws -> (scene: Scene, trajectory: Trajectory) {
  let scene = Scene(
    bodies: [
      Body(radius: 1.1, position: Vector2(x: 0.2, y: 5), velocity: Vector2(x: 6, y: 0)),
      Body(
        shape: .square, color: .blue, radius: 0.8, position: Vector2(x: 9.7, y: 9.6),
        velocity: Vector2(x: -5, y: -5)),
    ], frames: frames)
  return (scene, try Simulator().simulate(scene))
}

/// A moving red disc, rendered.
func movingDisc(size: Int = 64, frames: Int = 12) throws -> Video {
  let body = Body(radius: 1.2, position: Vector2(x: 2, y: 6), velocity: Vector2(x: 3, y: -1))
  let scene = Scene(bodies: [body], frames: frames)
  return try Renderer().render(scene, Simulator().simulate(scene), averagedTo: size)
}

/// Noise of many colours, the same every time.
func noise(frames: Int = 3, height: Int = 18, width: Int = 34) -> Video {
  var random = CounterRandom(recipe: "noise", seed: 1, index: 0)
  let bytes = (0..<(frames * height * width * 3)).map { _ in
    UInt8(truncatingIfNeeded: random.next())
  }
  return Video(frames: frames, height: height, width: width, bytes: bytes)
}

/// The largest difference of two bytes in the same place.
func largestDifference(_ a: Video, _ b: Video) -> Int {
  zip(a.bytes, b.bytes).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

/// Resident memory of this process, from `/proc`; 0 where there is none.
func residentKilobytes() -> Int {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
    return 0
  }
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * 4
}
