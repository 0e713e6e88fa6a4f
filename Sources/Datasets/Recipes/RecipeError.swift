/// Why a recipe cannot give scenes.
public enum RecipeError: Error, Equatable, Sendable {
  /// The recipe has no parts.
  case noParts
  /// A part has another number of frames than the first.
  case frames(part: Int, found: Int, expected: Int)
  /// A part's weight is negative or not a number, or all are zero.
  case weight(part: Int, value: Double)
  /// No part of a finite recipe has a feasible scene.
  case empty
  /// A finite recipe has no scene of this number.
  case index(Int, count: Int)
}

extension RecipeError: CustomStringConvertible {
  /// One sentence with the offending value and what would be accepted.
  public var description: String {
    switch self {
    case .noParts:
      "the recipe has no parts; give at least one law with its parameters"
    case .frames(let part, let found, let expected):
      "part \(part) of the recipe has \(found) frames and the first has \(expected); "
        + "all parts need the same number"
    case .weight(let part, let value):
      "part \(part) of the recipe has weight \(value); it must be a number above 0"
    case .empty:
      "no part of the recipe has a feasible scene; use smaller holes or other parameters"
    case .index(let index, let count):
      "there is no scene \(index) in a set of \(count) scenes; ask for 0 to \(count - 1)"
    }
  }
}
