/// Everything the simulator and the renderer need to know: bodies, gravity and length.
///
/// The world is a 10 by 10 square, x to the right and y up, without walls.
public struct Scene: Hashable, Codable, Sendable {
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

  /// The moving objects, painted in this order.
  public var bodies: [Body]
  /// Acceleration of every body, world units per second squared.
  public var gravity: Vector2
  /// Number of frames, at least 1.
  public var frames: Int

  /// A scene; 32 frames without gravity unless told otherwise.
  public init(bodies: [Body], gravity: Vector2 = .zero, frames: Int = 32) {
    self.bodies = bodies
    self.gravity = gravity
    self.frames = frames
  }

  /// Checks that the scene can be simulated.
  ///
  /// - Throws: the first problem found, naming the body and the value.
  public func validate() throws(SceneError) {
    guard !bodies.isEmpty else { throw .noBodies }
    guard bodies.count <= Scene.maximumBodies else { throw .tooManyBodies(bodies.count) }
    guard (1...Scene.maximumFrames).contains(frames) else { throw .frames(frames) }
    guard gravity.isFinite else { throw .gravity(gravity) }
    let duration = Scene.frameInterval * Double(frames)
    for (index, body) in bodies.enumerated() {
      guard body.radius.isFinite, body.radius > 0, body.radius <= Scene.extent else {
        throw .radius(body: index, value: body.radius, below: Scene.extent)
      }
      guard body.position.isFinite, body.position.length <= Scene.maximumDistance else {
        throw .position(body: index, value: body.position)
      }
      let fastest = body.velocity.length + gravity.length * duration
      guard body.velocity.isFinite, fastest <= Scene.maximumSpeed else {
        throw .velocity(body: index, value: body.velocity, fastest: fastest)
      }
    }
  }
}
