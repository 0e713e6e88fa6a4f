import CFFmpeg
import Foundation

/// The SHA-256 digest of bytes that come in pieces, by libavutil.
public final class SHA256 {
  private var state: OpaquePointer?

  /// The digest of nothing yet.
  public init() {
    state = av_sha_alloc()
    av_sha_init(state, 256)
  }

  deinit { av_free(UnsafeMutableRawPointer(state)) }

  /// Adds bytes.
  public func update(_ data: some DataProtocol) {
    for region in data.regions {
      region.withUnsafeBytes { bytes in
        av_sha_update(state, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
      }
    }
  }

  /// The digest as 64 hexadecimal digits; the value is of no use afterwards.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    av_sha_final(state, &digest)
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }

  /// The digest of some bytes.
  public static func digest(of data: some DataProtocol) -> String {
    let digest = SHA256()
    digest.update(data)
    return digest.finish()
  }

  /// The digest and length of a file, read piece by piece.
  ///
  /// - Throws: ``VideoError`` when it cannot be read.
  public static func digest(
    ofFile url: URL
  ) throws(VideoError) -> (sha256: String, bytes: Int) {
    let digest = SHA256()
    var count = 0
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        digest.update(piece)
        count += piece.count
      }
    } catch {
      throw .unreadable(file: url.path, cause: error.localizedDescription)
    }
    return (digest.finish(), count)
  }
}
