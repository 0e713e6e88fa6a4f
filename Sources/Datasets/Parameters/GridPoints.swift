import Worlds

/// The points of a grid that are left when holes and infeasible scenes are cut away, by number.
///
/// Points are computed, not stored: beside the axes' values there is one number per 256 points of
/// the uncut grid. Making it runs once through the grid; a point takes microseconds.
public struct GridPoints: Sendable {
  /// The parameters, the outermost first.
  public let names: [String]
  /// Number of points that are left.
  public let count: Int
  /// Number of points of the uncut grid.
  public let total: Int

  private static let blockBits = 8

  private let axes: [GridAxis]
  private let sieve: BoxSieve
  private let feasibility: Feasibility
  /// Points left before every block of 256; empty where nothing is cut away.
  private let before: [UInt32]

  /// The points of a grid for which a scenario has scenes; without a scenario, infeasible ones too.
  ///
  /// - Throws: ``GridError`` when the grid is malformed, when nothing is left, or when the scenario
  ///   refuses a point for another reason than having no feasible start.
  public init(_ grid: Grid, for scenario: AnyScenario?) throws(GridError) {
    try self.init(grid, for: scenario, mayBeEmpty: false)
  }

  /// As above; a part of a larger set may turn out to be empty.
  init(_ grid: Grid, for scenario: AnyScenario?, mayBeEmpty: Bool) throws(GridError) {
    try grid.validate()
    let sieve = BoxSieve(grid)
    var axes: [GridAxis] = []
    for axis in grid.axes {
      let values = try axis.values.values(axis: axis.name)
      axes.append(GridAxis(name: axis.name, values: values, sieve: sieve))
    }
    names = grid.parameterNames
    total = try grid.total()
    self.axes = axes
    self.sieve = sieve
    feasibility = scenario.map { Feasibility(of: $0, axes: axes) } ?? .everywhere
    if sieve.isOpen, case .everywhere = feasibility {
      count = total
      before = []
      return
    }
    var walk = GridWalk(axes: axes)
    var before: [UInt32] = []
    before.reserveCapacity(total >> Self.blockBits + 1)
    var kept: UInt32 = 0
    var infeasible = 0
    for flat in 0..<total {
      if flat & (1 << Self.blockBits - 1) == 0 { before.append(kept) }
      if sieve.keeps(walk.mask) {
        let feasible: Bool
        do {
          feasible = try feasibility.allows(walk.values)
        } catch {
          throw .refused(
            index: Int(kept) + infeasible, point: Self.point(names, walk.values), reason: error)
        }
        if feasible { kept += 1 } else { infeasible += 1 }
      }
      walk.advance()
    }
    guard kept > 0 || mayBeEmpty else { throw .empty(total: total, infeasible: infeasible) }
    count = Int(kept)
    self.before = count == total ? [] : before
  }

  /// The parameters of point `index` in the order of ``names``.
  ///
  /// - Throws: ``GridError/index(_:count:)`` outside 0 to `count - 1`.
  public func values(at index: Int) throws(GridError) -> [Double] {
    guard (0..<count).contains(index) else { throw .index(index, count: count) }
    guard !before.isEmpty else { return GridWalk(axes: axes, at: index).values }
    // The last block that begins with no more than `index` points before it.
    var low = 0
    var high = before.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(before[middle]) <= index { low = middle } else { high = middle }
    }
    var walk = GridWalk(axes: axes, at: low << Self.blockBits)
    var rest = index - Int(before[low])
    while true {
      // Every point was tested before; none can be refused with an error now.
      if sieve.keeps(walk.mask), (try? feasibility.allows(walk.values)) == true {
        if rest == 0 { return walk.values }
        rest -= 1
      }
      walk.advance()
    }
  }

  /// The parameters of point `index`.
  ///
  /// - Throws: ``GridError/index(_:count:)`` outside 0 to `count - 1`.
  public func point(at index: Int) throws(GridError) -> [String: Double] {
    Self.point(names, try values(at: index))
  }

  /// Runs through all points in order; the values are in the order of ``names``.
  public func forEach(_ body: ([Double]) throws -> Void) rethrows {
    var walk = GridWalk(axes: axes)
    for _ in 0..<total {
      if sieve.keeps(walk.mask), (try? feasibility.allows(walk.values)) == true {
        try body(walk.values)
      }
      walk.advance()
    }
  }

  private static func point(_ names: [String], _ values: [Double]) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(names, values))
  }
}
