/// How an official script lists and stores the scenes of a grid.
public struct OfficialLayout: Codable, Hashable, Sendable {
  /// When a script takes out what lies in a grid's holes.
  public enum Filter: String, Codable, CaseIterable, Sendable {
    /// From the shuffled list, before scenes are placed (holes of uniform motion).
    case listed
    /// From a finished file, which keeps the scenes of the whole grid in their order (holes of
    /// collisions, size against velocity).
    case stored
  }

  /// The seed of every official script, which each chunk starts again from.
  public static let seed: UInt32 = 42

  /// Scenes of a chunk, refused ones counted; the random numbers begin anew with every chunk.
  public var chunkSize: Int
  /// Numbers that the script draws before the first shuffle: its random lists.
  public var drawsBefore: Int
  /// Lengths of lists that the script shuffles before those of the recipe.
  public var shufflesBefore: [Int]
  /// Whether the list of all grids is shuffled once more (the scripts with a colour or a shape).
  public var reshufflesAll: Bool
  /// When holes are taken out.
  public var filter: Filter

  /// Chunks of 1000, nothing drawn or shuffled before, one shuffle per grid and holes taken out of
  /// the list unless told otherwise.
  public init(
    chunkSize: Int = 1000, drawsBefore: Int = 0, shufflesBefore: [Int] = [],
    reshufflesAll: Bool = false, filter: Filter = .listed
  ) {
    self.chunkSize = chunkSize
    self.drawsBefore = drawsBefore
    self.shufflesBefore = shufflesBefore
    self.reshufflesAll = reshufflesAll
    self.filter = filter
  }
}
