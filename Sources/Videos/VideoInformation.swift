import Foundation

/// What a video file says about its frames, before they are decoded.
public struct VideoInformation: Codable, Hashable, Sendable {
  /// The codec, such as `h264`.
  public var codec: String
  /// How pixels are coded: `yuv420p` loses colour detail, `gbrp` holds every byte.
  public var pixelFormat: String
  /// Pixels in a row.
  public var width: Int
  /// Rows of a frame.
  public var height: Int
  /// Frames that the index promises.
  public var frames: Int
  /// The speed it plays at; nil when it does not say.
  public var framesPerSecond: Double?
}

extension VideoFile {
  /// Reads what a video file in memory says about itself; `name` is what errors call it.
  ///
  /// - Throws: ``VideoError``
  public static func information(of data: Data, name: String) throws(VideoError) -> VideoInformation
  {
    guard !data.isEmpty else { throw .notAVideo(file: name, cause: "the file is empty") }
    do {
      return try Decoder(data).information()
    } catch {
      throw .notAVideo(file: name, cause: error.text)
    }
  }
}
