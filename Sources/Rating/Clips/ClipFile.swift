import Foundation
import Videos

/// A clip as it lies on disk: a video file, or a folder of png frames.
public struct ClipFile: Hashable, Sendable {
  /// Where the frames are.
  public enum Content: Hashable, Sendable {
    /// An mp4, gif, mkv or avi file.
    case video(URL)
    /// png files in the order of their frames.
    case frames([URL])
  }

  /// Path within the folder of clips, with `/` between its parts: `model-a/00007.mp4`.
  public var source: String
  /// Where the frames are.
  public var content: Content

  /// A clip from its parts.
  public init(source: String, content: Content) {
    self.source = source
    self.content = content
  }

  /// The first folder of the path, which is what results are grouped by; empty at the top.
  public var group: String { Self.group(of: source) }

  static func group(of source: String) -> String {
    source.split(separator: "/").dropLast().first.map(String.init) ?? ""
  }

  /// Path without the extension of a video file; what a clip and its truth have in common.
  public var stem: String {
    switch content {
    case .video: (source as NSString).deletingPathExtension
    case .frames: source
    }
  }

  /// SHA-256 of all its bytes.
  ///
  /// - Throws: `VideoError` when they cannot be read.
  func digest() throws(VideoError) -> String {
    switch content {
    case .video(let url): return try SHA256.digest(ofFile: url).sha256
    case .frames(let urls):
      let digest = SHA256()
      for url in urls { digest.update(Data(try SHA256.digest(ofFile: url).sha256.utf8)) }
      return digest.finish()
    }
  }
}
