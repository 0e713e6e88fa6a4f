/// Where a body is and how it is turned; the engine's single precision.
public struct Pose: Hashable, Sendable {
  /// The body's origin, scene units, growing to the right.
  public var x: Float
  /// The body's origin, scene units, growing upwards.
  public var y: Float
  /// The turn about the origin, radians, counter-clockwise, not wrapped.
  public var angle: Float

  /// A pose from its parts.
  public init(x: Float, y: Float, angle: Float) {
    self.x = x
    self.y = y
    self.angle = angle
  }

  /// Whether all three are numbers.
  public var isFinite: Bool { x.isFinite && y.isFinite && angle.isFinite }
}

extension Pose: Codable {
  /// Reads `[x, y, angle]`.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    self.init(
      x: try values.decode(Float.self), y: try values.decode(Float.self),
      angle: try values.decode(Float.self))
  }

  /// Writes `[x, y, angle]`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(x)
    try values.encode(y)
    try values.encode(angle)
  }
}

/// The poses of a scene's moving bodies in every frame.
public struct CombinatorialTrajectory: Hashable, Codable, Sendable {
  /// Number of physics steps after which each frame is taken: 1, 21, 41, ….
  public let frameSteps: [Int]
  /// Number of moving bodies.
  public let bodyCount: Int
  /// The poses frame by frame, and in each frame body by body in the scene's order.
  public let poses: [Pose]

  /// A trajectory from its poses.
  ///
  /// - Precondition: there are `frameSteps.count * bodyCount` of them.
  public init(frameSteps: [Int], bodyCount: Int, poses: [Pose]) {
    precondition(
      poses.count == frameSteps.count * bodyCount,
      "\(poses.count) poses are not \(frameSteps.count) frames of \(bodyCount) bodies")
    self.frameSteps = frameSteps
    self.bodyCount = bodyCount
    self.poses = poses
  }

  /// Number of frames.
  public var frameCount: Int { frameSteps.count }

  /// The pose of a moving body (counted among the moving ones) in a frame.
  public subscript(frame frame: Int, body body: Int) -> Pose {
    precondition(
      (0..<frameCount).contains(frame) && (0..<bodyCount).contains(body),
      "frame \(frame) of body \(body) is outside \(frameCount) frames of \(bodyCount) bodies")
    return poses[frame * bodyCount + body]
  }

  /// The poses of all moving bodies in a frame.
  public func frame(_ frame: Int) -> ArraySlice<Pose> {
    precondition((0..<frameCount).contains(frame), "frame \(frame) of \(frameCount)")
    return poses[(frame * bodyCount)..<((frame + 1) * bodyCount)]
  }
}

extension CombinatorialTrajectory {
  private enum CodingKeys: String, CodingKey {
    case frameSteps, bodyCount, poses
  }

  /// Reads a trajectory and checks that the counts agree with the poses.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let frameSteps = try values.decode([Int].self, forKey: .frameSteps)
    let bodyCount = try values.decode(Int.self, forKey: .bodyCount)
    let poses = try values.decode([Pose].self, forKey: .poses)
    let (expected, overflow) = frameSteps.count.multipliedReportingOverflow(by: bodyCount)
    guard bodyCount >= 0, !overflow, poses.count == expected else {
      throw DecodingError.dataCorruptedError(
        forKey: .poses, in: values,
        debugDescription:
          "\(poses.count) poses are not \(frameSteps.count) frames of \(bodyCount) bodies")
    }
    self.init(frameSteps: frameSteps, bodyCount: bodyCount, poses: poses)
  }
}
