import Worlds

/// The scenes of a recipe's grids in the order of an official script: every grid shuffled by the
/// legacy generator, one after the other, and where the script does so all of them once more.
///
/// Four bytes per scene of the uncut grids.
public struct OfficialOrder: Sendable {
  /// A scene of the list: the part of the recipe and the number of the point in the part's grid.
  public struct Place: Hashable, Sendable {
    /// Number of the recipe's part.
    public var part: Int
    /// Number of the point among those left of the grid by its holes.
    public var point: Int
  }

  private let points: [GridPoints]
  private let firsts: [Int]
  private let order: [UInt32]
  private let scenarios: [AnyScenario]

  /// The order of a recipe whose parts are grids.
  ///
  /// - Throws: ``OfficialError/region(part:)`` where a part has no end, or ``GridError``.
  public init(_ recipe: SceneRecipe, layout: OfficialLayout) throws {
    var random = MersenneTwister(seed: OfficialLayout.seed)
    for _ in 0..<layout.drawsBefore { _ = random.unit() }
    for count in layout.shufflesBefore {
      var list = Array(repeating: UInt8(0), count: count)
      random.shuffle(&list)
    }
    var points: [GridPoints] = []
    var firsts: [Int] = []
    var order: [UInt32] = []
    for (index, part) in recipe.parts.enumerated() {
      guard case .grid(var grid) = part.parameters else { throw OfficialError.region(part: index) }
      // The scripts shuffle the whole grid. They list infeasible scenes too, and find out when they
      // place the balls.
      grid.holes = []
      grid.keeping = nil
      let all = try GridPoints(grid, for: nil)
      let first = order.count
      guard UInt32(exactly: first + all.count) != nil else {
        throw GridError.tooManyPoints(counts: points.map(\.count) + [all.count])
      }
      var numbers = (first..<first + all.count).map { UInt32(truncatingIfNeeded: $0) }
      random.shuffle(&numbers)
      order += numbers
      firsts.append(first)
      points.append(all)
    }
    if layout.reshufflesAll { random.shuffle(&order) }
    if layout.filter == .listed {
      let kept = try Self.kept(recipe, points) { _ in .everywhere }
      order.removeAll { !kept[Int($0)] }
    }
    self.points = points
    self.firsts = firsts
    self.order = order
    scenarios = recipe.parts.map(\.scenario)
  }

  /// Number of scenes in the list, infeasible ones counted.
  public var count: Int { order.count }

  /// The scene at a place of the list.
  ///
  /// - Throws: ``GridError/index(_:count:)`` outside the list.
  public func place(at index: Int) throws(GridError) -> Place {
    guard order.indices.contains(index) else { throw .index(index, count: count) }
    let number = Int(order[index])
    let part = (firsts.lastIndex { $0 <= number }) ?? 0
    return Place(part: part, point: number - firsts[part])
  }

  /// The parameters of the scene at a place of the list.
  ///
  /// - Throws: ``GridError/index(_:count:)`` outside the list.
  public func parameters(at index: Int) throws(GridError) -> [String: Double] {
    let place = try place(at: index)
    return try points[place.part].point(at: place.point)
  }

  /// The law of the scene at a place of the list.
  ///
  /// - Throws: ``GridError/index(_:count:)`` outside the list.
  public func scenario(at index: Int) throws(GridError) -> AnyScenario {
    scenarios[try place(at: index).part]
  }

  /// The number of a listed scene before any shuffle.
  func number(at index: Int) -> Int { Int(order[index]) }

  /// Whether each scene is stored, by its number: infeasible ones are not, nor those in holes.
  ///
  /// What is feasible by a hair is what the official rounding makes of it.
  func stored(_ recipe: SceneRecipe) throws -> BitList {
    try Self.kept(recipe, points) { part in
      var scenario = part.scenario
      if var collision = scenario.base as? Collision {
        collision.keepsExactFits = false
        scenario = AnyScenario(collision)
      }
      return Feasibility(of: scenario, names: part.parameters.parameterNames)
    }
  }

  /// Whether each point of the whole grids is feasible and outside the holes.
  private static func kept(
    _ recipe: SceneRecipe, _ points: [GridPoints],
    feasibility: (SceneRecipe.Part) -> Feasibility
  ) throws -> BitList {
    var bits = BitList()
    for (part, whole) in zip(recipe.parts, points) {
      guard case .grid(let grid) = part.parameters else { continue }
      let feasibility = feasibility(part)
      let sieve = BoxSieve(grid)
      try whole.forEach { values in
        var isKept = true
        if !sieve.isOpen {
          let masks = zip(whole.names, values).map { sieve.mask(of: $1, $0) }
          isKept = sieve.keeps(masks.reduce(.max, &))
        }
        bits.append(try isKept && feasibility.allows(values))
      }
    }
    return bits
  }
}
