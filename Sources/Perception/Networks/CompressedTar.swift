import CZlib
import Datasets
import Foundation
import Videos

/// A `.tar.gz` file, read from the start and piece by piece.
struct CompressedTar {
  /// The longest member that is read into memory.
  static let limit = 1 << 30

  private let url: URL

  init(_ url: URL) { self.url = url }

  /// The bytes of a plain file in the archive.
  ///
  /// - Throws: `ArchiveError`
  func content(of name: String) throws(ArchiveError) -> Data {
    guard let file = gzopen(url.path, "rb") else { throw .missing(file: url.path) }
    defer { gzclose(file) }
    _ = gzbuffer(file, 1 << 17)
    while true {
      let block = try bytes(TarHeader.blockSize, from: file)
      if block.allSatisfy({ $0 == 0 }) { break }
      let header: TarHeader
      do { header = try TarHeader(block: block) } catch { throw damaged("a header \(error.text)") }
      guard header.name != name else {
        guard header.size <= CompressedTar.limit else {
          throw damaged("'\(name)' claims \(header.size) bytes")
        }
        return try bytes(header.size, from: file)
      }
      var left = header.size + TarHeader.padding(header.size)
      while left > 0 { left -= try bytes(min(left, 1 << 20), from: file).count }
    }
    throw damaged("there is no '\(name)' in it")
  }

  private func bytes(_ count: Int, from file: gzFile) throws(ArchiveError) -> Data {
    var data = Data(count: count)
    var filled = 0
    while filled < count {
      let read = data.withUnsafeMutableBytes { buffer in
        gzread(
          file, buffer.baseAddress.map { $0 + filled }, UInt32(min(count - filled, 1 << 24)))
      }
      guard read > 0 else { throw damaged(read == 0 ? "it is cut short" : "it does not inflate") }
      filled += Int(read)
    }
    return data
  }

  private func damaged(_ cause: String) -> ArchiveError { .damaged(file: url.path, cause: cause) }
}
