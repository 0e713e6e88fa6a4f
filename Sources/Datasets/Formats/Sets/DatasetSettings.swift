import Foundation
import Videos

/// How a set of videos is made and stored: all that decides its bytes.
public struct DatasetSettings: Codable, Hashable, Sendable {
  /// How videos and labels are stored.
  public var storage: DatasetFormat
  /// What the scenes are made of; nil where it is not known.
  public var recipe: SceneRecipe?
  /// Which of the recipe's sequences is taken; nil where it is not known.
  public var seed: UInt64?
  /// How scenes are drawn.
  public var mode: DatasetMode
  /// How the official script lists and stores the scenes, where they are drawn as it does.
  public var layout: OfficialLayout?
  /// Which scenes of the combinatorial testbed the set holds, where it does.
  public var combinatorial: CombinatorialSet?
  /// The tasks whose videos each HDF5 file of a combinatorial set holds, where they do not follow
  /// from ``combinatorial``.
  public var taskFiles: [CombinatorialTaskFile]?
  /// Number of videos.
  public var count: Int
  /// Width and height in pixels.
  public var size: Int
  /// Frames of every video.
  public var frames: Int
  /// The speed the files play at.
  public var framesPerSecond: Int
  /// `h264 crf N`, `lossless`, `as stored` or `pixels`.
  public var quality: String
  /// The quality that the pixels had before they were decoded and stored exactly, where that was
  /// not exact: converting cannot give back what a lossy encoder took.
  public var decodedFrom: String?
  /// Videos in a shard; the last one may have fewer. Of sets in the official order a shard is an
  /// official chunk, in which refused scenes are counted but not stored.
  public var shardSize: Int

  /// Settings from their parts.
  ///
  /// - Parameters:
  ///   - quality: nil keeps mp4 files as the source has them.
  ///   - shardSize: nil takes 1000 videos, as official chunks have; 100 for npz, whose pixels are
  ///     not compressed.
  public init(
    storage: DatasetFormat, provenance: DatasetProvenance?, count: Int, size: Int = 256,
    frames: Int = 32, framesPerSecond: Int = 10, quality: VideoQuality? = .official,
    shardSize: Int? = nil
  ) {
    self.storage = storage
    recipe = provenance?.recipe
    seed = provenance?.seed
    mode = provenance?.mode ?? .counter
    layout = provenance?.layout
    combinatorial = provenance?.combinatorial
    self.count = count
    self.size = size
    self.frames = frames
    self.framesPerSecond = framesPerSecond
    self.quality =
      storage == .npz ? "pixels" : quality.map(VideoFolder.text) ?? DatasetSettings.asStored
    self.shardSize = shardSize ?? layout?.chunkSize ?? (storage == .npz ? 100 : 1000)
  }

  static let asStored = "as stored"

  /// Recipe, seed and mode; nil where neither recipe nor seed is known.
  public var provenance: DatasetProvenance? {
    recipe == nil && seed == nil && combinatorial == nil
      ? nil
      : DatasetProvenance(
        recipe: recipe, seed: seed, mode: mode, layout: layout, combinatorial: combinatorial)
  }

  /// The numbers of the videos in each shard.
  ///
  /// - Throws: ``OfficialError`` or ``GridError`` when the official order of the recipe is asked for
  ///   and cannot be had.
  public func shards() throws -> [Range<Int>] {
    if let files = tasksOfFiles { return CombinatorialTaskFile.ranges(files, count: count) }
    if mode == .official, let recipe, let layout, layout.chunkSize == shardSize {
      let stream = try OfficialStream(recipe: recipe, layout: layout)
      return (0..<stream.chunkCount).map { stream.indices(ofChunk: $0).clamped(to: 0..<count) }
        .filter { !$0.isEmpty }
    }
    return stride(from: 0, to: count, by: shardSize).map { $0..<min(count, $0 + shardSize) }
  }

  /// The names of all shards; empty when they cannot be told.
  var shardNames: [String] {
    ((try? shards()) ?? []).indices.map(shardName)
  }

  /// The name of shard `number`: of a combinatorial HDF5 set that of its task.
  func shardName(_ number: Int) -> String {
    if let files = tasksOfFiles, files.indices.contains(number) { return files[number].fileName }
    return storage.shardName(number)
  }

  /// The tasks of the files of a combinatorial HDF5 set, one for each; nil for other sets.
  private var tasksOfFiles: [CombinatorialTaskFile]? {
    guard storage == .hdf5 else { return nil }
    return taskFiles ?? combinatorial?.taskFiles
  }

  /// Whether decoded pixels come back as they are.
  var storesExactly: Bool { storage == .npz || videoQuality == .lossless }

  /// The quality; nil when mp4 files are kept as they are, or pixels stored.
  var videoQuality: VideoQuality? { VideoQuality(quality) }

  /// The first setting in which two sets differ, with both values in words.
  func difference(from other: DatasetSettings) -> (name: String, mine: String, theirs: String)? {
    func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "unknown" }
    if self == other { return nil }
    let pairs = [
      ("storage", storage.rawValue, other.storage.rawValue),
      ("recipe", text(recipe?.id), text(other.recipe?.id)),
      ("seed", text(seed), text(other.seed)),
      ("mode", mode.rawValue, other.mode.rawValue), ("count", text(count), text(other.count)),
      ("size", text(size), text(other.size)), ("frames", text(frames), text(other.frames)),
      ("frames per second", text(framesPerSecond), text(other.framesPerSecond)),
      ("quality", quality, other.quality),
      ("lossy origin", text(decodedFrom), text(other.decodedFrom)),
      ("shard size", text(shardSize), text(other.shardSize)),
      ("scenes", text(combinatorial?.text), text(other.combinatorial?.text)),
      ("official layout", text(layout), text(other.layout)),
    ]
    // Recipes may differ in what their names leave out.
    return pairs.first { $0.1 != $0.2 } ?? ("a recipe like", text(recipe?.id), "this one")
  }

  func validate() throws(DatasetError) {
    guard count > 0, count <= 1 << 40 else {
      throw .request("\(count) videos were asked for; ask for at least 1")
    }
    guard shardSize > 0 else {
      throw .request("shards of \(shardSize) videos are not possible; ask for at least 1")
    }
    guard (1...8192).contains(size) else {
      throw .request("videos of \(size) pixels are not possible; ask for 256 or a divisor of it")
    }
    guard (1...1000).contains(framesPerSecond) else {
      throw .request("\(framesPerSecond) frames per second are not possible; ask for 1 to 1000")
    }
  }
}
