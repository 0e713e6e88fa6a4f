/// Why a recipe has no official stream.
public enum OfficialError: Error, Equatable, Sendable {
  /// A part of the recipe is an endless region.
  case region(part: Int)
  /// The chunk size is not positive.
  case chunkSize(Int)
  /// The scenario draws other numbers than an official script would.
  case scenario(part: Int, name: String)
  /// A scene of an exact equality came out otherwise than its parameters say.
  case disagreement(chunk: Int, expected: Int, found: Int)
}

extension OfficialError: CustomStringConvertible {
  /// One sentence with the offending value and what would be accepted.
  public var description: String {
    switch self {
    case .region(let part):
      "part \(part) of the recipe is a region without end; official scripts list grids, "
        + "so give it a grid or leave out the compatible mode"
    case .chunkSize(let size):
      "official chunks of \(size) scenes are not possible; ask for at least 1"
    case .scenario(let part, let name):
      "part \(part) of the recipe is '\(name)' with properties that no official script has; "
        + "leave out the compatible mode"
    case .disagreement(let chunk, let expected, let found):
      "chunk \(chunk) of the official stream has \(found) scenes, not \(expected): rounding decided "
        + "a scene at the edge of what is feasible the other way"
    }
  }
}
