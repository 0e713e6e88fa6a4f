import CBox2D
import Worlds

/// Turns a combinatorial scene into a trajectory with Box2D 2.4 and the constants of the paper's PHYRE
/// fork.
///
/// Steps of 1/60 s; a frame after step 1, 21, 41, … 981 of 1000: one third of a second apart, the
/// first one step past the start. Nothing stops early. Scenes start with overlaps, which the engine
/// pushes apart.
public struct CombinatorialSimulator: Sendable {
  /// Frames of a video.
  public static let frames = 50
  /// Steps between two frames.
  public static let stepsPerFrame = 20
  /// Seconds between two frames.
  public static let frameInterval = Double(stepsPerFrame) / 60
  /// The engine cuts speeds at this many metres per second: 2 m a step.
  static let speedLimit: Float = 120

  /// The mass of a body as the engine took it from the shapes.
  public struct Mass: Hashable, Sendable {
    /// Kilograms; 0 for bodies that do not move.
    public var mass: Double
    /// Centre of mass relative to the origin, metres.
    public var center: Vector2
    /// Moment of inertia about the origin, kg m².
    public var inertia: Double
  }

  /// The speed below which impacts give nothing back, metres per second, at least 0: 0.1 in the paper's
  /// fork and by default; stock PHYRE and Box2D have 1, which gives visibly other videos.
  public let restitutionThreshold: Double

  /// A simulator; it holds no state between scenes.
  ///
  /// - Precondition: the threshold is a number of at least 0.
  public init(restitutionThreshold: Double = 0.1) {
    precondition(
      restitutionThreshold >= 0, "a restitution threshold of \(restitutionThreshold) m/s")
    self.restitutionThreshold = restitutionThreshold
  }

  /// The poses of all moving bodies in every frame.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws;
  ///   ``CombinatorialError/exploded(body:objectType:frame:pose:)`` and
  ///   ``CombinatorialError/tooFast(speed:limit:)`` where the result is no real motion.
  public func simulate(
    _ scene: CombinatorialScene
  ) throws(CombinatorialError) -> CombinatorialTrajectory {
    try scene.validate()
    let moving = scene.dynamicIndices
    let (poses, fastest) = try Testbed(scene, restitutionThreshold: restitutionThreshold).run(
      frames: Self.frames, moving: moving.count)
    let scale = CombinatorialScene.unitsPerMetre
    let trajectory = CombinatorialTrajectory(
      frameSteps: (0..<Self.frames).map { $0 * Self.stepsPerFrame + 1 }, bodyCount: moving.count,
      poses: poses.map { Pose(x: $0.x * scale, y: $0.y * scale, angle: $0.angle) })
    try trajectory.requireMotion(of: scene)
    guard fastest < Self.speedLimit else {
      throw .tooFast(speed: Double(fastest * scale), limit: Double(Self.speedLimit * scale))
    }
    return trajectory
  }

  /// The masses of a scene's bodies, in order.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws.
  public func masses(of scene: CombinatorialScene) throws(CombinatorialError) -> [Mass] {
    try scene.validate()
    return try Testbed(scene, restitutionThreshold: restitutionThreshold).masses.map { mass in
      Mass(
        mass: Double(mass.mass),
        center: Vector2(x: Double(mass.centerX), y: Double(mass.centerY)),
        inertia: Double(mass.inertia))
    }
  }

  /// The engine's own 1000 steps of a scene, ready to run: no bodies made, no poses read, none left
  /// out. What the time of everything is compared with.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws.
  package func bareSteps(
    of scene: CombinatorialScene
  ) throws(CombinatorialError) -> () -> Void {
    try scene.validate()
    let testbed = try Testbed(scene, restitutionThreshold: restitutionThreshold)
    return { testbed.step(Self.frames * Self.stepsPerFrame) }
  }
}

extension CombinatorialTrajectory {
  /// Checks that all poses are numbers and that no body has left the scene.
  ///
  /// Where a scene starts with overlaps the engine may press a body a little way into a wall, and a jar's origin lies
  /// close to its edge: what is out is out by half of its size.
  fileprivate func requireMotion(of scene: CombinatorialScene) throws(CombinatorialError) {
    let indices = scene.dynamicIndices
    for frame in 0..<frameCount {
      for (body, index) in indices.enumerated() {
        let pose = self[frame: frame, body: body]
        let reach = Float(scene.bodies[index].diameter / 2)
        let inside = -reach...Float(CombinatorialScene.extent) + reach
        guard pose.isFinite, inside.contains(pose.x), inside.contains(pose.y) else {
          throw .exploded(
            body: index, objectType: scene.bodies[index].objectType, frame: frame,
            pose: "(\(pose.x), \(pose.y)), angle \(pose.angle)")
        }
      }
    }
  }
}
