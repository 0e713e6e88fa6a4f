import Worlds

/// Why a grid of scene parameters cannot be used.
public enum GridError: Error, Equatable, Sendable {
  /// The grid has no axes.
  case noAxes
  /// Two axes have the same name.
  case repeatedAxis(String)
  /// An axis has no values, or more than ``Grid/maximumAxisCount``.
  case axisCount(axis: String, count: Int)
  /// A selection takes every so-manieth value, and that number is not positive.
  case step(axis: String, step: Int)
  /// A drawn list starts after an impossible number of draws.
  case skippedDraws(axis: String, count: Int)
  /// A value of an axis is not a finite number.
  case notANumber(axis: String, index: Int, value: Double)
  /// The product of the axes is beyond ``Grid/maximumPoints``.
  case tooManyPoints(counts: [Int])
  /// More holes and boxes to keep than ``Grid/maximumBoxes``.
  case tooManyBoxes(Int)
  /// There is a list of boxes to keep, and it is empty.
  case keepsNothing
  /// A hole or a box to keep names a parameter that is no axis.
  case unknownParameter(name: String, known: [String])
  /// A hole or a box to keep has an end that is not a finite number.
  case boundNotANumber(parameter: String)
  /// The holes, the boxes to keep and the scenario's own rule leave no point.
  case empty(total: Int, infeasible: Int)
  /// The scenario cannot be given one of the grid's points.
  case refused(index: Int, point: [String: Double], reason: SceneError)
  /// There is no point of this number.
  case index(Int, count: Int)
}

extension GridError: CustomStringConvertible {
  /// One sentence with the offending value and what would be accepted.
  public var description: String {
    switch self {
    case .noAxes:
      "the grid has no axes; give at least one with its values"
    case .repeatedAxis(let name):
      "the grid has two axes '\(name)'; every parameter may be named once"
    case .axisCount(let axis, let count):
      "axis '\(axis)' has \(count) values; give it 1 to \(Grid.maximumAxisCount)"
    case .step(let axis, let step):
      "axis '\(axis)' takes every \(step)-th value; the step must be at least 1"
    case .skippedDraws(let axis, let count):
      "axis '\(axis)' is drawn after \(count) other numbers; "
        + "that must be 0 to \(Grid.maximumAxisCount)"
    case .notANumber(let axis, let index, let value):
      "value \(index) of axis '\(axis)' is \(value); it must be a finite number"
    case .tooManyPoints(let counts):
      "a grid of \(counts.map(String.init).joined(separator: " x ")) points is too large; "
        + "at most \(Grid.maximumPoints) are supported"
    case .tooManyBoxes(let count):
      "the grid has \(count) holes and boxes to keep; at most \(Grid.maximumBoxes) are supported"
    case .keepsNothing:
      "the grid keeps the points of no box; leave 'keeping' out to keep all"
    case .unknownParameter(let name, let known):
      "a hole or a box to keep names '\(name)'; the grid's axes are "
        + known.joined(separator: ", ")
    case .boundNotANumber(let parameter):
      "a hole or a box to keep has an end for '\(parameter)' that is not a finite number"
    case .empty(let total, let infeasible):
      "no point of the grid is left: of \(total), \(infeasible) are infeasible "
        + "and the rest lie in holes; make the holes smaller or the axes longer"
    case .refused(let index, let point, let reason):
      "point \(index) of the grid ("
        + point.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: ", ") + ") has no scene: \(reason)"
    case .index(let index, let count):
      "there is no point \(index) in a grid of \(count) points"
    }
  }
}
