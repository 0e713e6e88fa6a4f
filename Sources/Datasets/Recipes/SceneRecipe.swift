import Worlds

/// What a set of scenes is made of: laws of motion and the parameters that each is given.
///
/// A recipe, a seed and a number are all there is to a scene; a training set and an evaluation
/// split differ in nothing else. A recipe whose parts are all grids is finite: its scenes are those
/// of the first part, then those of the second, and so on. As soon as one part is a region it is
/// endless: every scene belongs to a part that is drawn by weight.
public struct SceneRecipe: Hashable, Sendable {
  /// A law and the parameters it is given.
  public struct Part: Hashable, Sendable {
    /// The law, with its direction, shape, colour and frame count.
    public var scenario: AnyScenario
    /// Where its parameters come from.
    public var parameters: ParameterSet
    /// A name by which an evaluation groups scenes, such as `r_low`; it does not change them.
    public var level: String?
    /// The part's share of an endless recipe, relative to the other parts. Finite ones ignore it.
    public var weight: Double

    /// A part of a recipe; of weight 1 and without a level unless told otherwise.
    public init(
      scenario: some Scenario, parameters: ParameterSet, level: String? = nil, weight: Double = 1
    ) {
      self.scenario = AnyScenario(scenario)
      self.parameters = parameters
      self.level = level
      self.weight = weight
    }

    /// A finite part.
    public init(scenario: some Scenario, grid: Grid, level: String? = nil) {
      self.init(scenario: scenario, parameters: .grid(grid), level: level)
    }
  }

  /// The laws with their parameters; at least one.
  public var parts: [Part]

  /// A recipe of several parts.
  public init(parts: [Part]) { self.parts = parts }

  /// An endless recipe from a law and a region.
  public init(scenario: some Scenario = UniformMotion(), region: Region) {
    parts = [Part(scenario: scenario, parameters: .region(region))]
  }

  /// A finite recipe from a law and a grid.
  public init(scenario: some Scenario, grid: Grid, level: String? = nil) {
    parts = [Part(scenario: scenario, grid: grid, level: level)]
  }

  /// The law of the first part; uniform motion where there is no part.
  public var scenario: AnyScenario {
    get { parts.first?.scenario ?? AnyScenario(UniformMotion()) }
    set { if !parts.isEmpty { parts[0].scenario = newValue } }
  }

  /// The name of the first part's law.
  public var scenarioName: String { scenario.name }

  /// The names of all laws, each once, in the order of the parts.
  public var scenarioNames: [String] {
    parts.map(\.scenario.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The region of a recipe with a single part that has one.
  public var region: Region? { parts.count == 1 ? parts[0].parameters.region : nil }

  /// Frames of every scene.
  public var frames: Int {
    get { scenario.frames }
    set { for part in parts.indices { parts[part].scenario.frames = newValue } }
  }

  /// Number of scenes; nil when there is no end, or when the recipe is malformed.
  ///
  /// Runs once through grids that have holes or infeasible points; a ``SceneStream`` keeps the
  /// result.
  public var count: Int? { SceneStream(recipe: self, seed: 0).count }

  /// A text that names laws and parameters exactly; the key of the recipe's random numbers.
  ///
  /// The frame count is left out, so that longer scenes begin like shorter ones. Levels are left
  /// out too.
  public var id: String {
    let weighted = parts.count > 1 && parts.contains { $0.parameters.region != nil }
    return parts.map { part in
      let weight = weighted && part.weight != 1 ? "*\(part.weight)" : ""
      return "\(part.scenario.id)\(part.parameters)\(weight)"
    }.joined(separator: ";")
  }

  /// Checks that scenes can be made.
  ///
  /// - Throws: ``RecipeError``, ``RegionError`` or ``GridError``.
  public func validate() throws {
    _ = try RecipeParts(self)
  }
}
