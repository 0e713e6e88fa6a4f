/// A family of scenes over named parameters: a law of motion with its rule for the start.
public protocol Scenario: Sendable {
  /// The name on the command line and in files, such as `uniform_motion`.
  static var name: String { get }
  /// The parameters a scene needs, in a fixed order.
  static var parameterNames: [String] { get }
  /// The scene of some parameters; whatever they leave open is drawn from `random`.
  ///
  /// - Throws: ``SceneError`` when a parameter is missing, unknown or outside the allowed range.
  func scene(for parameters: [String: Double], using random: inout CounterRandom) throws -> Scene
}

extension Scenario {
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
}
