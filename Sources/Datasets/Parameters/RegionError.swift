import Worlds

/// Why a region of scene parameters cannot be used.
public enum RegionError: Error, Equatable, Sendable {
  /// The region has no boxes, or boxes without parameters.
  case noBoxes
  /// The boxes do not name the same parameters.
  case parameters(box: Int, found: [String], expected: [String])
  /// A hole names a parameter that the boxes do not have.
  case unknownParameter(name: String, known: [String])
  /// A range has an end that is not a finite number.
  case notANumber(parameter: String)
  /// The holes cover all boxes.
  case swallowed(holes: [Int])
  /// The holes leave nothing, or almost nothing, to draw from.
  case empty(tries: Int)
  /// No scene was found: the scenario refused every point that was drawn.
  case infeasible(tries: Int, last: SceneError)
}

extension RegionError: CustomStringConvertible {
  /// One sentence with the offending value and what would be accepted.
  public var description: String {
    switch self {
    case .noBoxes:
      "the region has no boxes; give at least one with a range for every parameter"
    case .parameters(let box, let found, let expected):
      "box \(box) of the region names \(found.joined(separator: ", ")); "
        + "the first box names \(expected.joined(separator: ", "))"
    case .unknownParameter(let name, let known):
      "a hole of the region names '\(name)'; the boxes name \(known.joined(separator: ", "))"
    case .notANumber(let parameter):
      "a range of '\(parameter)' has an end that is not a finite number"
    case .swallowed(let holes):
      "\(holes.count == 1 ? "hole" : "holes") "
        + holes.map(String.init).joined(separator: ", ")
        + " of the region cover all of its boxes; nothing is left to draw from"
    case .infeasible(let tries, let last):
      "no point of the region has a scene: all of \(tries) draws were refused; the last one: \(last)"
    case .empty(let tries):
      "no point of the region was found in \(tries) tries; its holes cover its boxes"
    }
  }
}
