import Foundation
import Worlds

/// What all checks of a judge look at.
struct JudgedVideo {
  let tracks: ObjectTracks
  let scene: Scene
  let truth: Trajectory
  let limits: JudgeLimits
  /// The first frame that is judged.
  let start: Int

  /// The frames that are judged.
  var frames: Range<Int> { min(start, tracks.frameCount)..<tracks.frameCount }

  /// What a body is called in sentences, such as "body 0 (red disc)".
  func name(_ body: Int) -> String {
    "body \(body) (\(scene.bodies[body].color.rawValue) \(scene.bodies[body].shape.rawValue))"
  }

  /// Where a body is seen as a whole.
  func path(ofBody body: Int) -> BodyPath { BodyPath(tracks.bodies[body], from: start) }

  /// The space between two bodies in a frame in which both are seen; fixed ones are where they
  /// belong. Nil where one is not seen as a whole.
  func gap(_ first: Int, _ second: Int, frame: Int) -> Double? {
    guard let p = place(ofBody: first, frame: frame), let q = place(ofBody: second, frame: frame)
    else { return nil }
    return BodyGap.between(scene.bodies[first], at: p, and: scene.bodies[second], at: q)
  }

  /// The smallest space between a body and any other in a frame; nil where it is not seen.
  func gap(ofBody body: Int, frame: Int) -> Double? {
    guard place(ofBody: body, frame: frame) != nil else { return nil }
    return scene.bodies.indices.compactMap { $0 == body ? nil : gap(body, $0, frame: frame) }.min()
      ?? .infinity
  }

  private func place(ofBody body: Int, frame: Int) -> Vector2? {
    if scene.bodies[body].mobility == .fixed { return truth[frame: frame, body: body] }
    guard let object = tracks.bodies[body][frame], object.isWhole else { return nil }
    return object.position
  }

  /// The first run of frames, as long as the limits want, in which a condition holds.
  func firstRun(where holds: (Int) -> Bool) -> Range<Int>? {
    var begin: Int?
    for frame in frames {
      if holds(frame) {
        begin = begin ?? frame
        continue
      }
      if let first = begin, frame - first >= limits.frames { return first..<frame }
      begin = nil
    }
    if let first = begin, frames.upperBound - first >= limits.frames {
      return first..<frames.upperBound
    }
    return nil
  }
}

extension Double {
  /// The number with two digits, for sentences.
  var short: String { String(format: "%.2f", self) }
}

extension Vector2 {
  /// The vector with two digits, for sentences.
  var short: String { "(\(x.short), \(y.short))" }
}
