import Foundation
import Videos
import Worlds

/// Labelled videos by number: a rendered stream, a file, a folder of shards.
///
/// Everything that uses videos takes them through this door, so that it never knows whether they are
/// rendered on the spot or read. All methods may be called from several threads at once.
public protocol VideoSource: Sendable {
  /// Number of videos; nil when there is no end.
  var count: Int? { get }
  /// A text that changes when the videos do: recipe and seed, or what the files say of themselves.
  var identity: String { get }
  /// What the source says about how it was made; nil when it says nothing.
  var provenance: DatasetProvenance? { get }
  /// Video `index`, from 0.
  ///
  /// - Throws: what the source throws when a scene or a file is bad, naming it.
  func video(at index: Int) throws -> LabelledVideo
  /// Writes the first `frames` frames of video `index` at `size` by `size` pixels into `target`,
  /// frame after frame; `target` holds `frames * size * size * 3` bytes.
  ///
  /// - Throws: as ``video(at:)``, and ``VideoSourceError`` when the video is shorter or its size is
  ///   no multiple of `size`.
  func copy(
    videoAt index: Int, frames: Int, size: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws
}

extension VideoSource {
  /// Nil.
  public var provenance: DatasetProvenance? { nil }

  /// Decodes the whole video, averages it and copies.
  public func copy(
    videoAt index: Int, frames: Int, size: Int, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    let video = try video(at: index).video
    guard video.frames >= frames else {
      throw VideoSourceError.tooShort(
        source: identity, index: index, frames: video.frames, needed: frames)
    }
    guard video.width == video.height, video.width.isMultiple(of: size) else {
      throw VideoSourceError.size(
        source: identity, index: index, width: video.width, height: video.height, needed: size)
    }
    let small = try video.areaAveraged(to: size)
    _ = target.update(fromContentsOf: small.bytes[..<(frames * small.frameSize)])
  }
}

/// A source that can make a video's file without its pixels.
protocol FileSource: VideoSource {
  /// Video `index` without its frames, and the bytes of its mp4 file; nil when the pixels are needed.
  ///
  /// - Throws: as ``VideoSource/video(at:)``.
  func file(
    at index: Int, size: Int, quality: VideoQuality, framesPerSecond: Int
  ) throws -> (LabelledVideo, Data)?
}

/// Why a video of a source does not serve.
public enum VideoSourceError: Error, Equatable, Sendable {
  /// Fewer frames than asked for.
  case tooShort(source: String, index: Int, frames: Int, needed: Int)
  /// A picture that cannot be averaged to the size asked for.
  case size(source: String, index: Int, width: Int, height: Int, needed: Int)
  /// A number at or beyond the end.
  case noSuchVideo(source: String, index: Int, count: Int)
  /// No videos at all, or fewer than asked for.
  case tooFew(source: String, count: Int, needed: Int)
}

extension VideoSourceError: CustomStringConvertible {
  /// The source, the number and the remedy.
  public var description: String {
    switch self {
    case .tooShort(let source, let index, let frames, let needed):
      "video \(index) of \(source) has \(frames) frames; \(needed) are needed: "
        + "make the data longer or ask for fewer frames"
    case .size(let source, let index, let width, let height, let needed):
      "video \(index) of \(source) is \(width) by \(height) pixels, which cannot be averaged to "
        + "\(needed) by \(needed); use square videos whose side is a multiple of it"
    case .noSuchVideo(let source, let index, let count):
      "there is no video \(index) in \(source); it has \(count), from 0 to \(count - 1)"
    case .tooFew(let source, let count, let needed):
      "\(source) has \(count) videos; \(needed) are needed"
    }
  }
}
