import Combinatorial
import Datasets
import Submissions
import Videos
import Worlds

/// Numbered scenes that a model is asked to continue.
public protocol AskedScenes: Sendable {
  /// What makes two of them the same.
  var identity: SceneSplit.Identity { get }
  /// The number in the set of the scene at a place, 0 to ``count``.
  func index(at place: Int) -> Int
  /// The true video of scene `index`, ``frames`` frames of `size` pixels.
  func truth(at index: Int, size: Int) throws -> Video
  /// What a model that is told more than frames is told about.
  func toldScene(at index: Int) throws -> Scene
}

extension AskedScenes {
  /// How many scenes.
  public var count: Int { identity.count }
  /// Frames of every scene.
  public var frames: Int { identity.frames }
  /// The numbers of all of them.
  public var indices: [Int] { (0..<count).map { index(at: $0) } }
  /// The name of a scene: what its video is called, without extension.
  public func id(of index: Int) -> String { SceneName.text(index) }
}

extension SceneSplit: AskedScenes {
  /// The true video of scene `index`.
  public func truth(at index: Int, size: Int) throws -> Video {
    let (labelled, path) = try scene(at: index)
    return try RenderedTruth(labelled.scene, path).video(size: size)
  }

  /// The scene as it starts.
  public func toldScene(at index: Int) throws -> Scene { try scene(at: index).scene.scene }
}

/// Scenes of the combinatorial testbed, as many from every part of a set.
public struct TestbedScenes: AskedScenes {
  /// What makes two of them the same.
  public let identity: SceneSplit.Identity
  private let set: CombinatorialSet
  private let seed: UInt64
  private let chosen: [Int]

  /// The scenes of a set.
  ///
  /// - Parameter count: how many, spread over the set; nil for all.
  /// - Throws: `DatasetError`, `SubmissionError.request`.
  public init(named name: String, seed: UInt64, count: Int? = nil, frames: Int = 32) throws {
    set = try CombinatorialSet(named: name)
    self.seed = seed
    guard (2...CombinatorialSimulator.frames).contains(frames) else {
      throw SubmissionError.request(
        "\(frames) frames: a scene of the testbed has 2 to \(CombinatorialSimulator.frames)")
    }
    if let count, !(1...set.count).contains(count) {
      throw SubmissionError.request("\(name) has \(set.count) scenes; \(count) cannot be chosen")
    }
    chosen = set.spread(count ?? set.count)
    identity = SceneSplit.Identity(
      name: CombinatorialSet.prefix + set.name, seed: seed, compatible: false,
      count: chosen.count, frames: frames)
  }

  /// The number in the set.
  public func index(at place: Int) -> Int { chosen[place] }

  /// Bodies and poses of scene `index`, all its frames.
  ///
  /// - Throws: `CombinatorialError`.
  public func label(at index: Int) throws -> CombinatorialLabel {
    let scene = try set.stream(seed: seed).scene(at: index)
    return CombinatorialLabel(
      scene: scene, trajectory: try CombinatorialSimulator().simulate(scene))
  }

  /// The true video of scene `index`.
  public func truth(at index: Int, size: Int) throws -> Video {
    try RenderedCombinatorial(set, seed: seed, size: size).video(at: index).video
      .prefix(frames: frames)
  }

  /// The testbed's scenes have more bodies and shapes than can be told.
  public func toldScene(at index: Int) throws -> Scene {
    throw SubmissionError.request(
      "\(identity.name): a model that is told the scene in numbers or words cannot be asked scenes of the "
        + "combinatorial testbed")
  }
}

/// Named sets of either kind.
public enum AskedSets {
  /// Number of scenes of a set.
  ///
  /// - Throws: `CatalogueError`, `DatasetError`.
  public static func count(of name: String) throws -> Int {
    CombinatorialSet.isName(name)
      ? try CombinatorialSet(named: name).count : try SceneCatalogue.set(named: name).count
  }

  /// The scenes of a named set.
  ///
  /// - Throws: `CatalogueError`, `DatasetError`, `SubmissionError.request`.
  public static func scenes(
    named name: String, seed: UInt64 = 0, count: Int? = nil, frames: Int? = nil
  ) throws -> any AskedScenes {
    CombinatorialSet.isName(name)
      ? try TestbedScenes(named: name, seed: seed, count: count, frames: frames ?? 32)
      : try SceneSplit(named: name, seed: seed, count: count, frames: frames)
  }
}
