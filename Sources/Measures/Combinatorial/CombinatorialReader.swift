import Combinatorial
import Foundation
import Videos
import Worlds

/// Follows the gray, red and black bodies of a combinatorial scene through the pixels of a video.
///
/// Gray bodies touch each other, so that groups of pixels say little. But shapes are known: each body
/// is laid on the picture where it was before, where its velocity takes it and where a hint says, and
/// climbs from there to where the coverage of its colour is explained best, the other bodies of the
/// colour taken away. Where that fails it is sought everywhere. Squared residuals over fractional
/// coverage give places to about a tenth of a pixel.
public struct CombinatorialReader: Hashable, Sendable {
  /// Share of its shape that must be seen for a body to count as seen.
  public var leastShare = 0.5
  /// The largest picture that is looked at, pixels; larger ones are averaged first.
  public var size = 256
  /// Every how many frames a body that was sought everywhere in vain for three frames is sought so again; 0 for
  /// once only, which is enough where a body that is lost may stay lost.
  public var seeking = 4

  /// A reader with the default limits.
  public init() {}

  /// The tracks of a video of a scene.
  ///
  /// - Parameter hint: where the bodies may be, such as the truth; frames beyond its end have none.
  /// - Throws: ``MeasureError`` when the video is not square or of no multiple of a useful size, or the
  ///   hint has other bodies than the scene.
  public func tracks(
    of video: Video, scene: CombinatorialScene, hint: CombinatorialTrajectory? = nil
  ) throws(MeasureError) -> CombinatorialTracks {
    let video = try averaged(video)
    var follower = SceneFollower(
      scene, size: video.width, leastShare: leastShare, seeking: seeking)
    var tracks = CombinatorialTracks(
      bodies: scene.dynamicIndices.map { _ in [] }, rest: [])
    for frame in 0..<video.frames {
      if frame > 0, isSame(video, frame) {
        follower.repeatFrame()
      } else {
        let poses = hint.flatMap { frame < $0.frameCount ? Array($0.frame(frame)) : nil }
        follower.follow(TestbedFrame(video, frame: frame), hint: poses)
      }
      for (body, seen) in follower.seen.enumerated() { tracks.bodies[body].append(seen) }
      tracks.rest.append(follower.rest)
    }
    return tracks
  }

  private func averaged(_ video: Video) throws(MeasureError) -> Video {
    guard video.width == video.height, video.width >= 32, video.frames > 0 else {
      throw .frameSize(frames: video.frames, width: video.width, height: video.height)
    }
    guard video.width > size, video.width.isMultiple(of: size) else { return video }
    return (try? video.areaAveraged(to: size)) ?? video
  }

  /// Whether a frame has the same bytes as the one before.
  private func isSame(_ video: Video, _ frame: Int) -> Bool {
    video.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return true }
      let place = base + frame * video.frameSize
      return memcmp(place, place - video.frameSize, video.frameSize) == 0
    }
  }
}
