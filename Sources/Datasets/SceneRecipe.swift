import Worlds

/// What a set of scenes is made of: a law of motion and the region its parameters are drawn from.
///
/// A recipe, a seed and a number are all there is to a scene; a training set and an evaluation
/// split differ in nothing else.
public struct SceneRecipe: Codable, Hashable, Sendable {
  /// The law, with its direction, shape, colour and frame count.
  public var scenario: AnyScenario
  /// Where its parameters are drawn from.
  public var region: Region

  /// A recipe from a law and a region.
  public init(scenario: some Scenario = UniformMotion(), region: Region) {
    self.scenario = AnyScenario(scenario)
    self.region = region
  }

  /// The name of the law.
  public var scenarioName: String { scenario.name }

  /// Frames of every scene.
  public var frames: Int { scenario.frames }

  /// A text that names the law and the region exactly; the key of the recipe's random numbers.
  ///
  /// The frame count is left out, so that longer scenes begin like shorter ones.
  public var id: String {
    let boxes = region.boxes.map(SceneRecipe.text).joined(separator: "+")
    let holes = region.holes.map { "-" + SceneRecipe.text($0) }.joined()
    return "\(scenario.id)\(boxes)\(holes)"
  }

  private static func text(_ box: [String: ClosedRange<Double>]) -> String {
    let sides = box.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.lowerBound)...\($0.value.upperBound)" }
    return "[\(sides.joined(separator: ","))]"
  }
}
