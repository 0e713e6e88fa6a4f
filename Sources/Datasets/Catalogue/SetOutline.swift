import Worlds

/// What there is to draw of a set in the plane of two of its parameters.
public struct SetOutline: Codable, Hashable, Sendable {
  /// A rectangle of the plane; flat where a parameter has one value.
  public struct Box: Codable, Hashable, Sendable {
    /// The recipe's part that it belongs to.
    public var part: Int
    /// The part's level.
    public var level: String?
    /// Values of the horizontal parameter.
    public var x: ClosedRange<Double>
    /// Values of the vertical parameter.
    public var y: ClosedRange<Double>
  }

  /// The points `x·xSlope + y·ySlope > limit`, which a scenario refuses.
  public struct HalfPlane: Codable, Hashable, Sendable {
    /// The recipe's part that it belongs to.
    public var part: Int
    /// Factor of the horizontal parameter.
    public var xSlope: Double
    /// Factor of the vertical parameter.
    public var ySlope: Double
    /// What the sum may not exceed.
    public var limit: Double
  }

  /// The values of a part along both axes, where it is a grid: all pairs of them are points.
  public struct Lattice: Codable, Hashable, Sendable {
    /// The recipe's part that it belongs to.
    public var part: Int
    /// The part's level.
    public var level: String?
    /// Values of the horizontal parameter.
    public var x: [Double]
    /// Values of the vertical parameter.
    public var y: [Double]
  }

  /// The horizontal parameter.
  public var xName: String
  /// The vertical parameter.
  public var yName: String
  /// Where scenes are, before holes and infeasible ones leave.
  public var boxes: [Box] = []
  /// What is left out of them.
  public var holes: [Box] = []
  /// Values of grids.
  public var lattices: [Lattice] = []
  /// What is refused whatever the other parameters are.
  public var refused: [HalfPlane] = []
  /// What is refused for some values of the other parameters.
  public var partlyRefused: [HalfPlane] = []
}

extension SceneSet {
  /// The two parameters that tell most about the set: speeds across, then radii.
  public var plane: (x: String, y: String) {
    let names = recipe.parts.first?.parameters.parameterNames ?? []
    for pair in [("v", "r"), ("v1", "v2"), ("vs", "vb"), ("excess", "r"), ("offset", "r")]
    where names.contains(pair.0) && names.contains(pair.1) {
      return pair
    }
    let sorted = names.sorted()
    return (sorted.first ?? "", sorted.dropFirst().first ?? "")
  }

  /// What there is to draw of the set in the plane of two of its parameters.
  ///
  /// Boxes that do not name one of the two extend over all of it; holes that depend on other
  /// parameters as well are left out, for a part of the plane that they cover is not empty.
  ///
  /// - Throws: ``GridError`` where a part's grid is malformed.
  public func outline(x: String, y: String) throws(GridError) -> SetOutline {
    var outline = SetOutline(xName: x, yName: y)
    for (index, part) in recipe.parts.enumerated() {
      switch part.parameters {
      case .region(let region): outline.add(region, of: part, index)
      case .grid(let grid): try outline.add(grid, of: part, index)
      }
    }
    return outline
  }
}

extension SetOutline {
  fileprivate mutating func add(_ region: Region, of part: SceneRecipe.Part, _ index: Int) {
    var own: [Box] = []
    for box in region.boxes {
      guard let x = box[xName], let y = box[yName] else { continue }
      own.append(Box(part: index, level: part.level, x: x, y: y))
      addRefused(part.scenario, among: box.mapValues { ($0.lowerBound, $0.upperBound) }, index)
    }
    boxes += own
    addHoles(region.holes, in: own)
  }

  fileprivate mutating func add(
    _ grid: Grid, of part: SceneRecipe.Part, _ index: Int
  ) throws(GridError) {
    var ends: [String: (Double, Double)] = [:]
    var lattice = Lattice(part: index, level: part.level, x: [], y: [])
    for axis in grid.axes {
      let values = try axis.values.values(axis: axis.name)
      ends[axis.name] = (values.min() ?? 0, values.max() ?? 0)
      if axis.name == xName { lattice.x = values }
      if axis.name == yName { lattice.y = values }
    }
    guard let x = ends[xName], let y = ends[yName] else { return }
    lattices.append(lattice)
    let whole = Box(part: index, level: part.level, x: x.0...x.1, y: y.0...y.1)
    let own =
      grid.keeping.map { $0.compactMap { Self.cut(whole, $0[xName], $0[yName]) } } ?? [whole]
    boxes += own
    addHoles(grid.holes, in: own)
    addRefused(part.scenario, among: ends, index)
  }

  private mutating func addHoles(_ cuts: [[String: ClosedRange<Double>]], in own: [Box]) {
    for cut in cuts where cut.keys.allSatisfy({ $0 == xName || $0 == yName }) {
      holes += own.compactMap { Self.cut($0, cut[xName], cut[yName]) }
    }
  }

  /// The part of a box within two ranges; nil where they do not meet.
  private static func cut(
    _ box: Box, _ x: ClosedRange<Double>?, _ y: ClosedRange<Double>?
  ) -> Box? {
    let (x, y) = (x ?? box.x, y ?? box.y)
    guard x.overlaps(box.x), y.overlaps(box.y) else { return nil }
    return Box(part: box.part, level: box.level, x: x.clamped(to: box.x), y: y.clamped(to: box.y))
  }

  /// The rule of two balls that meet, 0.1·frames·(v1 + v2) + 2(r1 + r2) <= 10, in the plane.
  private mutating func addRefused(
    _ scenario: AnyScenario, among ends: [String: (Double, Double)], _ index: Int
  ) {
    guard let collision = scenario.base as? Collision else { return }
    let slopes = ["r1": 2, "r2": 2, "v1": 0.1, "v2": 0.1].mapValues {
      $0 == 2 ? 2 : $0 * Double(collision.preFrames)
    }
    guard let xSlope = slopes[xName], let ySlope = slopes[yName] else { return }
    var (least, most) = (0.0, 0.0)
    for (name, slope) in slopes where name != xName && name != yName {
      least += slope * (ends[name]?.0 ?? 0)
      most += slope * (ends[name]?.1 ?? 0)
    }
    let corner = xSlope * (ends[xName]?.1 ?? 0) + ySlope * (ends[yName]?.1 ?? 0)
    func add(_ limit: Double, to list: inout [HalfPlane]) {
      guard corner > limit else { return }
      list.append(HalfPlane(part: index, xSlope: xSlope, ySlope: ySlope, limit: limit))
    }
    add(Scene.extent - least, to: &refused)
    if most > least { add(Scene.extent - most, to: &partlyRefused) }
  }
}
