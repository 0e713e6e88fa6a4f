import CFFmpeg
import Foundation

/// Encodes an mp4 file in memory from yuv420p planes, frame by frame, without a picture in RGB.
///
/// ```swift
/// let encoder = try PlanarVideoEncoder(
///   width: 512, height: 512, quality: .h264(crf: 23, preset: .changes))
/// for frame in frames { try encoder.append { planes in paint(frame, planes) } }
/// let file = try encoder.finish()
/// ```
///
/// Belongs to one thread.
public final class PlanarVideoEncoder {
  private enum Coder {
    case library(Encoder)
    case changes(ChangeTrack)
  }

  /// Width of the video in pixels.
  public let width: Int
  /// Height of the video in pixels.
  public let height: Int
  private let coder: Coder
  private let picture: Picture
  private let frame: PlanarFrame
  private var count = 0

  /// An encoder of H.264.
  ///
  /// - Parameters:
  ///   - width: even; for the preset `changes` a multiple of 16, as `height`.
  ///   - framesPerSecond: the speed it plays at, 1 to 1000.
  /// - Throws: ``VideoError/size(_:)`` for sides, rates or frame rates that cannot be stored, also
  ///   for ``VideoQuality/lossless``, which stores RGB; ``VideoError/cannotEncode(cause:)``.
  public init(
    width: Int, height: Int, quality: VideoQuality, framesPerSecond: Int = 10
  ) throws(VideoError) {
    self.width = width
    self.height = height
    guard width > 0, height > 0 else {
      throw .size("frames of \(width) by \(height) pixels cannot be stored; give at least 2 by 2")
    }
    guard (1...1000).contains(framesPerSecond) else {
      throw .size("\(framesPerSecond) frames per second cannot be stored; choose 1 to 1000")
    }
    guard case .h264(let crf, let preset) = quality else {
      throw .size("lossless videos are stored as RGB; planes need h264")
    }
    guard (0...51).contains(crf) else {
      throw .size("rate factor \(crf) does not exist; choose 0 (best) to 51")
    }
    let unit = preset == .changes ? 16 : 2
    guard width.isMultiple(of: unit), height.isMultiple(of: unit) else {
      throw .size(
        "a \(width) by \(height) video cannot be stored as yuv420p"
          + (unit == 2
            ? "; both sides must be even (or use lossless)"
            : " by the preset changes; both sides must be multiples of 16 (or use light)"))
    }
    do {
      picture = try Picture(width: width, height: height, format: AV_PIX_FMT_YUV420P)
      frame = try LibavError.some(picture.planar, "reserve a frame")
      coder =
        preset == .changes
        ? .changes(
          try ChangeTrack(
            width: width, height: height, quantiser: EncoderPreset.quantiser(crf: crf),
            framesPerSecond: framesPerSecond, options: VideoFile.containerOptions))
        : .library(
          try Encoder(
            VideoFile.plan(crf: crf, preset, width: width), width: width, height: height,
            framesPerSecond: framesPerSecond))
    } catch {
      throw .cannotEncode(cause: error.text)
    }
  }

  /// Encodes the next frame.
  ///
  /// - Parameter paint: writes the planes, which hold the frame before; at first nothing of meaning.
  /// - Throws: ``VideoError/cannotEncode(cause:)``
  public func append(_ paint: (PlanarFrame) -> Void) throws(VideoError) {
    do {
      switch coder {
      case .library(let encoder):
        try picture.prepareForWriting()
        paint(try LibavError.some(picture.planar, "reuse a frame"))
        try encoder.encode(picture, index: count)
      case .changes(let track):
        paint(frame)
        try track.append(frame)
      }
    } catch {
      throw .cannotEncode(cause: error.text)
    }
    count += 1
  }

  /// Ends the file: its bytes, with the index at the front.
  ///
  /// - Throws: ``VideoError/size(_:)`` when there is no frame, ``VideoError/cannotEncode(cause:)``.
  public func finish() throws(VideoError) -> Data {
    guard count > 0 else {
      throw .size("a video of 0 frames cannot be stored; it needs at least one")
    }
    do {
      switch coder {
      case .library(let encoder): return try encoder.finish(frames: count)
      case .changes(let track): return try track.finish()
      }
    } catch {
      throw .cannotEncode(cause: error.text)
    }
  }
}
