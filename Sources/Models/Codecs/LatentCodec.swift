import Foundation
import Tensors
import Videos

/// How videos and latents of a codec belong together: sizes and counts, without weights.
public protocol LatentLayout: Sendable {
  /// Pixels along each side of a frame.
  var resolution: Int { get }

  /// The shape of the latent of a video of so many frames: [time, height, breadth, channels].
  /// - Throws: `ModelError.frameCount` for a number that does not fit; it says which do.
  func latentShape(frames: Int) throws -> [Int]

  /// The least number of frames that fits and is not below `frames`.
  func fittingFrames(_ frames: Int) -> Int

  /// The frames that so many latent steps decode to; 0 for none.
  func frames(ofSteps steps: Int) -> Int
}

extension LatentLayout {
  /// How many latent steps the first `given` frames fix, whatever follows them.
  ///
  /// - Throws: `ModelError.frameCount` where the frames end within a latent step.
  public func conditionSteps(given: Int) throws -> Int { try latentShape(frames: given)[0] }
}

/// A frozen encoder and decoder between videos and the latents that a diffusion model sees.
///
/// Latents are [B, time, height, breadth, channels], float32, of about unit variance per channel. Codecs are
/// causal: a latent step depends on no later frame, a frame on no later latent step.
public protocol LatentCodec {
  /// Sizes and counts.
  var layout: any LatentLayout { get }
  /// Frames handled at once; bounds the memory, changes nothing else but rounding.
  var framesAtOnce: Int { get set }

  /// Bytes [B, T, R, R, 3] → latents [B, time, height, breadth, channels].
  /// - Throws: `ModelError.frameCount`, `.frameSize`.
  func encode(_ bytes: Tensor) throws -> Tensor

  /// Latents [B, time, height, breadth, channels] → bytes [B, T, R, R, 3].
  /// - Throws: `ModelError.latentShape`.
  func decode(_ latents: Tensor) throws -> Tensor

  /// Writes a folder that `LatentCodecs.load` reads back bit for bit.
  ///
  /// - Parameter notes: what else is known of it, such as its shape gate; each becomes `NAME.json`.
  func save(to folder: URL, notes: [String: any Encodable]) throws
}

extension LatentCodec {
  /// Pixels along each side of a frame.
  public var resolution: Int { layout.resolution }

  /// Writes a folder that `LatentCodecs.load` reads back bit for bit.
  public func save(to folder: URL) throws { try save(to: folder, notes: [:]) }

  /// Videos of equal length → latents [B, time, height, breadth, channels].
  /// - Throws: `ModelError.frameCount`, `.frameSize`.
  public func encode(_ videos: [Video]) throws -> Tensor {
    let count = videos.first?.frames ?? 0
    let size = resolution
    _ = try layout.latentShape(frames: count)
    let perChunk = max(framesAtOnce / max(count, 1), 1)
    var parts: [Tensor] = []
    for start in stride(from: 0, to: videos.count, by: perChunk) {
      let chunk = videos[start..<min(start + perChunk, videos.count)]
      var bytes: [UInt8] = []
      bytes.reserveCapacity(chunk.count * count * size * size * 3)
      for video in chunk {
        guard video.width == size, video.height == size else {
          throw ModelError.frameSize(width: video.width, height: video.height, expected: size)
        }
        guard video.frames == count else {
          throw ModelError.frameCount(
            found: video.frames,
            remedy: "the first video of the list has \(count); use equal lengths")
        }
        bytes += video.bytes
      }
      parts.append(try encode(Tensor(bytes: bytes, [chunk.count, count, size, size, 3])))
    }
    return parts.count == 1 ? parts[0] : .cat(parts)
  }

  /// Latents [B, time, height, breadth, channels] → B videos.
  /// - Throws: `ModelError.latentShape`.
  public func decodeVideos(_ latents: Tensor) throws -> [Video] {
    let all = try decode(latents)
    let shape = all.shape
    return (0..<shape[0]).map { index in
      Video(
        frames: shape[1], height: shape[2], width: shape[3],
        bytes: all.select(0, index).contiguous().bytes())
    }
  }

  /// Checks bytes [B, T, R, R, 3] against the layout; returns the latent's shape without B.
  func checkedShape(_ bytes: Tensor) throws -> [Int] {
    let shape = bytes.shape
    let size = resolution
    guard shape.count == 5, shape[2] == size, shape[3] == size, shape[4] == 3 else {
      throw ModelError.frameSize(
        width: shape.count > 3 ? shape[3] : 0, height: shape.count > 2 ? shape[2] : 0,
        expected: size)
    }
    return try layout.latentShape(frames: shape[1])
  }

  /// Checks latents [B, time, height, breadth, channels] against the layout; returns the frames they hold.
  func checkedFrames(_ latents: Tensor) throws -> Int {
    let found = latents.shape
    let frames = layout.frames(ofSteps: found.count > 1 ? max(found[1], 1) : 1)
    let expected = try layout.latentShape(frames: frames)
    guard found.count == 5, Array(found.dropFirst()) == expected else {
      throw ModelError.latentShape(found: found, expected: [found.first ?? 1] + expected)
    }
    return frames
  }
}

/// Codecs in folders, whatever their kind.
public enum LatentCodecs {
  /// Loads the codec of a folder: what `config.json` says it is.
  /// - Throws: `ModelError` naming the file, tensor or value that does not fit.
  public static func load(_ folder: URL) throws -> any LatentCodec {
    switch try ModelFolder.kind(in: folder) {
    case SpatialAutoencoderConfiguration.kind: try SpatialAutoencoder(folder: folder)
    case ImageAutoencoderConfiguration.kind: try ImageAutoencoder(folder: folder)
    default: try VideoAutoencoder(folder: folder)
    }
  }

  /// The layout of a folder's codec; weights are read only where they alone tell.
  /// - Throws: `ModelError` naming the file or value that does not fit.
  public static func layout(_ folder: URL) throws -> any LatentLayout {
    switch try ModelFolder.kind(in: folder) {
    case SpatialAutoencoderConfiguration.kind:
      let configuration = try ModelFolder.configuration(
        SpatialAutoencoderConfiguration.self, kind: SpatialAutoencoderConfiguration.kind, in: folder
      )
      try configuration.validate()
      return configuration
    case ImageAutoencoderConfiguration.kind: return try ImageAutoencoder(folder: folder).layout
    default:
      return try ModelFolder.configuration(
        VideoAutoencoderConfiguration.self, kind: VideoAutoencoderConfiguration.kind, in: folder)
    }
  }
}
