import Videos
import Worlds

/// The videos of a sequence of scenes, simulated and rendered when they are asked for: no file at all.
public struct RenderedScenes: VideoSource {
  /// The scenes.
  public let scenes: any SceneSequence
  /// Width and height of ``video(at:)`` in pixels: 256, or a divisor of it for area averages.
  public let size: Int
  private let renderer = Renderer()

  /// The videos of some scenes at `size` pixels.
  public init(_ scenes: some SceneSequence, size: Int = 256) {
    self.scenes = scenes
    self.size = size
  }

  /// Number of scenes; nil when there is no end.
  public var count: Int? { scenes.count }
  /// The scenes' own identity.
  public var identity: String { scenes.identity }

  /// Recipe and seed, when the scenes are a stream of them or an official one.
  public var provenance: DatasetProvenance? {
    switch scenes {
    case let stream as SceneStream:
      DatasetProvenance(recipe: stream.recipe, seed: stream.seed)
    case let stream as OfficialStream:
      DatasetProvenance(
        recipe: stream.recipe, seed: UInt64(OfficialLayout.seed), mode: .official,
        layout: stream.layout)
    default: nil
    }
  }

  /// Simulates and renders scene `index`.
  ///
  /// - Throws: what the sequence throws, `SceneError` or `VideoError`.
  public func video(at index: Int) throws -> LabelledVideo {
    try LabelledVideo(scenes.labelledScene(at: index), size: size, renderer: renderer)
  }

  /// Simulates and renders `frames` frames of scene `index`, whatever length the scene has: a law
  /// goes on for as long as it is watched.
  public func copy(
    videoAt index: Int, frames: Int, size: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    var scene = try scenes.labelledScene(at: index).scene
    scene.frames = frames
    try renderer.render(
      scene, try Simulator().simulate(scene), averagedTo: size, into: target)
  }
}
