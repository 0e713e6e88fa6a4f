import CBox2D
import Worlds

/// Where a moving body is and how it moves.
public struct BodyMotion: Hashable, Sendable {
  /// Where it is and how it is turned.
  public var pose: Pose
  /// The velocity of its centre of mass, scene units per second.
  public var velocity: Vector2
  /// How fast it turns, radians per second, counter-clockwise.
  public var spin: Double

  /// A motion from its parts; at rest unless told otherwise.
  public init(pose: Pose, velocity: Vector2 = .zero, spin: Double = 0) {
    self.pose = pose
    self.velocity = velocity
    self.spin = spin
  }
}

/// What the engine makes of the bodies of a scene from any state.
public struct SceneMotion: Sendable {
  /// Acceleration of free fall, scene units per second squared.
  public static let gravity = 9.8 * Double(CombinatorialScene.unitsPerMetre)

  /// The scene.
  public let scene: CombinatorialScene
  /// The centre of mass of each moving body relative to its origin, scene units.
  public let centers: [Vector2]
  private let moving: [Int]

  /// The bodies of a scene.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws.
  public init(_ scene: CombinatorialScene) throws(CombinatorialError) {
    self.scene = scene
    moving = scene.dynamicIndices
    let masses = try CombinatorialSimulator().masses(of: scene)
    let scale = Double(CombinatorialScene.unitsPerMetre)
    centers = moving.map {
      Vector2(x: scale * masses[$0].center.x, y: scale * masses[$0].center.y)
    }
  }

  /// The state before the first step: everything at rest.
  public var start: [BodyMotion] {
    moving.map { body in
      let body = scene.bodies[body]
      return BodyMotion(
        pose: Pose(
          x: Float(body.position.x), y: Float(body.position.y), angle: Float(body.angle)))
    }
  }

  /// The state after some steps of 1/60 s.
  ///
  /// - Parameters:
  ///   - motions: the moving bodies in the scene's order.
  ///   - gravity: downwards, scene units per second squared; negative lets things fall upwards.
  /// - Throws: ``CombinatorialError/poses(_:)`` for another number of bodies or what is no number.
  public func carry(
    _ motions: [BodyMotion], steps: Int = CombinatorialSimulator.stepsPerFrame,
    gravity: Double = gravity
  ) throws(CombinatorialError) -> [BodyMotion] {
    guard motions.count == moving.count else {
      throw .poses("\(motions.count) motions for \(moving.count) moving bodies; give one for each")
    }
    var placed = scene
    for (motion, body) in zip(motions, moving) {
      guard motion.pose.isFinite, motion.velocity.isFinite, motion.spin.isFinite else {
        throw .poses("the motion of body \(body) is no number: \(motion)")
      }
      placed.bodies[body].position = Vector2(x: Double(motion.pose.x), y: Double(motion.pose.y))
      placed.bodies[body].angle = Double(motion.pose.angle)
    }
    let scale = CombinatorialScene.unitsPerMetre
    let testbed = try Testbed(
      placed, restitutionThreshold: CombinatorialSimulator().restitutionThreshold,
      gravity: Float(gravity) / scale)
    let (poses, velocities) = testbed.carry(
      motions.map {
        CBox2DMotion(
          vx: Float($0.velocity.x) / scale, vy: Float($0.velocity.y) / scale, spin: Float($0.spin))
      }, steps: steps)
    return zip(poses, velocities).map { pose, velocity in
      BodyMotion(
        pose: Pose(x: pose.x * scale, y: pose.y * scale, angle: pose.angle),
        velocity: Vector2(x: Double(velocity.vx * scale), y: Double(velocity.vy * scale)),
        spin: Double(velocity.spin))
    }
  }
}
