import Foundation

/// The table that the released drivers write at the end: means by class of scene.
///
/// Scenes are put in classes by the radii and speeds they were made with, against the training
/// range, which is inclusive. Each cell holds six means over the values that are numbers, with four
/// decimals; below them stand the classes' names and sizes. Columns carry the released names.
public struct OfficialTable: Hashable, Sendable {
  /// The released drivers that write a table.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// One ball that moves evenly.
    case uniform
    /// One ball that falls.
    case parabola
    /// Two balls.
    case collision

    /// The measures in column order.
    public var measures: [String] {
      switch self {
      case .uniform: ["vel_error", "delta_r", "abs_x_err_avg", "abs_y_err_avg"]
      case .parabola: ["delta_r", "abs_x_err_avg", "abs_y_err_avg"]
      case .collision:
        ["delta_r", "pre_vel_error", "post_vel_error"]
          + ["x_err", "vel_err", "momentum_error", "energy_error"].flatMap { name in
            ["pre_\(name)_avg", "post_\(name)_avg"]
          }
      }
    }
  }

  /// The classes, in the order of a cell. A scene is in the first that fits; `out` joins all but
  /// `inside`.
  public enum SceneClass: String, CaseIterable, Hashable, Sendable {
    /// All radii and speeds in the training range.
    case inside = "in"
    /// Any of the classes below.
    case out
    /// A radius outside the range, all speeds inside.
    case radius = "r_out"
    /// A speed outside the range, all radii inside.
    case speed = "v_out"
    /// A radius and a speed outside the range.
    case both = "rv_out"
    /// A ball at rest.
    case zero = "v_zero"
  }

  /// What was measured on one video.
  public struct Record: Hashable, Sendable {
    /// Radii, then speeds, as the scene was made.
    public var initial: [Double]
    /// Released name to number; what is left out counts as not a number.
    public var measures: [String: Double]

    /// A record from its parts.
    public init(initial: [Double], measures: [String: Double]) {
      self.initial = initial
      self.measures = measures
    }
  }

  /// Names of the columns: `model`, then the measures.
  public let columns: [String]
  /// The model's cells, then the classes' names and their sizes.
  public let rows: [[String]]

  /// The table of one model.
  /// - Throws: `MeasureError.shortInit` when a record lacks a radius or a speed.
  public init(_ kind: Kind, model: String, records: [Record]) throws {
    var tally = OfficialTally(kind)
    for record in records { try tally.add(record) }
    self.init(tally, model: model)
  }

  /// The table of one model, of what was counted.
  public init(_ tally: OfficialTally, model: String) {
    let measures = tally.kind.measures
    let names = SceneClass.allCases.map { Self.padded($0.rawValue, left: true) }
    let sizes = SceneClass.allCases.map { Self.padded("\(tally.count(of: $0))", left: false) }
    let cells = measures.indices.map { measure in
      SceneClass.allCases.map { place in
        let values = tally.values(of: measure, in: place)
        return String(format: "%.4f", values.filter { !$0.isNaN }.mean)
      }.joined(separator: ", ")
    }
    columns = ["model"] + measures
    rows = [
      [model] + cells,
      [""] + measures.map { _ in names.joined(separator: ", ") },
      [""] + measures.map { _ in sizes.joined(separator: ", ") },
    ]
  }

  /// The table as the released drivers write it: cells with commas are quoted.
  public func csv() -> String {
    ([columns] + rows).map { row in
      row.map { cell in
        cell.contains { ",\"\r\n".contains($0) }
          ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",") + "\n"
    }.joined()
  }

  private static func padded(_ text: String, left: Bool) -> String {
    let space = String(repeating: " ", count: max(6 - text.count, 0))
    return left ? text + space : space + text
  }
}

extension OfficialTable.Kind {
  /// The class of a scene, or nil where the released driver leaves it out: balls too small.
  /// - Throws: `MeasureError.shortInit` when a radius or a speed is missing.
  func sceneClass(_ initial: [Double]) throws -> OfficialTable.SceneClass? {
    let balls = self == .collision ? 2 : 1
    guard initial.count >= 2 * balls else { throw MeasureError.shortInit(initial.count) }
    let radii = initial.prefix(balls)
    let speeds = initial.dropFirst(balls).prefix(balls)
    let isShown = radii.allSatisfy { self == .collision ? $0 > 0.5 : $0 >= 0.6 }
    guard isShown else { return nil }
    if speeds.contains(0) { return .zero }
    let trained = self == .collision ? 0.5...1.5 : 0.7...1.4
    let radiiInside = radii.allSatisfy(trained.contains)
    let speedsInside = speeds.allSatisfy((1.0...4.0).contains)
    return switch (radiiInside, speedsInside) {
    case (true, true): .inside
    case (false, true): .radius
    case (true, false): .speed
    case (false, false): .both
    }
  }
}
