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
  /// A scenario was not given one of its parameters.
  case missingParameter(scenario: String, name: String)
  /// A scenario was given a parameter it does not have.
  case unknownParameter(scenario: String, name: String, known: [String])
  /// A parameter outside what the scenario allows.
  case parameter(scenario: String, name: String, value: Double, allowed: String)
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
    case .missingParameter(let scenario, let name):
      "scenario \(scenario) needs the parameter '\(name)'"
    case .unknownParameter(let scenario, let name, let known):
      "scenario \(scenario) has no parameter '\(name)'; it knows \(known.joined(separator: ", "))"
    case .parameter(let scenario, let name, let value, let allowed):
      "scenario \(scenario) got \(name) = \(value); allowed is \(allowed)"
    case .engine(let message):
      "the physics engine stopped: \(message)"
    }
  }
}
