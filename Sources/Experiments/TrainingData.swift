import Datasets
import Foundation
import Tensors
import Worlds

/// The videos a run trains on: rendered from a region or a named set, or read from files.
public struct TrainingData: Sendable {
  /// How the videos reach the trainer.
  public enum Feed: String, Codable, CaseIterable, Sendable {
    /// Encoded once before training; batches are drawn with replacement.
    case cached
    /// Taken and encoded while training, in a new order every epoch; memory does not grow with them.
    case streamed
  }

  /// What the options mean by nothing.
  public static let none = "none"

  /// Threads that make videos ahead of their encoding: the processor encodes with all of its cores, and one keeps up
  /// with it; a GPU would wait.
  static var threadsAhead: Int { Device.standard == .cpu ? 1 : max(Workers.limit - 1, 1) }

  /// Where the videos come from.
  public let source: any VideoSource
  /// How many of them are used, from the first; nil where there is no end.
  public let count: Int?
  /// The scenes, where they are rendered; nil for files.
  public let scenes: (any SceneSequence)?

  /// The training data of a run.
  ///
  /// - Throws: `CatalogueError`, `DatasetError`, `ConfigurationError` or `VideoSourceError`.
  public init(_ configuration: RunConfiguration) throws {
    let options = configuration.data
    if options.path != Self.none {
      let opened = try DatasetReader.open(URL(fileURLWithPath: options.path))
      source = opened
      scenes = nil
    } else if CombinatorialSet.isName(options.set) {
      source = try RenderedCombinatorial(
        CombinatorialSet(named: options.set), seed: configuration.trainingSeed)
      scenes = nil
    } else {
      let stream = SceneStream(
        recipe: try options.resolvedRecipe(), seed: configuration.trainingSeed)
      // A part of a grid is a fair sample of it, not its first corner.
      if let part = SpreadScenes(stream, count: options.videos), part.count != stream.count {
        source = RenderedScenes(part)
        scenes = part
      } else {
        source = RenderedScenes(stream)
        scenes = stream
      }
    }
    if let available = source.count {
      guard available > 0 else {
        throw VideoSourceError.tooFew(source: source.identity, count: 0, needed: 1)
      }
      count = options.videos > 0 ? min(options.videos, available) : available
    } else {
      count = options.videos > 0 ? options.videos : nil
    }
    if options.feed == .cached, count == nil {
      throw ConfigurationError.value(
        field: "data.videos", value: "0",
        remedy: "a region has no end: give a number, or stream with data.feed=streamed")
    }
  }

  /// The order and the mirroring of a run.
  public func feed(_ configuration: RunConfiguration) throws -> VideoFeed {
    let options = configuration.data
    return try VideoFeed(
      source, count: count, seed: configuration.trainingSeed,
      isShuffled: options.feed == .streamed, flips: options.flips)
  }

  /// The first `most` scenes as they start, which a memory of cases would hold.
  public func cases(_ most: Int) throws -> [Scene] {
    let number = min(most, count ?? most)
    if let scenes { return try (0..<number).map { try scenes.labelledScene(at: $0).scene } }
    if let stored = source as? any StoredVideoSource {
      return try (0..<number).map { try stored.sample(at: $0).label.scene }
    }
    return try (0..<number).map { try source.video(at: $0).scene }
  }
}

extension RunConfiguration.DataOptions {
  /// The recipe of rendered training scenes: that of the named set, or the region of radius and
  /// speed; every scene as long as a training video.
  ///
  /// - Throws: `CatalogueError`.
  public func resolvedRecipe() throws -> SceneRecipe {
    guard set != TrainingData.none else { return recipe }
    var recipe = try SceneCatalogue.set(named: set).recipe
    recipe.frames = frames
    return recipe
  }

  /// The laws of the training videos.
  ///
  /// - Throws: `CatalogueError` or `DatasetError`.
  public func scenarioNames() throws -> [String] {
    guard path != TrainingData.none else {
      return CombinatorialSet.isName(set)
        ? [LabelledVideo.combinatorialScenario] : try resolvedRecipe().scenarioNames
    }
    let opened = try DatasetReader.open(URL(fileURLWithPath: path))
    if let recipe = opened.provenance?.recipe { return recipe.scenarioNames }
    return [try opened.sample(at: 0).label.scenario]
  }
}

extension RunConfiguration {
  /// Whether this build can measure what the run learns: uniform motion only so far.
  ///
  /// - Throws: `CatalogueError` or `DatasetError`.
  public var isMeasured: Bool {
    get throws { try data.scenarioNames().allSatisfy { $0 == UniformMotion.name } }
  }

  /// Refuses to sample or evaluate a run on other laws.
  ///
  /// - Throws: `RunError.notMeasured(laws:)`.
  func requireMeasured() throws {
    guard try isMeasured else { throw RunError.notMeasured(laws: try data.scenarioNames()) }
  }
}
