import Datasets
import Models
import Tensors
import Worlds

/// Where a trainer takes from what its model is told about the scenes of a batch. Batch k must belong to batch k of
/// the latents.
public protocol ConditionSource {
  /// What is told about the videos of batch `step`.
  func condition(step: Int, size: Int) throws -> SceneCondition
}

/// What is told about a fixed set of videos, encoded once; goes with `CachedLatents` of the same seed.
public struct CachedConditions: ConditionSource {
  /// Of all videos.
  public let conditions: SceneCondition
  let seed: UInt64

  /// Goes with latents whose batches are drawn from `seed`.
  public init(_ conditions: SceneCondition, seed: UInt64) {
    (self.conditions, self.seed) = (conditions, seed)
  }

  /// Encodes what is told about places `0..<count` of a feed. Words are kept in half precision.
  ///
  /// - Throws: what the feed's source or the teller throws.
  public init(
    telling feed: VideoFeed, count: Int, by teller: any SceneTeller, seed: UInt64, chunk: Int = 64,
    progress: (Int) -> Void = { _ in }
  ) throws {
    var parts: [SceneCondition] = []
    for start in stride(from: 0, to: count, by: chunk) {
      let range = start..<min(start + chunk, count)
      let told = try teller.condition(range.map { try feed.scene(at: $0) })
      parts.append(teller.textChannels == nil ? told : told.to(.float16))
      progress(range.upperBound)
    }
    self.init(.joined(parts), seed: seed)
  }

  /// The same videos as `CachedLatents` draws.
  public func condition(step: Int, size: Int) -> SceneCondition {
    let count = conditions.count ?? 1
    return conditions.selected(
      CachedLatents.indices(step: step, size: size, of: count, seed: seed))
  }
}

/// What is told about the videos of a feed as they are used; goes with `StreamedLatents`.
public struct StreamedConditions: ConditionSource {
  private let feed: VideoFeed
  private let teller: any SceneTeller

  /// Batch k has the feed's places `k · size ..< (k + 1) · size`.
  public init(_ feed: VideoFeed, by teller: any SceneTeller) {
    (self.feed, self.teller) = (feed, teller)
  }

  /// Encodes the batch.
  public func condition(step: Int, size: Int) throws -> SceneCondition {
    try teller.condition((step * size..<(step + 1) * size).map { try feed.scene(at: $0) })
  }
}

/// Zeros of the right shape, where only time and memory matter.
public struct BlankConditions: ConditionSource {
  private let transformer: VideoDiTConfiguration
  private let words: Int

  /// Blanks for a transformer; sentences of so many pieces.
  public init(_ transformer: VideoDiTConfiguration, words: Int = 40) {
    (self.transformer, self.words) = (transformer, words)
  }

  /// Zeros.
  public func condition(step: Int, size: Int) -> SceneCondition {
    var told = SceneCondition()
    told.state = transformer.stateChannels.map { .zeros([size, $0]) }
    told.text = transformer.textChannels.map { .zeros([size, words, $0]) }
    told.mask = told.text == nil ? nil : .ones([size, words])
    return told
  }
}

extension VideoFeed {
  /// The scene of the video at a place, mirrored where the video is.
  ///
  /// - Throws: what the source throws.
  public func scene(at position: Int) throws -> Scene {
    let item = item(at: position)
    let scene: Scene
    switch source {
    case let rendered as RenderedScenes:
      scene = try rendered.scenes.labelledScene(at: item.index).scene
    case let stored as any StoredVideoSource:
      scene = try stored.sample(at: item.index).label.scene
    default: scene = try source.video(at: item.index).scene
    }
    return item.isFlipped ? scene.mirrored : scene
  }
}

extension Scene {
  /// Left for right.
  var mirrored: Scene {
    var scene = self
    scene.gravity.x = -scene.gravity.x
    for index in scene.bodies.indices {
      scene.bodies[index].position.x = Scene.extent - scene.bodies[index].position.x
      scene.bodies[index].velocity.x = -scene.bodies[index].velocity.x
    }
    return scene
  }
}
