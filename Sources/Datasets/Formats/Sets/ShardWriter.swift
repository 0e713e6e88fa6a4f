import Foundation
import Videos

/// Writes the videos of one shard in order. Used from one thread at a time.
protocol ShardWriter: AnyObject {
  /// Appends a video, whose picture is as ``DatasetFormat/picture(of:stored:quality:framesPerSecond:)``
  /// made it.
  func append(_ video: LabelledVideo, _ picture: StoredSample.Picture) throws(DatasetError)
  /// Ends the shard.
  func finish() throws(DatasetError)
}

extension DatasetFormat {
  /// The picture of a video as this format stores it.
  ///
  /// - Parameters:
  ///   - stored: the picture as the source has it.
  ///   - quality: nil keeps the bytes of an mp4 file as they are.
  func picture(
    of video: LabelledVideo, stored: StoredSample.Picture?, quality: VideoQuality?,
    framesPerSecond: Int
  ) throws(VideoError) -> StoredSample.Picture {
    if self == .npz { return .pixels(video.video) }
    if quality == nil, case .mp4(let data) = stored { return .mp4(data) }
    return .mp4(
      try VideoFile.mp4Data(
        video.video, quality: quality ?? .official, framesPerSecond: framesPerSecond))
  }
}
