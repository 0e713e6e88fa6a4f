import Combinatorial
import Worlds

/// A scene of the combinatorial testbed with its motion, as data sets carry it.
///
/// In JSON: `{"scene": {…}, "frame_steps": [1, 21, …], "poses": [[[x, y, angle], …], …]}`, poses by
/// frame and by moving body, scene units and radians.
public struct CombinatorialLabel: Hashable, Sendable {
  /// The bodies before the first step.
  public var scene: CombinatorialScene
  /// The poses of the moving bodies in every frame.
  public var trajectory: CombinatorialTrajectory

  /// A label from its parts.
  public init(scene: CombinatorialScene, trajectory: CombinatorialTrajectory) {
    self.scene = scene
    self.trajectory = trajectory
  }

  /// The same event seen in a mirror: x becomes 512 − x, and turns go the other way.
  public func flippedHorizontally() -> CombinatorialLabel {
    func flipped(_ body: CombinatorialBody) -> CombinatorialBody {
      var body = body
      body.position.x = CombinatorialScene.extent - body.position.x
      body.angle = -body.angle
      body.shapes = body.shapes.map { shape in
        guard case .polygon(let corners) = shape else { return shape }
        // Mirrored corners run clockwise; outlines run the other way.
        return .polygon(corners.reversed().map { Vector2(x: -$0.x, y: $0.y) })
      }
      return body
    }
    var scene = scene
    scene.bodies = scene.bodies.map(flipped)
    let extent = Float(CombinatorialScene.extent)
    let poses = trajectory.poses.map { Pose(x: extent - $0.x, y: $0.y, angle: -$0.angle) }
    return CombinatorialLabel(
      scene: scene,
      trajectory: CombinatorialTrajectory(
        frameSteps: trajectory.frameSteps, bodyCount: trajectory.bodyCount, poses: poses))
  }
}

extension CombinatorialLabel: Codable {
  private enum CodingKeys: String, CodingKey {
    case scene, frameSteps = "frame_steps", poses
  }

  /// Reads a label whose scene can be simulated and whose poses fit it.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    scene = try values.decode(CombinatorialScene.self, forKey: .scene)
    do { try scene.validate() } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .scene, in: values, debugDescription: "\(error)")
    }
    let steps = try values.decode([Int].self, forKey: .frameSteps)
    let poses = try values.decode([[Pose]].self, forKey: .poses)
    let bodies = scene.dynamicIndices.count
    guard poses.count == steps.count, poses.allSatisfy({ $0.count == bodies }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .poses, in: values,
        debugDescription: "poses must be \(steps.count) frames of \(bodies) moving bodies")
    }
    trajectory = CombinatorialTrajectory(
      frameSteps: steps, bodyCount: bodies, poses: poses.flatMap(\.self))
  }

  /// Writes scene, steps and poses.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(scene, forKey: .scene)
    try values.encode(trajectory.frameSteps, forKey: .frameSteps)
    try values.encode(
      (0..<trajectory.frameCount).map { Array(trajectory.frame($0)) }, forKey: .poses)
  }
}
