import Worlds

/// The endless sequence of scenes of a recipe: scene i is a pure function of (recipe, seed, i).
///
/// Any order, any thread and any machine gives the same scenes.
public struct SceneStream: Sendable {
  /// What the scenes are made of.
  public let recipe: SceneRecipe
  /// Which of the recipe's sequences this is.
  public let seed: UInt64
  private let key: String

  /// The sequence of a recipe under a seed.
  public init(recipe: SceneRecipe, seed: UInt64) {
    self.recipe = recipe
    self.seed = seed
    key = recipe.id
  }

  /// The parameters of scene `index`.
  ///
  /// - Throws: ``RegionError`` when the region is malformed or empty.
  public func parameters(at index: Int) throws -> [String: Double] {
    var random = random(at: index)
    return try recipe.region.sample(using: &random)
  }

  /// Scene `index`.
  ///
  /// - Throws: ``RegionError``, or `SceneError` when the region leaves what the law allows.
  public func scene(at index: Int) throws -> Scene {
    try parametersAndScene(at: index).scene
  }

  /// The parameters of scene `index` and the scene itself.
  ///
  /// - Throws: ``RegionError``, or `SceneError` when the region leaves what the law allows.
  public func parametersAndScene(
    at index: Int
  ) throws -> (parameters: [String: Double], scene: Scene) {
    var random = random(at: index)
    let parameters = try recipe.region.sample(using: &random)
    return (parameters, try recipe.scenario.scene(for: parameters) { random.unit() })
  }

  private func random(at index: Int) -> CounterRandom {
    CounterRandom(recipe: key, seed: seed, index: UInt64(bitPattern: Int64(index)))
  }
}
