/// Every set of scenes that has a name.
///
/// A name is a path: first the law (`uniform`, `parabola`, `collision`, `one-object`), the pair of
/// attributes (`pairs/color-size`) or the figure of the paper (`figure-14/spatial`); then the set
/// (`train-30k`, `hole-1.5-3.5`, `eval`); then, where a set has parts, the part
/// (`eval/xl-level2`). A training set is named for its size or level, an evaluation starts with
/// `eval`.
public enum SceneCatalogue {
  /// All sets, family by family.
  public static let sets: [SceneSet] =
    UniformSets.sets + ParabolaSets.sets + CollisionSets.sets + HoleSets.sets
    + CollisionHoleSets.sets + PairSets.sets + OneObjectSets.sets + UnreleasedSets.sets

  private static let byName = Dictionary(
    sets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The set of a name.
  ///
  /// - Throws: ``CatalogueError/unknownSet(name:near:)`` with the names that come closest.
  public static func set(named name: String) throws(CatalogueError) -> SceneSet {
    guard let set = byName[name] else {
      throw .unknownSet(name: name, near: near(name))
    }
    return set
  }

  /// The sets whose names begin with a path, such as all of `collision/eval`.
  public static func sets(under path: String) -> [SceneSet] {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return sets.filter { $0.name == path || $0.name.hasPrefix(folder) }
  }

  /// Up to three names: those below the wanted one as a path, else those with the fewest typing
  /// errors.
  private static func near(_ name: String) -> [String] {
    let below = sets(under: name).prefix(3).map(\.name)
    if !below.isEmpty { return Array(below) }
    let wanted = Array(name.lowercased().prefix(100))
    let ranked = sets.map { (name: $0.name, distance: distance(wanted, Array($0.name))) }
    return ranked.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
  }

  /// Insertions, deletions and replacements that lead from one text to the other.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, corner + (x == y ? 0 : 1))
        corner = above
      }
    }
    return row[b.count]
  }
}

/// Why there is no set.
public enum CatalogueError: Error, Equatable, Sendable {
  /// No set has this name.
  case unknownSet(name: String, near: [String])
}

extension CatalogueError: CustomStringConvertible {
  /// One sentence with the name and those that come closest.
  public var description: String {
    switch self {
    case .unknownSet(let name, let near):
      "there is no set '\(name)'; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    }
  }
}
