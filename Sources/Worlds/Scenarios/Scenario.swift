/// A family of scenes over named parameters: a law of motion with its rule for the start.
///
/// A new law is one file with a conforming type and one line in ``AnyScenario/types``.
public protocol Scenario: Codable, Hashable, Sendable {
  /// The name in files, such as `uniform_motion`; the command line also takes dashes.
  static var name: String { get }
  /// One line that says what happens in a scene.
  static var summary: String { get }
  /// The parameters a scene needs, in a fixed order.
  static var parameterNames: [String] { get }
  /// The usual scenario: every property at its default.
  init()
  /// Frames of a scene.
  var frames: Int { get set }
  /// The properties that make scenes differ, frames excepted, as a text; part of the key of a
  /// recipe's random numbers, so it must never change.
  var variant: String { get }
  /// The scene of some parameters; what they leave open is computed from numbers in [0, 1) that
  /// `unit` draws, always in the same order.
  ///
  /// - Throws: ``SceneError`` when a parameter is missing, unknown or outside the allowed range, and
  ///   ``SceneError/infeasible(scenario:parameters:reason:)`` when no start meets the rule. Nothing
  ///   is drawn before it is thrown.
  func scene(for parameters: [String: Double], unit: () -> Double) throws(SceneError) -> Scene
  /// Checks, without drawing anything, that there is a scene for these parameters.
  func validate(_ parameters: [String: Double]) throws(SceneError)
}

extension Scenario {
  /// The scene of some parameters, its open choices drawn from `random`.
  ///
  /// - Throws: ``SceneError``
  public func scene(
    for parameters: [String: Double], using random: inout CounterRandom
  ) throws(SceneError) -> Scene {
    try scene(for: parameters) { random.unit() }
  }

  /// Checks that exactly the scenario's parameters are there and that they are numbers.
  public func requireParameters(_ parameters: [String: Double]) throws(SceneError) {
    for name in Self.parameterNames {
      guard let value = parameters[name] else {
        throw .missingParameter(scenario: Self.name, name: name)
      }
      guard value.isFinite else {
        throw .parameter(scenario: Self.name, name: name, value: value, allowed: "a number")
      }
    }
    let unknown = parameters.keys.filter { !Self.parameterNames.contains($0) }
    if let name = unknown.min() {
      throw .unknownParameter(scenario: Self.name, name: name, known: Self.parameterNames)
    }
  }

  /// Checks one parameter against a range, given as a condition and its words.
  public func require(
    _ name: String, of parameters: [String: Double], _ allowed: String,
    _ condition: (Double) -> Bool
  ) throws(SceneError) -> Double {
    guard let value = parameters[name] else {
      throw .missingParameter(scenario: Self.name, name: name)
    }
    guard condition(value) else {
      throw .parameter(scenario: Self.name, name: name, value: value, allowed: allowed)
    }
    return value
  }
}
