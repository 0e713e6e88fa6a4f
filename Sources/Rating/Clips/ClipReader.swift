import Foundation
import Videos

/// The frames of a clip and the speed at which they play.
struct PlayableClip {
  var video: Video
  var framesPerSecond: Int
}

/// Reads clips and codes them for browsers.
///
/// Every clip is decoded and coded again in the same way, so that neither the container nor
/// anything written into it tells raters where a clip comes from.
struct ClipReader: Sendable {
  /// Bytes of the largest clip that is decoded; guards against a few bytes that claim to be hours.
  static let largest = 1 << 30

  /// Plays all clips at this speed; nil leaves each its own, and 10 to those without one.
  var framesPerSecond: Int?

  /// A clip's frames.
  ///
  /// - Throws: ``RatingError/clip(file:cause:)``
  func clip(_ file: ClipFile) throws(RatingError) -> PlayableClip {
    do {
      switch file.content {
      case .video(let url): return try video(url, name: file.source)
      case .frames(let urls):
        return PlayableClip(video: try frames(urls), framesPerSecond: framesPerSecond ?? 10)
      }
    } catch let error as RatingError {
      throw error
    } catch {
      throw .clip(file: file.source, cause: Self.cause(error))
    }
  }

  /// A clip as every browser plays it: mp4, H.264, yuv420p, index at the front.
  ///
  /// - Throws: ``RatingError/clip(file:cause:)``
  func browserData(_ file: ClipFile) throws(RatingError) -> Data {
    let clip = try clip(file)
    do {
      return try VideoFile.mp4Data(
        clip.video.onScreen, quality: .h264(crf: 14, preset: .veryfast),
        framesPerSecond: clip.framesPerSecond)
    } catch {
      throw .clip(file: file.source, cause: "\(error)")
    }
  }

  private func video(_ url: URL, name: String) throws -> PlayableClip {
    let data: Data
    do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw RatingError.clip(file: name, cause: error.localizedDescription)
    }
    let information = try VideoFile.information(of: data, name: name)
    let bytes = [information.width, information.height, max(information.frames, 1), 3]
      .reduce((1, false)) { product, factor in
        let next = product.0.multipliedReportingOverflow(by: factor)
        return (next.partialValue, product.1 || next.overflow)
      }
    guard !bytes.1, bytes.0 <= Self.largest else {
      throw RatingError.clip(
        file: name,
        cause: "\(information.frames) frames of \(information.width) by \(information.height) "
          + "pixels are too many to show; cut or shrink it")
    }
    let own = information.framesPerSecond.flatMap { $0.isFinite ? Int($0.rounded()) : nil }
    return PlayableClip(
      video: try VideoFile.video(from: data, name: name),
      framesPerSecond: framesPerSecond ?? min(max(own ?? 10, 1), 120))
  }

  private func frames(_ urls: [URL]) throws -> Video {
    var bytes: [UInt8] = []
    var size: (width: Int, height: Int)?
    for url in urls {
      let name = url.lastPathComponent
      let image = try ImageFile.image(png: try Data(contentsOf: url), name: name)
      let first = size ?? (image.width, image.height)
      guard (image.width, image.height) == first else {
        throw VideoError.size(
          "frame \(name) is \(image.width) by \(image.height) pixels, "
            + "the first \(first.width) by \(first.height)")
      }
      guard bytes.count + image.bytes.count <= Self.largest else {
        throw VideoError.size("more than \(Self.largest >> 20) MiB of frames; cut or shrink it")
      }
      size = first
      bytes += image.bytes
    }
    guard let size else { throw VideoError.size("no frames") }
    return Video(frames: urls.count, height: size.height, width: size.width, bytes: bytes)
  }

  /// What is wrong, without the name of the file, which the caller knows.
  private static func cause(_ error: any Error) -> String {
    switch error {
    case VideoError.notAVideo(_, let cause): "not a readable video or picture: \(cause)"
    case VideoError.damaged(_, let cause): "damaged or cut short: \(cause)"
    case let error as VideoError: "\(error)"
    default: error.localizedDescription
    }
  }
}
