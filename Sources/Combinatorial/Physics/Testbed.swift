import CBox2D
import Worlds

/// A scene in the engine: walls, the bodies in order, the constants of the paper's PHYRE fork.
///
/// The walls come first: bottom, left, top, right, each 5 units thick and wholly outside the scene.
/// One testbed is run once and belongs to one thread.
final class Testbed {
  /// Walls in front of the scene's bodies.
  static let wallCount = 4
  /// Density 0.25 kg/m², friction 0.5, restitution 0.2, angular damping 0.01; 15 velocity and 20
  /// position iterations.
  static let settings = CBox2DTestbedSettings(
    gravityX: 0, gravityY: -9.8, density: 0.25, friction: 0.5, restitution: 0.2,
    restitutionThreshold: 0, angularDamping: 0.01, timeStep: 1 / 60, velocityIterations: 15,
    positionIterations: 20, stepsPerFrame: Int32(CombinatorialSimulator.stepsPerFrame))

  private let handle: OpaquePointer
  private let bodyCount: Int

  /// - Parameter gravity: downwards, metres per second squared; that of the scenes by default.
  init(
    _ scene: CombinatorialScene, restitutionThreshold: Double, gravity: Float = -settings.gravityY
  ) throws(CombinatorialError) {
    var bodies: [CBox2DRigidBody] = []
    var parts: [CBox2DPart] = []
    var vertices: [Float] = []
    for body in Self.walls + scene.bodies {
      let first = parts.count
      for shape in body.shapes {
        switch shape {
        case .circle(let radius):
          parts.append(CBox2DPart(firstVertex: 0, vertexCount: 0, radius: Self.metres(radius)))
        case .polygon(let corners):
          parts.append(
            CBox2DPart(
              firstVertex: Int32(vertices.count / 2), vertexCount: Int32(corners.count), radius: 0))
          for corner in corners { vertices += [Self.metres(corner.x), Self.metres(corner.y)] }
        }
      }
      bodies.append(
        CBox2DRigidBody(
          x: Self.metres(body.position.x), y: Self.metres(body.position.y),
          angle: Float(body.angle), isFixed: body.mobility == .fixed ? 1 : 0,
          firstPart: Int32(first), partCount: Int32(body.shapes.count)))
    }
    var settings = Self.settings
    settings.restitutionThreshold = Float(restitutionThreshold)
    settings.gravityY = -gravity
    var message = [CChar](repeating: 0, count: 256)
    guard
      let handle = cbox2d_testbed_create(
        bodies, Int32(bodies.count), parts, vertices, &settings, &message, Int32(message.count))
    else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .engine(String(decoding: text, as: UTF8.self))
    }
    self.handle = handle
    bodyCount = scene.bodies.count
  }

  deinit { cbox2d_testbed_destroy(handle) }

  /// Poses of all frames in metres, and the greatest speed seen, metres per second.
  func run(frames: Int, moving: Int) -> (poses: [CBox2DPose], fastest: Float) {
    var poses = [CBox2DPose](repeating: CBox2DPose(), count: frames * moving)
    var fastest: Float = 0
    _ = cbox2d_testbed_run(handle, Int32(frames), &poses, &fastest)
    return (poses, fastest)
  }

  /// Steps and nothing else.
  func step(_ count: Int) { cbox2d_testbed_step(handle, Int32(count)) }

  /// Gives the moving bodies velocities, steps, and says where they are and how they move.
  func carry(_ motions: [CBox2DMotion], steps: Int) -> (poses: [CBox2DPose], [CBox2DMotion]) {
    cbox2d_testbed_set_motions(handle, motions)
    step(steps)
    var motions = motions
    var poses = [CBox2DPose](repeating: CBox2DPose(), count: motions.count)
    cbox2d_testbed_state(handle, &poses, &motions)
    return (poses, motions)
  }

  /// Masses of the scene's bodies.
  var masses: ArraySlice<CBox2DMass> {
    var masses = [CBox2DMass](repeating: CBox2DMass(), count: bodyCount + Self.wallCount)
    cbox2d_testbed_masses(handle, &masses)
    return masses[Self.wallCount...]
  }

  static func metres(_ units: Double) -> Float {
    Float(units) / CombinatorialScene.unitsPerMetre
  }

  private static let walls: [CombinatorialBody] = {
    let extent = CombinatorialScene.extent
    let thickness = 5.0
    let (middle, outside) = (extent / 2, thickness / 2)
    return [
      (middle, -outside, extent, thickness), (-outside, middle, thickness, extent),
      (middle, extent + outside, extent, thickness), (extent + outside, middle, thickness, extent),
    ].map { x, y, width, height in
      CombinatorialBody(
        objectType: .staticBar, mobility: .fixed, color: .black, position: Vector2(x: x, y: y),
        shapes: [.box(width: width, height: height)], diameter: extent)
    }
  }()
}

extension CombinatorialBody {
  /// Where a body that does not move is shown: in the engine's single precision.
  public var restPose: Pose {
    let scale = CombinatorialScene.unitsPerMetre
    return Pose(
      x: Testbed.metres(position.x) * scale, y: Testbed.metres(position.y) * scale,
      angle: Float(angle))
  }
}
