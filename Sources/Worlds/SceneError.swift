/// Why a scene cannot be made or simulated. The description names the value and the remedy.
public enum SceneError: Error, Equatable, Sendable {
  /// The scene has nothing in it.
  case noBodies
  /// More bodies than ``Scene/maximumBodies``.
  case tooManyBodies(Int)
  /// A frame count outside 1 to ``Scene/maximumFrames``.
  case frames(Int)
  /// A radius that is not a number, not positive, or too large.
  case radius(body: Int, value: Double, below: Double)
  /// A start that is not a number or farther away than ``Scene/maximumDistance``.
  case position(body: Int, value: Vector2)
  /// A velocity that is not a number or would exceed ``Scene/maximumSpeed``.
  case velocity(body: Int, value: Vector2, fastest: Double)
  /// Gravity that is not a number.
  case gravity(Vector2)
  /// A restitution threshold that is negative or not a number.
  case restitutionThreshold(Double)
  /// A restitution outside 0 to 1.
  case restitution(body: Int, value: Double)
  /// A bar without a height, or another shape with one, or a height that is not positive.
  case halfHeight(body: Int, value: Double?, shape: Shape)
  /// A fixed body with a velocity.
  case movingFixedBody(body: Int, velocity: Vector2)
  /// A bar that would move.
  case freeBar(body: Int)
  /// Parameters, each allowed by itself, that no scene can have together.
  case infeasible(scenario: String, parameters: [String: Double], reason: String)
  /// There is no scenario of this name.
  case unknownScenario(name: String, known: [String])
  /// A scenario was not given one of its parameters.
  case missingParameter(scenario: String, name: String)
  /// A scenario was given a parameter it does not have.
  case unknownParameter(scenario: String, name: String, known: [String])
  /// A parameter outside what the scenario allows.
  case parameter(scenario: String, name: String, value: Double, allowed: String)
  /// A property of a scenario outside what it allows.
  case property(scenario: String, name: String, value: String, allowed: String)
  /// The physics engine gave up.
  case engine(String)
}

extension SceneError: CustomStringConvertible {
  /// One sentence with the offending value and what would be accepted.
  public var description: String {
    switch self {
    case .noBodies:
      "the scene has no bodies; give it at least one"
    case .tooManyBodies(let count):
      "the scene has \(count) bodies; at most \(Scene.maximumBodies) are supported"
    case .frames(let frames):
      "a scene of \(frames) frames is not possible; ask for 1 to \(Scene.maximumFrames)"
    case .radius(let body, let value, let below):
      "body \(body) has radius \(value); it must be above 0 and at most \(below)"
    case .position(let body, let value):
      "body \(body) starts at \(value); it must be within \(Scene.maximumDistance) of the origin"
    case .velocity(let body, let value, let fastest):
      "body \(body) has velocity \(value), and may reach speed \(fastest); "
        + "the engine follows bodies up to \(Scene.maximumSpeed)"
    case .gravity(let value):
      "gravity is \(value); both components must be numbers"
    case .restitutionThreshold(let value):
      "the restitution threshold is \(value); it must be a number of at least 0"
    case .restitution(let body, let value):
      "body \(body) has restitution \(value); it must be 0 to 1"
    case .halfHeight(let body, let value, let shape):
      "body \(body), a \(shape.rawValue), has half-height \(value.map { "\($0)" } ?? "none"); "
        + "bars need one above 0 and at most \(Scene.extent), other shapes have none"
    case .movingFixedBody(let body, let velocity):
      "body \(body) is fixed but has velocity \(velocity); make it free or give it none"
    case .freeBar(let body):
      "body \(body) is a bar that moves; bars are walls and blocks, make it fixed"
    case .infeasible(let scenario, let parameters, let reason):
      "scenario \(scenario) has no scene for "
        + parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: ", ") + ": \(reason)"
    case .unknownScenario(let name, let known):
      "there is no scenario '\(name)'; this build has \(known.joined(separator: ", "))"
    case .missingParameter(let scenario, let name):
      "scenario \(scenario) needs the parameter '\(name)'"
    case .unknownParameter(let scenario, let name, let known):
      "scenario \(scenario) has no parameter '\(name)'; it knows \(known.joined(separator: ", "))"
    case .parameter(let scenario, let name, let value, let allowed):
      "scenario \(scenario) got \(name) = \(value); allowed is \(allowed)"
    case .property(let scenario, let name, let value, let allowed):
      "scenario \(scenario) has \(name) = \(value); allowed is \(allowed)"
    case .engine(let message):
      "the physics engine stopped: \(message)"
    }
  }
}
