import Foundation
import Videos

/// Tells one file or folder from another without reading all of it.
enum SourceDigest {
  private static let piece = 1 << 20

  /// The size and the SHA-256 digest of the first and the last mebibyte of a file; "unreadable"
  /// where there is none.
  static func text(of url: URL) -> String {
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      let size = try file.seekToEnd()
      let digest = SHA256()
      try file.seek(toOffset: 0)
      digest.update(try file.read(upToCount: piece) ?? Data())
      if size > UInt64(piece) {
        try file.seek(toOffset: max(size - UInt64(piece), UInt64(piece)))
        digest.update(try file.read(upToCount: piece) ?? Data())
      }
      return "\(size) bytes, sha256 of both ends \(digest.finish())"
    } catch {
      return "unreadable"
    }
  }
}
