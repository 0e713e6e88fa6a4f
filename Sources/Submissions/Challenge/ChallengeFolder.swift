import Datasets
import Foundation
import Videos

/// A task for other people's models: the given frames of every scene and what to do with them.
///
/// The folder holds nothing that tells how a scene goes on: no parameters, no levels, no seed. Those
/// follow from the key, a file beside the folder, which stays with whoever evaluates.
public struct ChallengeFolder: Sendable {
  /// What the folder says about itself: the contents of `challenge.json`.
  public struct Card: Codable, Hashable, Sendable {
    /// Version of this layout.
    public var version = 1
    /// The split's name.
    public var split: String
    /// Number of scenes.
    public var count: Int
    /// Frames wanted, the given ones included.
    public var frames: Int
    /// Frames given.
    public var conditionFrames: Int
    /// Pixels along each side.
    public var size: Int
    /// Frames a second of world time.
    public var framesPerSecond = 10

    enum CodingKeys: String, CodingKey {
      case version, split, count, frames, size
      case conditionFrames = "condition_frames"
      case framesPerSecond = "frames_per_second"
    }
  }

  /// What is needed to evaluate the answers: the contents of the key file.
  public struct Key: Codable, Hashable, Sendable {
    /// Version of this layout.
    public var version = 1
    /// The scenes.
    public var split: SceneSplit.Identity
    /// Frames given.
    public var conditionFrames: Int

    enum CodingKeys: String, CodingKey {
      case version, split
      case conditionFrames = "condition_frames"
    }

    /// Reads a key file.
    ///
    /// - Throws: ``SubmissionError``
    public init(contentsOf url: URL) throws(SubmissionError) {
      self = try OutputFolder.read(Key.self, from: url)
      guard version == 1 else {
        throw .unreadable(
          path: url.path, cause: "layout version \(version); this build knows version 1")
      }
    }

    init(_ split: SceneSplit.Identity, conditionFrames: Int) {
      self.split = split
      self.conditionFrames = conditionFrames
    }

    /// The scenes it stands for.
    ///
    /// - Throws: see ``SceneSplit/init(named:seed:count:frames:compatible:)``.
    public func scenes() throws -> SceneSplit {
      try SceneSplit(
        named: split.name, seed: split.seed ?? 0, count: split.count, frames: split.frames,
        compatible: split.compatible)
    }
  }

  /// The folder.
  public let url: URL

  /// A folder that is to be made.
  public init(_ url: URL) { self.url = url }

  /// Where the key lies: beside the folder.
  public var key: URL {
    url.deletingLastPathComponent().appendingPathComponent("\(url.lastPathComponent).key.json")
  }

  /// Writes the folder under a temporary name, renames it, and writes the key.
  ///
  /// - Throws: ``SubmissionError``, or what keeps a scene from being made.
  public func export(
    _ split: SceneSplit, size: Int = 256, conditionFrames: Int = 3, threads: Int = 1,
    progress: (Int, Int) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws {
    guard FrameGeometry.sizes.contains(size) else {
      throw SubmissionError.request("\(size) pixels cannot be exported; choose 32, 64, 128 or 256")
    }
    guard (1..<split.frames).contains(conditionFrames) else {
      throw SubmissionError.request(
        "\(conditionFrames) given frames of \(split.frames) leave nothing to show or to answer")
    }
    for place in [url, key] where RegularFile.facts(place) != nil {
      throw SubmissionError.exists(path: place.path)
    }
    let card = Card(
      split: split.identity.name, count: split.count, frames: split.frames,
      conditionFrames: conditionFrames, size: size)
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).partial")
    defer { try? FileManager.default.removeItem(at: temporary) }
    let conditions = temporary.appendingPathComponent("conditions")
    try OutputFolder.make(conditions)
    let files = ConditionFiles(frames: conditionFrames, size: size)
    let step = 64
    for start in stride(from: 0, to: split.count, by: step) {
      if isCancelled() { throw SubmissionError.interrupted(doing: "exporting") }
      let end = min(start + step, split.count)
      _ = try Parallel.map(start..<end, threads: threads) { place in
        let index = split.index(at: place)
        let (scene, truth) = try split.scene(at: index)
        try files.write(
          RenderedTruth(scene.scene, truth), id: split.id(of: index), to: conditions)
      }
      progress(end, split.count)
    }
    let ids = (0..<split.count).map { split.id(of: split.index(at: $0)) + "\n" }.joined()
    try OutputFolder.write(ids, to: temporary.appendingPathComponent("ids.txt"))
    try OutputFolder.write(json: card, to: temporary.appendingPathComponent("challenge.json"))
    try OutputFolder.write(
      ChallengeGuide(card).text, to: temporary.appendingPathComponent("README.md"))
    do { try FileManager.default.moveItem(at: temporary, to: url) } catch {
      throw SubmissionError.cannotWrite(path: url.path, cause: error.localizedDescription)
    }
    try OutputFolder.write(
      json: Key(split.identity, conditionFrames: conditionFrames), to: key)
  }
}
