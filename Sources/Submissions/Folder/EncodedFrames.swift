import Foundation
import Videos

/// The frames of an encoded video in memory: mp4, GIF and the like.
struct EncodedFrames: FrameSource {
  let data: Data
  let framesPerSecond: Double?

  init(_ data: Data) throws {
    self.data = data
    do {
      framesPerSecond = try VideoFile.information(of: data, name: "").framesPerSecond
    } catch {
      throw Self.failure(error)
    }
  }

  func forEachFrame(_ body: (Image) throws -> Bool) throws {
    var thrown: (any Error)?
    do {
      try VideoFile.decode(data, name: "", maximumPixels: FrameLimit.pixels) { image in
        do { return try body(image) } catch {
          thrown = error
          return false
        }
      }
    } catch {
      throw thrown ?? Self.failure(error)
    }
    if let thrown { throw thrown }
  }

  /// The cause alone: the name is the caller's.
  static func failure(_ error: VideoError) -> FrameFailure {
    switch error {
    case .missing: FrameFailure(.unreadable, "no such file")
    case .unreadable(_, let cause): FrameFailure(.unreadable, "cannot be read: \(cause)")
    case .notAVideo(_, let cause): FrameFailure(.unreadable, "not a readable video: \(cause)")
    case .damaged(_, let cause): FrameFailure(.unreadable, "damaged or cut short: \(cause)")
    default: FrameFailure(.unreadable, "\(error)")
    }
  }
}
