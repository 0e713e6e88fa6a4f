/// A set of scenes with a name: a training set or an evaluation of the paper, or one of its kin.
public struct SceneSet: Codable, Hashable, Sendable {
  /// Where a set's definition comes from.
  public enum Origin: String, Codable, CaseIterable, Sendable {
    /// The released scripts or the released evaluator define it.
    case official
    /// The released code only hints at it: a name, a count or a commented-out line.
    case inferred
    /// The paper describes it without numbers, or it is an addition; the numbers are ours.
    case ours
  }

  /// The name: law or figure, then the set, then the split, such as `uniform/eval/xl-level2`.
  public let name: String
  /// The figure of the paper that uses it, such as `Figure 3`.
  public let figure: String?
  /// One line that says what is in it.
  public let summary: String
  /// Where its definition comes from.
  public let origin: Origin
  /// Its scenes.
  public let recipe: SceneRecipe
  /// Number of its scenes.
  public let count: Int
  /// Number of points on its grids before infeasible scenes leave, where that differs.
  public let gridCount: Int?
  /// The name that the released evaluator or script gives it.
  public let officialName: String?
  /// How the official script lists and stores the scenes; nil where there is no such script.
  public let layout: OfficialLayout?

  init(
    _ name: String, figure: String? = nil, _ summary: String, origin: Origin = .official,
    parts: [SceneRecipe.Part], count: Int, gridCount: Int? = nil, officialName: String? = nil,
    layout: OfficialLayout? = nil
  ) {
    self.name = name
    self.figure = figure
    self.summary = summary
    self.origin = origin
    recipe = SceneRecipe(parts: parts)
    self.count = count
    self.gridCount = gridCount
    self.officialName = officialName
    self.layout = layout
  }

  /// The levels of its scenes, each once.
  public var levels: [String] {
    recipe.parts.compactMap(\.level).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Its scenes from counter-based random numbers.
  public func stream(seed: UInt64) -> SceneStream { SceneStream(recipe: recipe, seed: seed) }

  /// Its scenes as the official script draws them; nil where there is no such script.
  ///
  /// - Throws: ``OfficialError`` or ``GridError``.
  public func officialStream() throws -> OfficialStream? {
    try layout.map { try OfficialStream(recipe: recipe, layout: $0) }
  }
}
