import Worlds

/// How fast an object moves in one frame, as the places of its body around that frame show it.
public struct SeenVelocity: Hashable, Sendable {
  /// World units per second, y up.
  public var velocity: Vector2
  /// How far the reading can be trusted, 0 to 1: 1 from whole sights in the frame before and the one
  /// after, half of that from one side only, and half again where a border cuts one of the sights.
  public var confidence: Double

  /// A reading.
  public init(velocity: Vector2, confidence: Double) {
    self.velocity = velocity
    self.confidence = confidence
  }
}

extension ObjectTracks {
  /// The velocity of a body in a frame: the way from its place in the frame before to that in the
  /// frame after over 0.2 s; over 0.1 s from one of them at the ends and beside a loss.
  ///
  /// Nil where the body is not seen in the frame, or in neither of its neighbours. In the frame of an
  /// impact it is the mean of the velocities before and after; under gravity it has no bias.
  public func velocity(ofBody body: Int, frame: Int) -> SeenVelocity? {
    let track = bodies[body]
    guard let here = track[frame] else { return nil }
    let before = frame > 0 ? track[frame - 1] : nil
    let after = frame + 1 < track.count ? track[frame + 1] : nil
    let first = before ?? here
    let last = after ?? here
    let intervals = (before == nil ? 0 : 1) + (after == nil ? 0 : 1)
    guard intervals > 0 else { return nil }
    let way = last.position - first.position
    let isWhole = first.isWhole && last.isWhole
    return SeenVelocity(
      velocity: way * (1 / (Double(intervals) * Scene.frameInterval)),
      confidence: (intervals == 2 ? 1 : 0.5) * (isWhole ? 1 : 0.5))
  }

  /// `[body][frame]`: every velocity; see ``velocity(ofBody:frame:)``.
  public var velocities: [[SeenVelocity?]] {
    bodies.indices.map { body in
      bodies[body].indices.map { velocity(ofBody: body, frame: $0) }
    }
  }
}
