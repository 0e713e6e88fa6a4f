import Worlds

/// Which object of which frame is which body of a scene.
public struct ObjectTracks: Hashable, Sendable {
  /// `[body][frame]`; nil where no object of the frame is the body.
  public var bodies: [[SeenObject?]]
  /// `[frame]`: objects that are no body of the scene, such as a second ball.
  public var surplus: [[SeenObject]]

  /// Tracks from their parts.
  public init(bodies: [[SeenObject?]], surplus: [[SeenObject]]) {
    self.bodies = bodies
    self.surplus = surplus
  }

  /// Number of frames.
  public var frameCount: Int { surplus.count }
}
