/// Everything the simulator and the renderer need to know: bodies, gravity and length.
///
/// The world is a 10 by 10 square, x to the right and y up; it has walls only where fixed bars stand.
public struct Scene: Hashable, Sendable {
  /// Side of the visible world, world units.
  public static let extent = 10.0
  /// World seconds between two frames.
  public static let frameInterval = 0.1
  /// The most bodies a scene may hold.
  public static let maximumBodies = 64
  /// The most frames a scene may last.
  public static let maximumFrames = 10_000
  /// The fastest a body may become, world units per second: Box2D silently cuts faster ones.
  public static let maximumSpeed = 200.0
  /// The farthest a body may start from the origin, world units: single precision is poor beyond.
  public static let maximumDistance = 1000.0

  /// The engine's own threshold, world units per second (Box2D's `b2_velocityThreshold`).
  public static let officialRestitutionThreshold = 1.0

  /// The objects, painted in this order.
  public var bodies: [Body]
  /// Acceleration of every body, world units per second squared.
  public var gravity: Vector2
  /// Number of frames, at least 1.
  public var frames: Int
  /// Bodies that meet at this speed or slower stick together instead of bouncing, world units per
  /// second. The official data have 1; 0 makes every impact elastic.
  public var restitutionThreshold: Double
  /// Whether bodies slower than 0.01 world units per second for half a second are stopped. The
  /// official generators mean to switch this off, with an argument that has no effect: their files
  /// have it, the law does not.
  public var allowsSleep = false

  /// A scene; 32 frames without gravity unless told otherwise.
  public init(
    bodies: [Body], gravity: Vector2 = .zero, frames: Int = 32,
    restitutionThreshold: Double = Scene.officialRestitutionThreshold
  ) {
    self.bodies = bodies
    self.gravity = gravity
    self.frames = frames
    self.restitutionThreshold = restitutionThreshold
  }

  /// Checks that the scene can be simulated.
  ///
  /// - Throws: the first problem found, naming the body and the value.
  public func validate() throws(SceneError) {
    guard !bodies.isEmpty else { throw .noBodies }
    guard bodies.count <= Scene.maximumBodies else { throw .tooManyBodies(bodies.count) }
    guard (1...Scene.maximumFrames).contains(frames) else { throw .frames(frames) }
    guard gravity.isFinite else { throw .gravity(gravity) }
    guard restitutionThreshold.isFinite, restitutionThreshold >= 0 else {
      throw .restitutionThreshold(restitutionThreshold)
    }
    let duration = Scene.frameInterval * Double(frames)
    for (index, body) in bodies.enumerated() {
      guard body.radius.isFinite, body.radius > 0, body.radius <= Scene.extent else {
        throw .radius(body: index, value: body.radius, below: Scene.extent)
      }
      try validateMaterial(of: body, index)
      guard body.position.isFinite, body.position.length <= Scene.maximumDistance else {
        throw .position(body: index, value: body.position)
      }
      let falls = body.mobility == .fixed ? 0 : gravity.length * duration
      let fastest = body.velocity.length + falls
      guard body.velocity.isFinite, fastest <= Scene.maximumSpeed else {
        throw .velocity(body: index, value: body.velocity, fastest: fastest)
      }
    }
  }
  private func validateMaterial(of body: Body, _ index: Int) throws(SceneError) {
    guard (0...1).contains(body.restitution) else {
      throw .restitution(body: index, value: body.restitution)
    }
    guard (body.shape == .bar) == (body.halfHeight != nil) else {
      throw .halfHeight(body: index, value: body.halfHeight, shape: body.shape)
    }
    if let half = body.halfHeight, !(half > 0 && half <= Scene.extent) {
      throw .halfHeight(body: index, value: half, shape: body.shape)
    }
    // The renderer does not turn bodies, and a bar that is hit would turn.
    if body.shape == .bar, body.mobility == .free { throw .freeBar(body: index) }
    if body.mobility == .fixed, body.velocity != .zero {
      throw .movingFixedBody(body: index, velocity: body.velocity)
    }
  }
}

extension Scene: Codable {
  private enum CodingKeys: String, CodingKey {
    case bodies, gravity, frames, restitutionThreshold, allowsSleep
  }

  /// Reads a scene; the official restitution threshold may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      bodies: try values.decode([Body].self, forKey: .bodies),
      gravity: try values.decode(Vector2.self, forKey: .gravity),
      frames: try values.decode(Int.self, forKey: .frames),
      restitutionThreshold: try values.decodeIfPresent(Double.self, forKey: .restitutionThreshold)
        ?? Scene.officialRestitutionThreshold)
    allowsSleep = try values.decodeIfPresent(Bool.self, forKey: .allowsSleep) ?? false
  }

  /// Writes a scene; the official restitution threshold is left out.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(bodies, forKey: .bodies)
    try values.encode(gravity, forKey: .gravity)
    try values.encode(frames, forKey: .frames)
    if restitutionThreshold != Scene.officialRestitutionThreshold {
      try values.encode(restitutionThreshold, forKey: .restitutionThreshold)
    }
    if allowsSleep { try values.encode(allowsSleep, forKey: .allowsSleep) }
  }
}
