import Datasets
import Foundation
import Videos

/// Simulates and renders the first scenes of a stream into a folder of videos with their states.
public struct SimulateStage {
  /// Where the scenes come from.
  public let stream: SceneStream
  /// Videos.
  public let count: Int
  /// Pixels along each side.
  public let size: Int
  /// How the videos are stored.
  public let quality: VideoQuality
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked before every video; true stops and leaves nothing behind.
  public var shouldStop: () -> Bool

  /// The first `count` scenes of `stream`.
  public init(
    stream: SceneStream, count: Int, size: Int, quality: VideoQuality,
    observer: any StageObserver, shouldStop: @escaping () -> Bool = { false }
  ) {
    self.stream = stream
    self.count = count
    self.size = size
    self.quality = quality
    self.observer = observer
    self.shouldStop = shouldStop
  }
}
