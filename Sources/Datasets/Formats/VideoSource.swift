import Foundation
import Videos
import Worlds

/// Labelled videos by number, from files or made on the spot.
///
/// Access is random, and several threads may ask at once.
public protocol VideoSource: Sendable {
  /// Number of videos; nil when there is no end.
  var count: Int? { get }
  /// What the set says about how it was made; nil when it says nothing.
  var provenance: DatasetProvenance? { get }
  /// Video `index` with its labels.
  ///
  /// - Throws: ``DatasetError`` when it cannot be read, or what keeps it from being made.
  func video(at index: Int) throws -> LabelledVideo
}

extension VideoSource {
  /// Nil.
  public var provenance: DatasetProvenance? { nil }
}

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

  /// A provenance from its parts.
  public init(recipe: SceneRecipe?, seed: UInt64?, mode: DatasetMode = .counter) {
    self.recipe = recipe
    self.seed = seed
    self.mode = mode
  }
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

/// A video with its labels as a file holds it.
public struct StoredSample: Hashable, Sendable {
  /// A picture as stored.
  public enum Picture: Hashable, Sendable {
    /// The bytes of a whole mp4 file.
    case mp4(Data)
    /// Plain pixels.
    case pixels(Video)
  }

  /// What is known about the scene.
  public var label: SceneLabel
  /// Where the bodies are in every frame.
  public var trajectory: Trajectory
  /// The picture.
  public var picture: Picture

  /// The decoded video with its labels.
  ///
  /// - Throws: ``DatasetError`` when it does not decode or has another number of frames.
  public func labelledVideo(at place: DatasetPlace) throws(DatasetError) -> LabelledVideo {
    let video: Video
    switch picture {
    case .pixels(let pixels): video = pixels
    case .mp4(let data):
      do {
        video = try VideoFile.video(from: data, name: "its mp4")
      } catch {
        throw place.error("\(error)")
      }
    }
    guard video.frames == trajectory.frameCount else {
      throw place.error("\(video.frames) frames of video for \(trajectory.frameCount) of positions")
    }
    var labelled = LabelledVideo(
      index: label.index, parameters: label.parameters, scene: label.scene, trajectory: trajectory,
      video: video, scenario: label.scenario, level: label.level)
    labelled.sceneIsReconstructed = label.isReconstructed
    return labelled
  }
}

/// The scenes of a sequence, simulated and rendered when they are asked for: no file at all.
public struct RenderedScenes<Scenes: SceneSequence>: VideoSource {
  /// The scenes.
  public let scenes: Scenes
  /// Width and height in pixels.
  public let size: Int
  private let renderer = Renderer()

  /// The scenes of a sequence at a size in pixels: 256, or a divisor of it for area averages.
  public init(_ scenes: Scenes, size: Int = 256) {
    self.scenes = scenes
    self.size = size
  }

  /// Number of scenes; nil when there is no end.
  public var count: Int? { scenes.count }

  /// Recipe and seed, when the scenes are a stream of them.
  public var provenance: DatasetProvenance? {
    (scenes as? SceneStream).map { DatasetProvenance(recipe: $0.recipe, seed: $0.seed) }
  }

  /// Scene `index`, simulated and rendered.
  ///
  /// - Throws: `SceneError`, ``RegionError`` or `VideoError`.
  public func video(at index: Int) throws -> LabelledVideo {
    try LabelledVideo(scenes.labelledScene(at: index), size: size, renderer: renderer)
  }
}
