import Videos
import Worlds

/// A rendered scene with everything that is known about it.
public struct LabelledVideo: Hashable, Sendable {
  /// Its number in the stream or folder.
  public var index: Int
  /// The parameters it was made from, such as `r` and `v`.
  public var parameters: [String: Double]
  /// The name of its scenario, such as `uniform_motion`.
  public var scenario: String
  /// The level or split it belongs to, where one is named.
  public var level: String?
  /// The bodies before the first step.
  public var scene: Scene
  /// Where the bodies are in every frame.
  public var trajectory: Trajectory
  /// The picture.
  public var video: Video
  /// The whole scene and its motion where it is one of the combinatorial testbed; then ``scene`` and
  /// ``trajectory`` are those of its red ball, in world units.
  public var combinatorial: CombinatorialLabel?
  /// Whether the scene was guessed from positions and parameters, because the file holds no more.
  public var sceneIsReconstructed = false

  /// A labelled video from its parts; of uniform motion unless told otherwise.
  public init(
    index: Int, parameters: [String: Double], scene: Scene, trajectory: Trajectory, video: Video,
    scenario: String = UniformMotion.name, level: String? = nil
  ) {
    self.index = index
    self.parameters = parameters
    self.scenario = scenario
    self.level = level
    self.scene = scene
    self.trajectory = trajectory
    self.video = video
  }

  /// Simulates and renders a scene.
  ///
  /// - Parameter size: width and height in pixels: 256, or a divisor of it for area averages.
  /// - Throws: `SceneError` or `VideoError`.
  public init(
    _ labelled: LabelledScene, size: Int = 256, renderer: Renderer = Renderer()
  ) throws {
    let trajectory = try Simulator().simulate(labelled.scene)
    self.init(
      index: labelled.index, parameters: labelled.parameters, scene: labelled.scene,
      trajectory: trajectory,
      video: try renderer.render(labelled.scene, trajectory, averagedTo: size),
      scenario: labelled.scenario, level: labelled.level)
  }

  /// The same event seen in a mirror: x becomes 10 - x, and columns run the other way.
  ///
  /// The parameters stay: speeds and sizes are the same in a mirror.
  public func flippedHorizontally() -> LabelledVideo {
    func place(_ point: Vector2) -> Vector2 { Vector2(x: Scene.extent - point.x, y: point.y) }
    func turn(_ velocity: Vector2) -> Vector2 { Vector2(x: 0 - velocity.x, y: velocity.y) }
    var flipped = self
    flipped.scene.gravity = turn(scene.gravity)
    for (number, body) in scene.bodies.enumerated() {
      flipped.scene.bodies[number].position = place(body.position)
      flipped.scene.bodies[number].velocity = turn(body.velocity)
    }
    flipped.trajectory = Trajectory(
      bodyCount: trajectory.bodyCount, positions: trajectory.positions.map(place),
      velocities: trajectory.velocities.map(turn), contacts: trajectory.contacts)
    flipped.combinatorial = combinatorial?.flippedHorizontally()
    flipped.video = video.flippedHorizontally()
    return flipped
  }
}
