import Datasets
import Worlds

/// The scenes that a submission answers: a named set, a seed, and how many of its scenes.
public struct SceneSplit: Sendable {
  /// What makes two splits the same.
  public struct Identity: Codable, Hashable, Sendable {
    /// The set's name in the catalogue, such as `uniform/eval`.
    public var name: String
    /// Seed of the scenes; nil for the released files' scenes.
    public var seed: UInt64?
    /// Whether the scenes are those of the released files.
    public var compatible: Bool
    /// How many scenes, one from each equal part of the set.
    public var count: Int
    /// Frames of every scene.
    public var frames: Int

    /// An identity from its parts.
    public init(name: String, seed: UInt64?, compatible: Bool, count: Int, frames: Int) {
      self.name = name
      self.seed = seed
      self.compatible = compatible
      self.count = count
      self.frames = frames
    }
  }

  /// What makes two splits the same.
  public let identity: Identity
  /// Its levels in their order; empty where the set names none.
  public let levels: [String]
  private let scenes: any SceneSequence
  private let total: Int

  /// The scenes of a set.
  ///
  /// - Parameters:
  ///   - count: How many of them, spread over the set so that every level keeps its share; nil
  ///     for all. A scene keeps its number, so that the files of a whole submission serve for a
  ///     part of the set.
  ///   - frames: Another length than the set's own: a law goes on for as long as it is watched.
  ///   - compatible: The scenes of the released files instead of seeded ones.
  /// - Throws: `CatalogueError`, ``SubmissionError/request(_:)``, or what the official stream throws.
  public init(
    named name: String, seed: UInt64 = 0, count: Int? = nil, frames: Int? = nil,
    compatible: Bool = false
  ) throws {
    let set = try SceneCatalogue.set(named: name)
    var recipe = set.recipe
    if let frames {
      guard (2...Scene.maximumFrames).contains(frames) else {
        throw SubmissionError.request(
          "\(frames) frames cannot be scored; choose 2 to \(Scene.maximumFrames)")
      }
      recipe.frames = frames
    }
    if compatible {
      guard seed == 0, let layout = set.layout else {
        throw SubmissionError.request(
          seed == 0
            ? "\(name) has no official stream: no script for it was released"
            : "the released files have no seed \(seed); leave --seed or --compatible out")
      }
      scenes = try OfficialStream(recipe: recipe, layout: layout)
    } else {
      scenes = SceneStream(recipe: recipe, seed: seed)
    }
    let total = scenes.count ?? set.count
    if let count, !(1...total).contains(count) {
      throw SubmissionError.request("\(name) has \(total) scenes; \(count) cannot be chosen")
    }
    self.total = total
    levels = set.levels
    identity = Identity(
      name: name, seed: compatible ? nil : seed, compatible: compatible, count: count ?? total,
      frames: recipe.frames)
  }

  /// How many scenes.
  public var count: Int { identity.count }
  /// Frames of every scene.
  public var frames: Int { identity.frames }

  /// The number in the set of the scene at a place, 0 to `count`.
  ///
  /// See `SpreadScenes`.
  public func index(at place: Int) -> Int {
    SpreadScenes.index(at: place, count: count, of: total)
  }

  /// The place of a scene; nil when it is not among the chosen ones.
  public func place(of index: Int) -> Int? {
    guard (0..<total).contains(index) else { return nil }
    let guess = index * count / total
    return (max(guess - 1, 0)...min(guess + 1, count - 1)).first { self.index(at: $0) == index }
  }

  /// The name of a scene: what its video is called, without extension.
  public func id(of index: Int) -> String { SceneName.text(index) }

  /// The scene that a file's name without extension stands for; nil where it stands for none.
  public func index(named stem: String) -> Int? {
    switch SceneName(stem) {
    case .number(let number): return (0..<total).contains(number) ? number : nil
    case .official(let chunk, let local):
      let first: Int?
      var end = total
      if let official = scenes as? OfficialStream {
        first = official.firstScene(ofChunk: chunk)
        end = official.firstScene(ofChunk: chunk + 1) ?? total
      } else {
        first = chunk.multipliedReportingOverflow(by: 1000).overflow ? nil : chunk * 1000
      }
      guard let first, local < min(1000, end - first) else { return nil }
      return first + local
    case nil: return nil
    }
  }

  /// Scene `index` with its labels and its path, simulated.
  ///
  /// - Throws: what keeps the scene from being made.
  public func scene(at index: Int) throws -> (scene: LabelledScene, truth: Trajectory) {
    let labelled = try scenes.labelledScene(at: index)
    return (labelled, try Simulator().simulate(labelled.scene))
  }
}

/// What the name of a video says about its scene.
package enum SceneName: Equatable {
  /// The scene's number, with leading zeros or without.
  case number(Int)
  /// The released naming, `GGGGG-LLLLL` and anything after it: chunk and number in the chunk.
  case official(chunk: Int, local: Int)

  /// Nil for other names. A name is never taken for a path.
  init?(_ stem: String) {
    let text = stem.utf8
    if let number = Self.number(text) {
      self = .number(number)
    } else if text.count >= 11, text.dropFirst(5).first == UInt8(ascii: "-"),
      let chunk = Self.number(text.prefix(5)), let local = Self.number(text.dropFirst(6).prefix(5))
    {
      self = .official(chunk: chunk, local: local)
    } else {
      return nil
    }
  }

  /// Five digits, more where they are needed.
  package static func text(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  /// Up to twelve ASCII digits.
  private static func number(_ text: some Collection<UInt8>) -> Int? {
    guard (1...12).contains(text.count) else { return nil }
    var number = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }
}
