/// Where every body is in every frame, how fast it moves, and which bodies met.
public struct Trajectory: Hashable, Codable, Sendable {
  /// Number of frames.
  public let frameCount: Int
  /// Number of bodies.
  public let bodyCount: Int
  /// Positions in world units, frame by frame and in each frame body by body.
  public let positions: [Vector2]
  /// Velocities in world units per second, laid out like ``positions``; empty where only positions
  /// are known.
  public let velocities: [Vector2]
  /// The contacts in the order they happened; empty where only positions are known.
  public let contacts: [Contact]

  /// A trajectory of `positions.count / bodyCount` frames.
  ///
  /// - Precondition: `bodyCount` is positive and divides the number of positions; there are as many
  ///   velocities as positions, or none.
  public init(
    bodyCount: Int, positions: [Vector2], velocities: [Vector2] = [], contacts: [Contact] = []
  ) {
    precondition(
      velocities.isEmpty || velocities.count == positions.count,
      "\(velocities.count) velocities for \(positions.count) positions")
    self.velocities = velocities
    self.contacts = contacts
    precondition(
      bodyCount > 0 && positions.count.isMultiple(of: bodyCount),
      "\(positions.count) positions are not whole frames of \(bodyCount) bodies")
    self.bodyCount = bodyCount
    self.frameCount = positions.count / bodyCount
    self.positions = positions
  }

  /// The position of one body in one frame.
  public subscript(frame frame: Int, body body: Int) -> Vector2 {
    precondition(
      (0..<frameCount).contains(frame) && (0..<bodyCount).contains(body),
      "frame \(frame) of body \(body) is outside \(frameCount) frames of \(bodyCount) bodies")
    return positions[frame * bodyCount + body]
  }

  /// The velocity of one body in one frame; nil where only positions are known.
  public func velocity(frame: Int, body: Int) -> Vector2? {
    precondition(
      (0..<frameCount).contains(frame) && (0..<bodyCount).contains(body),
      "frame \(frame) of body \(body) is outside \(frameCount) frames of \(bodyCount) bodies")
    return velocities.isEmpty ? nil : velocities[frame * bodyCount + body]
  }

  /// The positions of one body, frame by frame.
  public func path(ofBody body: Int) -> [Vector2] {
    (0..<frameCount).map { self[frame: $0, body: body] }
  }

  /// The first `frames` frames (all of them when there are fewer).
  public func prefix(_ frames: Int) -> Trajectory {
    Trajectory(
      bodyCount: bodyCount, positions: Array(positions.prefix(frames * bodyCount)),
      velocities: Array(velocities.prefix(frames * bodyCount)),
      contacts: contacts.filter { $0.frame < frames })
  }
}

extension Trajectory {
  private enum CodingKeys: String, CodingKey {
    case frameCount, bodyCount, positions, velocities, contacts
  }

  /// Reads a trajectory and checks that the counts agree with the positions.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let frameCount = try values.decode(Int.self, forKey: .frameCount)
    let bodyCount = try values.decode(Int.self, forKey: .bodyCount)
    let positions = try values.decode([Vector2].self, forKey: .positions)
    let (expected, overflow) = frameCount.multipliedReportingOverflow(by: bodyCount)
    guard frameCount >= 0, bodyCount > 0, !overflow, positions.count == expected else {
      throw DecodingError.dataCorruptedError(
        forKey: .positions, in: values,
        debugDescription:
          "\(positions.count) positions are not \(frameCount) frames of \(bodyCount) bodies")
    }
    let velocities = try values.decodeIfPresent([Vector2].self, forKey: .velocities) ?? []
    guard velocities.isEmpty || velocities.count == positions.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .velocities, in: values,
        debugDescription: "\(velocities.count) velocities for \(positions.count) positions")
    }
    self.init(
      bodyCount: bodyCount, positions: positions, velocities: velocities,
      contacts: try values.decodeIfPresent([Contact].self, forKey: .contacts) ?? [])
  }
}
