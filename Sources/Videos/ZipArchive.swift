import CZlib
import Foundation

/// A zip archive: NumPy's `.npz` files, Python's wheels.
///
/// Only the directory is read at first. Archives of 4 GB and more (zip64) are not supported.
package struct ZipArchive: Sendable {
  /// Where a packed file lies.
  package struct Entry: Hashable, Sendable {
    /// Its name with folders.
    package var name: String
    var method: Int
    var checksum: UInt32
    var packed: Int
    var unpacked: Int
    var header: Int
  }

  /// The name of the file, which errors carry.
  package let file: String
  /// The packed files by name.
  package let entries: [String: Entry]
  private let data: Data

  /// Opens a file.
  ///
  /// - Throws: ``ArchiveError``
  package init(contentsOf url: URL) throws(ArchiveError) {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: url.path, cause: "\(error.localizedDescription)")
    }
    file = url.path
    entries = try ZipArchive.directory(of: data, file: file)
  }

  /// Opens an archive in memory, for example one out of another archive.
  ///
  /// - Throws: ``ArchiveError``
  package init(_ data: Data, file: String) throws(ArchiveError) {
    self.data = data
    self.file = file
    entries = try ZipArchive.directory(of: data, file: file)
  }

  /// Tests the checksum of an entry, without a copy where it is stored.
  ///
  /// - Throws: ``ArchiveError``
  package func check(_ entry: Entry) throws(ArchiveError) {
    guard entry.method == 0 else {
      _ = try content(entry)
      return
    }
    let bytes = try packed(entry)
    var sum: uLong = 0
    for region in bytes.regions {
      region.withUnsafeBytes { raw in
        var offset = 0
        // zlib counts in 32 bits.
        while offset < raw.count {
          let piece = UnsafeRawBufferPointer(
            rebasing: raw[offset..<min(offset + 1 << 30, raw.count)])
          sum = crc32(sum, piece.bindMemory(to: UInt8.self).baseAddress, uInt(piece.count))
          offset += piece.count
        }
      }
    }
    guard sum == uLong(entry.checksum) else { throw damaged(entry, "fails its checksum") }
  }

  /// The bytes of an entry as they lie in the file.
  package func packed(_ entry: Entry) throws(ArchiveError) -> Data {
    func damaged(_ cause: String) -> ArchiveError { self.damaged(entry, cause) }
    let reader = ByteReader(data)
    guard reader.uint32(entry.header) == 0x0403_4B50,
      let nameLength = reader.uint16(entry.header + 26),
      let extraLength = reader.uint16(entry.header + 28)
    else { throw damaged("has no local header") }
    let start = entry.header + 30 + nameLength + extraLength
    guard let packed = reader.slice(start, entry.packed) else { throw damaged("is cut short") }
    return packed
  }

  /// The unpacked bytes of an entry, with their checksum tested.
  package func content(_ entry: Entry) throws(ArchiveError) -> [UInt8] {
    func damaged(_ cause: String) -> ArchiveError { self.damaged(entry, cause) }
    let packed = try packed(entry)
    // Deflate packs no tighter than about 1 to 1032: refuse to reserve what cannot be filled.
    guard entry.unpacked <= entry.packed * 1040 + 64 else {
      throw damaged("claims \(entry.unpacked) bytes from \(entry.packed)")
    }
    var result = [UInt8](repeating: 0, count: entry.unpacked)
    switch entry.method {
    case 0:
      guard entry.packed == entry.unpacked else { throw damaged("has two lengths") }
      result = Array(packed)
    case 8:
      let source = Array(packed)
      let status = czlib_inflate_raw(
        source, UInt(source.count), &result, UInt(result.count))
      guard status == Z_OK else { throw damaged("does not inflate (zlib code \(status))") }
    default:
      throw .unsupported(
        file: file,
        cause: "entry '\(entry.name)' is packed by method \(entry.method); "
          + "stored and deflated ones are read")
    }
    guard crc32(0, result, uInt(result.count)) == uLong(entry.checksum) else {
      throw damaged("fails its checksum")
    }
    return result
  }

  private func damaged(_ entry: Entry, _ cause: String) -> ArchiveError {
    .damaged(file: file, cause: "entry '\(entry.name)' \(cause)")
  }

  /// Reads the zip directory at the end of the file.
  private static func directory(
    of data: Data, file: String
  ) throws(ArchiveError) -> [String: Entry] {
    func damaged(_ cause: String) -> ArchiveError { .damaged(file: file, cause: cause) }
    let reader = ByteReader(data)
    // The end record is 22 bytes, followed by a comment of at most 65,535.
    let earliest = max(0, data.count - 22 - 65_535)
    guard data.count >= 22,
      let end = stride(from: data.count - 22, through: earliest, by: -1)
        .first(where: { reader.uint32($0) == 0x0605_4B50 }),
      let count = reader.uint16(end + 10), let start = reader.uint32(end + 16)
    else { throw damaged("it has no zip directory") }
    guard count < 0xFFFF, start < 0xFFFF_FFFF else {
      throw .unsupported(file: file, cause: "zip64 archive")
    }
    var entries: [String: Entry] = [:]
    var position = Int(start)
    for _ in 0..<count {
      guard reader.uint32(position) == 0x0201_4B50,
        let method = reader.uint16(position + 10), let checksum = reader.uint32(position + 16),
        let packed = reader.uint32(position + 20), let unpacked = reader.uint32(position + 24),
        let nameLength = reader.uint16(position + 28),
        let extraLength = reader.uint16(position + 30),
        let commentLength = reader.uint16(position + 32),
        let header = reader.uint32(position + 42),
        let nameBytes = reader.slice(position + 46, nameLength)
      else { throw damaged("its zip directory is garbled") }
      guard packed < 0xFFFF_FFFF, unpacked < 0xFFFF_FFFF else {
        throw .unsupported(file: file, cause: "zip64 archive")
      }
      let name = String(decoding: nameBytes, as: UTF8.self)
      entries[name] = Entry(
        name: name, method: method, checksum: checksum, packed: Int(packed),
        unpacked: Int(unpacked), header: Int(header))
      position += 46 + nameLength + extraLength + commentLength
    }
    return entries
  }
}

/// Little-endian numbers out of bytes, nil beyond the end.
private struct ByteReader {
  private let data: Data

  init(_ data: Data) { self.data = data }

  func slice(_ offset: Int, _ count: Int) -> Data? {
    guard offset >= 0, count >= 0, offset <= data.count, count <= data.count - offset else {
      return nil
    }
    let start = data.startIndex + offset
    return data[start..<(start + count)]
  }

  func uint16(_ offset: Int) -> Int? {
    slice(offset, 2).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
  }

  func uint32(_ offset: Int) -> UInt32? {
    slice(offset, 4).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
