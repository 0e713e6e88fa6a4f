import Foundation
import Videos

/// Where the video of one scene lies in a submission.
public struct SubmissionEntry: Sendable {
  enum Place: Sendable {
    case file(URL)
    case pictures(URL)
    case row(VideoContainer, Int)
  }

  /// The name in the folder, such as `00012.mp4` or `answers.npz, video 12`; made printable.
  public let name: String
  let place: Place

  init(_ place: Place) {
    self.place = place
    switch place {
    case .file(let url), .pictures(let url): name = PrintableText.line(url.lastPathComponent)
    case .row(let container, let row): name = PrintableText.line("\(container.name), video \(row)")
    }
  }

  /// The file relative to the folder, for pages that show it; nil where it lies inside a container.
  public var file: URL? {
    switch place {
    case .file(let url), .pictures(let url): url
    case .row: nil
    }
  }

  /// A text that changes when the file does: its length and the time of its last change.
  func stamp(in folder: URL) -> String {
    switch place {
    case .file(let url): return Self.stamp([url])
    case .pictures(let url):
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      return Self.stamp([url] + names.map(url.appendingPathComponent))
    case .row(let container, _):
      return Self.stamp([
        folder.hasDirectoryPath ? folder.appendingPathComponent(container.name) : folder
      ])
    }
  }

  private static func stamp(_ urls: [URL]) -> String {
    let facts = urls.compactMap(RegularFile.facts)
    let size = facts.reduce(0) { $0 + ($1.isFolder ? 1 : $1.size) }
    return "\(size)-\(facts.map(\.changed).max() ?? 0)"
  }

  /// The frames.
  ///
  /// - Throws: ``FrameFailure``
  func frames() throws -> any FrameSource {
    switch place {
    case .pictures(let url): return try PictureFrames(url)
    case .row(let container, let row): return try container.frames(of: row)
    case .file(let url):
      guard ["npy", "npz"].contains(url.pathExtension.lowercased()) else {
        return try EncodedFrames(try RegularFile.data(url))
      }
      guard let frames = try VideoContainer.single(url) else {
        throw FrameFailure(
          .size, "holds several videos under the name of one scene; call the file videos.npz")
      }
      return frames
    }
  }
}
