import Worlds

/// The scenes of a recipe by number: scene i is a pure function of (recipe, seed, i).
///
/// Any order, any thread and any machine gives the same scenes. Of a finite recipe, scene i has the
/// i-th point of its grids and only what the scenario leaves open is drawn; of an endless one the
/// parameters are drawn first. Nothing is stored per scene.
public struct SceneStream: SceneSequence {
  /// What the scenes are made of.
  public let recipe: SceneRecipe
  /// Which of the recipe's sequences this is.
  public let seed: UInt64
  private let key: String
  private let parts: Result<RecipeParts, any Error>

  /// The sequence of a recipe under a seed.
  ///
  /// Counts the points of grids that have holes or infeasible points. A malformed recipe shows when
  /// the first scene is asked for; ``SceneRecipe/validate()`` tells earlier.
  public init(recipe: SceneRecipe, seed: UInt64) {
    self.recipe = recipe
    self.seed = seed
    key = recipe.id
    parts = Result { try RecipeParts(recipe) }
  }

  /// Number of scenes; nil when there is no end, or when the recipe is malformed.
  public var count: Int? { (try? parts.get())?.count }

  /// The recipe's text and the seed.
  public var identity: String { "\(recipe.id), seed \(seed)" }

  /// The parameters of scene `index`.
  ///
  /// - Throws: see ``labelledScene(at:)``.
  public func parameters(at index: Int) throws -> [String: Double] {
    try labelledScene(at: index).parameters
  }

  /// Scene `index`.
  ///
  /// - Throws: see ``labelledScene(at:)``.
  public func scene(at index: Int) throws -> Scene {
    try labelledScene(at: index).scene
  }

  /// The parameters of scene `index` and the scene itself.
  ///
  /// - Throws: see ``labelledScene(at:)``.
  public func parametersAndScene(
    at index: Int
  ) throws -> (parameters: [String: Double], scene: Scene) {
    let labelled = try labelledScene(at: index)
    return (labelled.parameters, labelled.scene)
  }

  /// The level of scene `index`, where its part has one; nil for scenes that cannot be made.
  public func level(at index: Int) -> String? {
    guard let parts = try? parts.get() else { return nil }
    if let count = parts.count { return (try? parts.part(at: index, count: count))?.level }
    var random = random(at: index)
    return parts.part(using: &random).level
  }

  /// Scene `index` with its labels.
  ///
  /// - Throws: ``RecipeError``, ``RegionError`` or ``GridError`` when the recipe is malformed, has no
  ///   such scene or no feasible one; `SceneError` when a region leaves what the law allows.
  public func labelledScene(at index: Int) throws -> LabelledScene {
    let parts = try parts.get()
    var random = random(at: index)
    let part: RecipeParts.Part
    if let count = parts.count {
      part = try parts.part(at: index, count: count)
    } else {
      part = parts.part(using: &random)
    }
    let parameters: [String: Double]
    let scene: Scene
    switch part.source {
    case .grid(let points):
      // An endless recipe may have a grid among its parts: one of its points is drawn.
      let place =
        parts.count == nil
        ? Int(random.unit() * Double(points.count)) : index - part.first
      parameters = try points.point(at: place)
      scene = try part.scenario.scene(for: parameters) { random.unit() }
    case .region(let region):
      (parameters, scene) = try Self.draw(part.scenario, from: region, using: &random)
    }
    return LabelledScene(
      index: index, parameters: parameters, scenario: part.scenario.name, level: part.level,
      scene: scene)
  }

  /// A point of a region that has a scene; infeasible ones are drawn again.
  private static func draw(
    _ scenario: AnyScenario, from region: Region, using random: inout CounterRandom
  ) throws -> ([String: Double], Scene) {
    var last: SceneError?
    for _ in 0..<Region.maximumTries {
      let parameters = try region.draw(using: &random)
      do {
        return (parameters, try scenario.scene(for: parameters) { random.unit() })
      } catch {
        guard case .infeasible = error else { throw error }
        last = error
      }
    }
    guard let last else { throw RegionError.empty(tries: Region.maximumTries) }
    throw RegionError.infeasible(tries: Region.maximumTries, last: last)
  }

  private func random(at index: Int) -> CounterRandom {
    CounterRandom(recipe: key, seed: seed, index: UInt64(bitPattern: Int64(index)))
  }
}
