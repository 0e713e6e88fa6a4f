/// A finite set of scene parameters: every combination of the values of some axes, less holes.
///
/// The first axis is the outermost loop and the last the innermost. A point on the edge of a hole is
/// in the hole; a point on the edge of a box to keep is kept. Points that the scenario refuses as
/// infeasible leave the grid as well, see ``GridPoints``.
///
/// ```swift
/// let grid = Grid(
///   axes: [.linear("r", 0.7, 1.4, 300), .linear("v", 1, 4, 1000)], holes: [["v": 1.5...3.5]])
/// let points = try GridPoints(grid, for: AnyScenario(UniformMotion()))
/// points.count  // == 100_200
/// ```
public struct Grid: Hashable, Sendable {
  /// The most values an axis may have.
  public static let maximumAxisCount = 10_000_000
  /// The most points a grid may have before anything is cut away.
  public static let maximumPoints = 1_000_000_000
  /// The most holes and boxes to keep together.
  public static let maximumBoxes = 64

  /// The parameters and their values, the outermost first.
  public var axes: [Axis]
  /// Boxes whose points are left out. One that does not name a parameter extends over all of it.
  public var holes: [[String: ClosedRange<Double>]]
  /// Where there are boxes here, only their points are kept.
  public var keeping: [[String: ClosedRange<Double>]]?

  /// A grid of axes; nothing is left out unless told otherwise.
  public init(
    axes: [Axis], holes: [[String: ClosedRange<Double>]] = [],
    keeping: [[String: ClosedRange<Double>]]? = nil
  ) {
    self.axes = axes
    self.holes = holes
    self.keeping = keeping
  }

  /// The parameters, the outermost first.
  public var parameterNames: [String] { axes.map(\.name) }

  /// Number of points before anything is cut away.
  ///
  /// - Throws: ``GridError`` when the grid has no axes, an axis has no or too many values, two axes
  ///   share a name, or the product is beyond ``maximumPoints``.
  public func total() throws(GridError) -> Int {
    guard !axes.isEmpty else { throw .noAxes }
    var total = 1
    var seen: Set<String> = []
    for axis in axes {
      guard seen.insert(axis.name).inserted else { throw .repeatedAxis(axis.name) }
      let count = try axis.values.count(axis: axis.name)
      let (product, overflow) = total.multipliedReportingOverflow(by: count)
      guard !overflow, product <= Grid.maximumPoints else {
        throw .tooManyPoints(counts: axes.compactMap { try? $0.values.count(axis: $0.name) })
      }
      total = product
    }
    return total
  }

  /// Checks everything that can be checked without running through the points.
  ///
  /// - Throws: ``GridError`` naming the axis, hole or value.
  public func validate() throws(GridError) {
    _ = try total()
    guard holes.count + (keeping?.count ?? 0) <= Grid.maximumBoxes else {
      throw .tooManyBoxes(holes.count + (keeping?.count ?? 0))
    }
    if let keeping, keeping.isEmpty { throw .keepsNothing }
    for box in holes + (keeping ?? []) {
      for name in box.keys.sorted() {
        guard parameterNames.contains(name) else {
          throw .unknownParameter(name: name, known: parameterNames)
        }
        if let range = box[name], !(range.lowerBound.isFinite && range.upperBound.isFinite) {
          throw .boundNotANumber(parameter: name)
        }
      }
    }
  }
}

extension Grid: Codable {
  private enum CodingKeys: String, CodingKey {
    case axes, holes, keeping
  }

  /// Reads a grid; `holes` and `keeping` may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    typealias Boxes = [[String: ClosedRange<Double>]]
    self.init(
      axes: try values.decode([Axis].self, forKey: .axes),
      holes: try values.decodeIfPresent(Boxes.self, forKey: .holes) ?? [],
      keeping: try values.decodeIfPresent(Boxes.self, forKey: .keeping))
    do {
      try validate()
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .axes, in: values, debugDescription: "\(error)")
    }
  }

  /// Writes a grid; empty `holes` are left out.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(axes, forKey: .axes)
    if !holes.isEmpty { try values.encode(holes, forKey: .holes) }
    try values.encodeIfPresent(keeping, forKey: .keeping)
  }
}

extension Grid: CustomStringConvertible {
  /// The grid as a text; part of the key of a recipe's random numbers, so it must never change.
  public var description: String {
    let sides = axes.map { "\($0.name)=\($0.values)" }.joined(separator: ",")
    let cuts = holes.map { "-" + Region.text($0) }.joined()
    let kept = keeping.map { "&" + $0.map(Region.text).joined(separator: "+") } ?? ""
    return "{\(sides)}\(cuts)\(kept)"
  }
}
