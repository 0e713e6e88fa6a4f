import Combinatorial
import Worlds

/// One body of a combinatorial scene as the pixels of a frame show it.
public struct SeenBody: Hashable, Sendable {
  /// The body's origin, scene units, y up.
  public var position: Vector2
  /// The turn about the origin, radians; of balls, whose turn cannot be seen, that of the scene.
  public var angle: Double
  /// Its size over that of the scene's body.
  public var scale: Double
  /// How much of its shape, at the scene's size, is seen in its colour: 0 to 1.
  public var share: Double

  /// A body from its readings.
  public init(position: Vector2, angle: Double, scale: Double, share: Double) {
    self.position = position
    self.angle = angle
    self.scale = scale
    self.share = share
  }
}

/// Where the bodies of a combinatorial scene are seen.
public struct CombinatorialTracks: Hashable, Sendable {
  /// What a frame shows beside the moving bodies.
  public struct Rest: Hashable, Sendable {
    /// The largest piece of a colour that belongs to no body, by colour; square scene units.
    public var surplus: [TestbedColor: Double]
    /// How much of each body that stays is seen in black, 0 to 1, by its number in the scene; moving
    /// bodies in front of it do not count against it.
    public var fixedShare: [Int: Double]

    /// What a frame shows; nothing unless told otherwise.
    public init(surplus: [TestbedColor: Double] = [:], fixedShare: [Int: Double] = [:]) {
      self.surplus = surplus
      self.fixedShare = fixedShare
    }
  }

  /// `[body][frame]`, the moving bodies in the scene's order; nil where a body is not seen.
  public var bodies: [[SeenBody?]]
  /// What else each frame shows.
  public var rest: [Rest]

  /// Tracks from their parts.
  public init(bodies: [[SeenBody?]], rest: [Rest]) {
    self.bodies = bodies
    self.rest = rest
  }

  /// Number of frames.
  public var frameCount: Int { rest.count }
}
