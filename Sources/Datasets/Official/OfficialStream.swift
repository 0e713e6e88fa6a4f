import Foundation
import Worlds

/// The scenes of a released file: drawn in the official order from the official random numbers.
///
/// The list of parameters is that of ``OfficialOrder``. It is cut into chunks, every chunk starts the
/// legacy generator again from the same seed, and each scene takes as many numbers as the official
/// code takes for it. Collision scenes without a feasible start take the numbers of all their tries
/// and are left out, so later chunks hold fewer scenes than they list.
///
/// Making one shuffles the whole list, four bytes per scene. A scene then costs the draws of its
/// chunk; the last chunks are kept, so that running through the scenes in order draws each once.
///
/// What is proven: the shuffles and the positions of uniform motion against recordings of the
/// official code, and the legacy generator against the recorded draws of every scenario. What no
/// recording exists of, and follows the scripts' text alone: the shuffles of the other scripts, their
/// random lists, later chunks that have refused collisions, and files that were cut from others.
public struct OfficialStream: SceneSequence {
  /// What the scenes are made of; all parts are grids.
  public let recipe: SceneRecipe
  /// How the script lists and stores them.
  public let layout: OfficialLayout
  private let order: OfficialOrder
  /// Whether a scene is stored, by its number in the list before the shuffle.
  private let isStored: BitList
  /// Stored scenes before every chunk, and of all.
  private let before: [Int]
  private let cache = ChunkCache()

  /// The official scenes of a recipe.
  ///
  /// - Throws: ``OfficialError`` or ``GridError``.
  public init(recipe: SceneRecipe, layout: OfficialLayout = OfficialLayout()) throws {
    guard layout.chunkSize > 0 else { throw OfficialError.chunkSize(layout.chunkSize) }
    for (index, part) in recipe.parts.enumerated() where !Self.hasOfficialDraws(part.scenario) {
      throw OfficialError.scenario(part: index, name: part.scenario.id)
    }
    self.recipe = recipe
    self.layout = layout
    order = try OfficialOrder(recipe, layout: layout)
    isStored = try order.stored(recipe)
    var before = [0]
    var stored = 0
    for place in 0..<order.count {
      if isStored[order.number(at: place)] { stored += 1 }
      if (place + 1) % layout.chunkSize == 0 || place + 1 == order.count { before.append(stored) }
    }
    self.before = before
  }

  /// Number of stored scenes.
  public var count: Int? { before.last }

  /// The recipe's text and how the script lists its scenes.
  public var identity: String {
    "\(recipe.id), official stream in chunks of \(layout.chunkSize)"
  }

  /// The number of a chunk's first stored scene; nil where there is no such chunk.
  public func firstScene(ofChunk chunk: Int) -> Int? {
    (0..<chunkCount).contains(chunk) ? before[chunk] : nil
  }

  /// Number of chunks.
  public var chunkCount: Int { before.count - 1 }

  /// The numbers of the scenes that a chunk stores.
  public func indices(ofChunk chunk: Int) -> Range<Int> { before[chunk]..<before[chunk + 1] }

  /// Scene `index` of all that are stored, with its labels.
  ///
  /// - Throws: ``RecipeError/index(_:count:)`` outside the stream, `SceneError` where the law refuses
  ///   a scene for another reason than having no start, or ``OfficialError``.
  public func labelledScene(at index: Int) throws -> LabelledScene {
    let count = before.last ?? 0
    guard (0..<count).contains(index) else { throw RecipeError.index(index, count: count) }
    var low = 0
    var high = chunkCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if before[middle] <= index { low = middle } else { high = middle }
    }
    // Chunks that store nothing begin where the next one begins; the last of them holds the scene.
    let scenes = try cache.scenes(of: low) { try drawn(chunk: low) }
    return scenes[index - before[low]]
  }

  private func drawn(chunk: Int) throws -> [LabelledScene] {
    var random = MersenneTwister(seed: OfficialLayout.seed)
    let end = min((chunk + 1) * layout.chunkSize, order.count)
    var scenes: [LabelledScene] = []
    scenes.reserveCapacity(before[chunk + 1] - before[chunk])
    for place in chunk * layout.chunkSize..<end {
      let part = recipe.parts[try order.place(at: place).part]
      let parameters = try order.parameters(at: place)
      var scene: Scene?
      if let collision = part.scenario.base as? Collision {
        scene = try collision.officialScene(for: parameters) { random.unit() }
        // Only an impact leaves a ball slow enough to be put to sleep.
        scene?.allowsSleep = true
      } else {
        scene = try part.scenario.scene(for: parameters) { random.unit() }
      }
      guard isStored[order.number(at: place)], let scene else { continue }
      scenes.append(
        LabelledScene(
          index: before[chunk] + scenes.count, parameters: parameters,
          scenario: part.scenario.name, level: part.level, scene: scene))
    }
    guard scenes.count == before[chunk + 1] - before[chunk] else {
      throw OfficialError.disagreement(
        chunk: chunk, expected: before[chunk + 1] - before[chunk], found: scenes.count)
    }
    return scenes
  }

  private static func hasOfficialDraws(_ scenario: AnyScenario) -> Bool {
    switch scenario.base {
    case let uniform as UniformMotion: uniform.startSpeed == nil
    case let parabola as Parabola: parabola.startSpeed == nil
    case let collision as Collision: collision.startSpeed == nil
    default: false
    }
  }
}

/// The scenes of the chunks that were asked for last.
private final class ChunkCache: @unchecked Sendable {
  private static let capacity = 8

  private let lock = NSLock()
  private var chunks: [(chunk: Int, scenes: [LabelledScene])] = []

  func scenes(of chunk: Int, make: () throws -> [LabelledScene]) throws -> [LabelledScene] {
    if let found = lock.withLock({ chunks.first { $0.chunk == chunk }?.scenes }) { return found }
    // Made outside the lock: threads that want other chunks need not wait.
    let scenes = try make()
    lock.withLock {
      if chunks.contains(where: { $0.chunk == chunk }) { return }
      if chunks.count == Self.capacity { chunks.removeFirst() }
      chunks.append((chunk, scenes))
    }
    return scenes
  }
}
