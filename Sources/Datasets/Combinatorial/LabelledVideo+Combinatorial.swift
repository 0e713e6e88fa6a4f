import Combinatorial
import Videos
import Worlds

extension LabelledVideo {
  /// The scenario of combinatorial scenes.
  public static let combinatorialScenario = "combinatorial"

  /// A video of a combinatorial scene.
  ///
  /// ``parameters`` are task, trial and the red ball's place and radius in scene units, ``level`` the
  /// template, ``scene`` and ``trajectory`` the red ball in world units, 10 for the scene's 512.
  ///
  /// - Throws: ``DatasetError/request(_:)`` when the scene does not end with a red ball.
  public init(
    index: Int, _ label: CombinatorialLabel, video: Video
  ) throws(DatasetError) {
    guard let ball = label.scene.bodies.last, ball.objectType == .redBall, ball.mobility == .free,
      case .circle(let radius) = ball.shapes.first
    else {
      throw .request("combinatorial scene \(index) does not end with a red ball; add one")
    }
    let scale = Scene.extent / CombinatorialScene.extent
    let last = label.trajectory.bodyCount - 1
    let body = Body(
      radius: radius * scale,
      position: Vector2(x: ball.position.x * scale, y: ball.position.y * scale))
    let positions = (0..<label.trajectory.frameCount).map { frame in
      let pose = label.trajectory[frame: frame, body: last]
      return Vector2(x: Double(pose.x) * scale, y: Double(pose.y) * scale)
    }
    self.init(
      index: index,
      parameters: [
        "task": Double(label.scene.task), "trial": Double(label.scene.trial),
        "x": ball.position.x, "y": ball.position.y, "radius": radius,
      ],
      scene: Scene(
        bodies: [body], gravity: Vector2(x: 0, y: -SceneMotion.gravity * scale),
        frames: label.trajectory.frameCount),
      trajectory: Trajectory(
        bodyCount: 1, positions: positions, velocities: [], contacts: []),
      video: video, scenario: Self.combinatorialScenario,
      level: label.scene.template?.description)
    combinatorial = label
  }
}
