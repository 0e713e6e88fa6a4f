import Videos
import Worlds

/// A rendered scene with everything that is known about it.
public struct LabelledVideo: Hashable, Sendable {
  /// Its number in the stream or folder.
  public var index: Int
  /// The parameters it was made from, such as `r` and `v`.
  public var parameters: [String: Double]
  /// The bodies before the first step.
  public var scene: Scene
  /// Where the bodies are in every frame.
  public var trajectory: Trajectory
  /// The picture.
  public var video: Video

  /// A labelled video from its parts.
  public init(
    index: Int, parameters: [String: Double], scene: Scene, trajectory: Trajectory, video: Video
  ) {
    self.index = index
    self.parameters = parameters
    self.scene = scene
    self.trajectory = trajectory
    self.video = video
  }
}
