import Worlds

/// The parts of a recipe made ready: regions checked, grids counted.
struct RecipeParts: Sendable {
  struct Part: Sendable {
    let scenario: AnyScenario
    let level: String?
    let source: Source
    /// Number of the part's first scene in a finite recipe.
    let first: Int
    let weight: Double
  }

  enum Source: Sendable {
    case region(Region)
    case grid(GridPoints)
  }

  let parts: [Part]
  /// Number of scenes; nil when there is no end.
  let count: Int?
  private let totalWeight: Double

  init(_ recipe: SceneRecipe) throws {
    try Self.validateShape(of: recipe)
    var parts: [Part] = []
    var first = 0
    var isEndless = false
    for part in recipe.parts {
      let source: Source
      switch part.parameters {
      case .region(let region):
        try region.validate()
        isEndless = true
        source = .region(region)
      case .grid(let grid):
        // A level of an evaluation may have no feasible scene; the whole must have one.
        source = .grid(
          try GridPoints(grid, for: part.scenario, mayBeEmpty: recipe.parts.count > 1))
      }
      parts.append(
        Part(
          scenario: part.scenario, level: part.level, source: source, first: first,
          weight: part.weight))
      if case .grid(let points) = source { first += points.count }
    }
    guard isEndless || first > 0 else { throw RecipeError.empty }
    self.parts = parts
    count = isEndless ? nil : first
    totalWeight = parts.reduce(0) { $0 + $1.weight }
  }

  /// Checks what can be checked without looking into regions and grids.
  static func validateShape(of recipe: SceneRecipe) throws(RecipeError) {
    guard !recipe.parts.isEmpty else { throw .noParts }
    for (index, part) in recipe.parts.enumerated() {
      guard part.scenario.frames == recipe.frames else {
        throw .frames(part: index, found: part.scenario.frames, expected: recipe.frames)
      }
      guard part.weight.isFinite, part.weight > 0 else {
        throw .weight(part: index, value: part.weight)
      }
    }
  }

  /// The part of scene `index` of a finite recipe.
  func part(at index: Int, count: Int) throws(RecipeError) -> Part {
    guard (0..<count).contains(index) else { throw .index(index, count: count) }
    var low = 0
    var high = parts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].first <= index { low = middle } else { high = middle }
    }
    // Empty parts begin where the next one begins; the last of them is the one with scenes.
    return parts[low]
  }

  /// The part of a scene of an endless recipe; nothing is drawn where there is only one.
  func part(using random: inout CounterRandom) -> Part {
    if parts.count == 1 { return parts[0] }
    var rest = random.unit() * totalWeight
    for part in parts.dropLast() {
      if rest < part.weight { return part }
      rest -= part.weight
    }
    return parts[parts.count - 1]
  }
}
