import Videos

/// Anything that continues videos: a trained network, a baseline, somebody's program.
///
/// Measures never know which it is.
public protocol WorldModel {
  /// A short name for tables.
  var name: String { get }

  /// The number of first frames of the condition that the model looks at.
  var conditionFrames: Int { get }

  /// Continues each condition video.
  ///
  /// - Parameters:
  ///   - condition: at least `conditionFrames` frames each; later frames are never read, except by
  ///     `Reconstruction`, which is given the truth to show the autoencoder's floor.
  ///   - frames: the length of the answers, condition included.
  /// - Returns: as many videos, whose first `conditionFrames` frames are the condition's own.
  func continuation(of condition: [Video], frames: Int) throws -> [Video]
}

extension WorldModel {
  /// Throws unless every condition video is long enough and the answer longer than the condition.
  func checkLengths(_ condition: [Video], frames: Int, atMost: Int = .max) throws {
    guard frames > conditionFrames, frames <= atMost else {
      throw ModelError.frameCount(
        found: frames,
        remedy: "ask for \(conditionFrames + 1)"
          + (atMost == .max ? " or more" : "...\(atMost)") + " frames")
    }
    for video in condition where video.frames < conditionFrames {
      throw ModelError.frameCount(
        found: video.frames, remedy: "the model needs at least \(conditionFrames) frames to start")
    }
  }

  /// `video` with its first frames replaced by the condition's, cut to `frames`.
  func joined(_ condition: Video, _ video: Video, frames: Int) -> Video {
    let frame = video.height * video.width * 3
    var bytes = Array(condition.bytes.prefix(conditionFrames * frame))
    bytes += video.bytes[(conditionFrames * frame)..<(frames * frame)]
    return Video(frames: frames, height: video.height, width: video.width, bytes: bytes)
  }
}
