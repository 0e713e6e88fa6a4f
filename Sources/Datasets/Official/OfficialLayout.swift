/// How an official script lists and stores the scenes of a grid.
public struct OfficialLayout: Codable, Hashable, Sendable {
  /// The seed of every official script, which each chunk starts again from.
  public static let seed: UInt32 = 42

  /// Scenes of a chunk, refused ones counted; the random numbers begin anew with every chunk.
  public var chunkSize: Int
  /// Numbers that the script draws before the first shuffle: its random lists.
  public var drawsBefore: Int
  /// Whether the list of all grids is shuffled once more (the scripts with a colour or a shape).
  public var reshufflesAll: Bool
  /// Whether the holes are cut out of a finished file, which keeps the scenes of the whole grid in
  /// their order (collision holes, size against speed); otherwise the grid has them before the
  /// shuffle.
  public var filtersStoredScenes: Bool

  /// Chunks of 1000, nothing drawn before, one shuffle per grid and no filter unless told otherwise.
  public init(
    chunkSize: Int = 1000, drawsBefore: Int = 0, reshufflesAll: Bool = false,
    filtersStoredScenes: Bool = false
  ) {
    self.chunkSize = chunkSize
    self.drawsBefore = drawsBefore
    self.reshufflesAll = reshufflesAll
    self.filtersStoredScenes = filtersStoredScenes
  }
}
