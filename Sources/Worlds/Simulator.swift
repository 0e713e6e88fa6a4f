import CBox2D

/// Turns a scene into a trajectory with Box2D and the constants of the official generators.
///
/// Steps of 0.01 s with 15 velocity and 20 position iterations, in single precision and without
/// sleeping; bodies of density 1 and friction 0.2. Frame k is the state after
/// 10k + 1 steps: frame 0 is already one step past the start. A body that touches nothing moves by
/// plain semi-implicit Euler steps in single precision.
public struct Simulator: Sendable {
  /// Physics steps between two frames.
  public static let stepsPerFrame = 10
  /// World seconds of one physics step.
  public static let timeStep: Float = 0.01
  /// Contacts that are noted; later ones still act but are not listed.
  public static let maximumContacts = 256

  /// A simulator; it holds no state between scenes.
  public init() {}

  /// The state of every body in every frame, single-precision values widened to double, and the
  /// contacts.
  ///
  /// - Throws: ``SceneError`` when the scene is not valid.
  public func simulate(_ scene: Scene) throws(SceneError) -> Trajectory {
    try scene.validate()
    let bodies = scene.bodies.map { body in
      CBox2DBody(
        x: Float(body.position.x), y: Float(body.position.y),
        vx: Float(body.velocity.x), vy: Float(body.velocity.y), radius: Float(body.radius),
        halfHeight: Float(body.halfHeight ?? 0), restitution: Float(body.restitution),
        isFixed: body.mobility == .fixed ? 1 : 0)
    }
    // A radius that is positive as a double may vanish in single precision.
    if let index = bodies.firstIndex(where: { !($0.radius > 0) }) {
      throw .radius(body: index, value: scene.bodies[index].radius, below: Scene.extent)
    }
    var settings = CBox2DSettings(
      gravityX: Float(scene.gravity.x), gravityY: Float(scene.gravity.y), density: 1, friction: 0.2,
      restitutionThreshold: Float(scene.restitutionThreshold), timeStep: Simulator.timeStep,
      velocityIterations: 15, positionIterations: 20, stepsPerFrame: Int32(Simulator.stepsPerFrame),
      allowsSleep: scene.allowsSleep ? 1 : 0)
    var states = [CBox2DState](
      repeating: CBox2DState(), count: scene.frames * bodies.count)
    var contacts = [CBox2DContact](repeating: CBox2DContact(), count: Simulator.maximumContacts)
    var contactCount: Int32 = 0
    var message = [CChar](repeating: 0, count: 256)
    let status = cbox2d_simulate(
      bodies, Int32(bodies.count), &settings, Int32(scene.frames), &states, &contacts,
      Int32(contacts.count), &contactCount, &message, Int32(message.count))
    guard status == 0 else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .engine(String(decoding: text, as: UTF8.self))
    }
    return Trajectory(
      bodyCount: bodies.count,
      positions: states.map { Vector2(x: Double($0.x), y: Double($0.y)) },
      velocities: states.map { Vector2(x: Double($0.vx), y: Double($0.vy)) },
      contacts: contacts.prefix(Int(contactCount)).map {
        Contact(step: Int($0.step), first: Int($0.first), second: Int($0.second))
      })
  }
}
