import Foundation
import Videos
import Worlds

/// How the order and the open choices of a set's scenes were drawn.
public enum DatasetMode: String, Codable, CaseIterable, Sendable {
  /// Scene i depends on recipe, seed and i alone.
  case counter
  /// The stream of the official generators.
  case official
}

/// What a set says about how it was made.
public struct DatasetProvenance: Codable, Hashable, Sendable {
  /// What the scenes are made of.
  public var recipe: SceneRecipe?
  /// Which of the recipe's sequences was taken.
  public var seed: UInt64?
  /// How the scenes were drawn.
  public var mode: DatasetMode
  /// How the official script lists and stores the scenes, where they are drawn as it does.
  public var layout: OfficialLayout?
  /// Which scenes of the combinatorial testbed it holds, where it does.
  public var combinatorial: CombinatorialSet?

  /// A provenance from its parts.
  public init(
    recipe: SceneRecipe?, seed: UInt64?, mode: DatasetMode = .counter,
    layout: OfficialLayout? = nil, combinatorial: CombinatorialSet? = nil
  ) {
    self.recipe = recipe
    self.seed = seed
    self.mode = mode
    self.layout = layout
    self.combinatorial = combinatorial
  }

  /// The text that names what the scenes are made of.
  var recipeText: String? { recipe?.id ?? combinatorial?.text }
}

/// Videos that lie in files, with their bytes as stored.
public protocol StoredVideoSource: VideoSource {
  /// Where video `index` lies.
  func place(of index: Int) -> DatasetPlace
  /// Video `index` as stored: labels, and the bytes of its mp4 file or its pixels.
  ///
  /// - Throws: ``DatasetError``
  func sample(at index: Int) throws(DatasetError) -> StoredSample
}

extension StoredVideoSource {
  /// Where the files lie, how many videos they hold, and a digest of how they begin and end.
  public var identity: String {
    let url = URL(fileURLWithPath: place(of: 0).file)
    return "\(url.lastPathComponent), \(count ?? 0) videos, \(SourceDigest.text(of: url))"
  }

  /// Video `index`, decoded and checked against its labels.
  ///
  /// - Throws: ``DatasetError``
  public func video(at index: Int) throws -> LabelledVideo {
    try sample(at: index).labelledVideo(at: place(of: index))
  }

  /// Checks a number against the count.
  func check(_ index: Int, file: String) throws(DatasetError) {
    let count = self.count ?? .max
    guard (0..<count).contains(index) else { throw .index(index, count: count, file: file) }
  }
}
