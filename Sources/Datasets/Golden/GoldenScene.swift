import Worlds

/// One scene of the reference data, with the positions the official engine gave.
public struct GoldenScene: Decodable, Sendable {
  /// One random draw of the official generator, in order.
  public struct Draw: Hashable, Codable, Sendable {
    /// The low end of the range.
    public var low: Double
    /// The high end of the range.
    public var high: Double
    /// The raw draw, in [0, 1).
    public var u: Double
    /// `u * (high - low) + low`.
    public var value: Double
  }

  /// The identifier, such as `uniform_motion_00`.
  public let id: String
  /// The official family, such as `uniform_motion`.
  public let scenario: String
  /// What the parameters are, such as `id` or `ood_xl_level3`.
  public let split: String
  /// One radius per object.
  public let radii: [Double]
  /// One speed per object.
  public let speeds: [Double]
  /// The way the (first) object moves.
  public let direction: Direction
  /// The row the official data set would hold.
  public let initStream: [Double]
  /// Every random draw of the generator.
  public let draws: [Draw]
  /// Whether the official generator would keep the scene.
  public let success: Bool
  /// The bodies and gravity handed to the engine.
  public let scene: Scene
  /// The official positions.
  public let trajectory: Trajectory
  /// Velocities after all 320 steps, one per object.
  public let finalVelocities: [Vector2]
  /// The step, counted from 0, in which a velocity first changes; nil where none does.
  public let contactStep: Int?
  /// Rendered frames, if the reference has some.
  public let frames: GoldenFrames?

  private enum CodingKeys: String, CodingKey {
    case id, scenario, split, params, success, positions, frames
    case initStream = "init_stream"
    case draws = "uniform_draws"
    case gravity = "world_gravity"
    case bodies = "initial_bodies"
    case finalVelocities = "final_velocity"
    case contactStep = "contact_step"
  }

  private struct Parameters: Decodable {
    var r: [Double]
    var v: [Double]
    var colors: [BodyColor]
    var shape: String
    var direction: String
  }

  private struct InitialBody: Decodable {
    var position: Vector2
    var velocity: Vector2
    var radius: Double
  }

  /// Reads one scene and checks that its parts fit together.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func garbled(_ key: CodingKeys, _ text: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: values, debugDescription: text)
    }
    id = try values.decode(String.self, forKey: .id)
    scenario = try values.decode(String.self, forKey: .scenario)
    split = try values.decode(String.self, forKey: .split)
    let parameters = try values.decode(Parameters.self, forKey: .params)
    radii = parameters.r
    speeds = parameters.v
    guard
      let way = ["right": Direction.right, "left": .left, "upper": .up, "down": .down][
        parameters.direction]
    else { throw garbled(.params, "unknown direction '\(parameters.direction)'") }
    direction = way
    guard let shape = ["circle": Shape.disc, "rectangle": .square][parameters.shape]
    else { throw garbled(.params, "unknown shape '\(parameters.shape)'") }
    initStream = try values.numbers(.initStream)
    draws = try values.decode([Draw].self, forKey: .draws)
    success = try values.decode(Bool.self, forKey: .success)
    let bodies = try values.decode([InitialBody].self, forKey: .bodies)
    guard !bodies.isEmpty, bodies.count == parameters.colors.count else {
      throw garbled(.bodies, "\(bodies.count) bodies for \(parameters.colors.count) colours")
    }
    let positions = try values.decode([[Vector2]].self, forKey: .positions)
    guard !positions.isEmpty, positions.allSatisfy({ $0.count == bodies.count }) else {
      throw garbled(.positions, "a frame does not hold \(bodies.count) positions")
    }
    scene = Scene(
      bodies: zip(bodies, parameters.colors).map { body, color in
        Body(
          shape: shape, color: color, radius: body.radius, position: body.position,
          velocity: body.velocity)
      },
      gravity: try values.decode(Vector2.self, forKey: .gravity), frames: positions.count)
    trajectory = Trajectory(bodyCount: bodies.count, positions: positions.flatMap(\.self))
    finalVelocities = try values.decode([Vector2].self, forKey: .finalVelocities)
    contactStep = try values.decodeIfPresent(Int.self, forKey: .contactStep)
    frames = try values.decodeIfPresent(GoldenFrames.self, forKey: .frames)
  }
}

/// The layout of `scenes.json`.
struct GoldenSceneFile: Decodable {
  var scenes: [GoldenScene]
}
