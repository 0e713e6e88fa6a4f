import CZlib
import Foundation

/// A NumPy `.npz` file: a zip archive of arrays, stored or deflated.
///
/// Only the directory is read at first; an array is unpacked, and its checksum tested, when it is
/// asked for. Archives of 4 GB and more (zip64) are not supported.
public struct NumPyArchive: Sendable {
  /// Where an array lies in the file.
  private struct Entry {
    var method: Int
    var checksum: UInt32
    var packed: Int
    var unpacked: Int
    var header: Int
  }

  /// The name of the file, which errors carry.
  public let file: String
  private let data: Data
  private let entries: [String: Entry]

  /// Opens an archive.
  ///
  /// - Throws: ``ArchiveError``
  public init(contentsOf url: URL) throws(ArchiveError) {
    file = url.path
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: url.path, cause: "\(error.localizedDescription)")
    }
    entries = try NumPyArchive.directory(of: data, file: url.path)
  }

  /// The names of the arrays, in alphabetical order.
  public var names: [String] { entries.keys.sorted() }

  /// One array.
  ///
  /// - Throws: ``ArchiveError``, among others when the checksum does not fit.
  public func array(named name: String) throws(ArchiveError) -> NumPyArray {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    return try NumPyArray(npy: try unpack(entry, name: name), file: file)
  }

  /// An array of 64-bit floats.
  ///
  /// - Throws: ``ArchiveError``
  public func doubles(named name: String) throws(ArchiveError) -> NumPyDoubles {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    return try NumPyDoubles(npy: try unpack(entry, name: name), file: file)
  }

  /// Type and shape of an array, and its elements where they lie in the file unpacked.
  ///
  /// A deflated array is unpacked and its checksum tested; a stored one is neither read nor tested.
  ///
  /// - Throws: ``ArchiveError``
  public func elements(
    of name: String
  ) throws(ArchiveError) -> (layout: NumPyLayout, elements: Data) {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    var bytes: Data
    if entry.method == 0 {
      bytes = try packed(entry, name: name)
      guard entry.packed == entry.unpacked else {
        throw .damaged(file: file, cause: "array '\(name)' has two lengths")
      }
    } else {
      bytes = Data(try unpack(entry, name: name))
    }
    let (layout, start) = try NumPyLayout.read(bytes, file: file)
    bytes = bytes.dropFirst(start)
    return (layout, bytes)
  }

  /// Tests the checksum of an array.
  ///
  /// - Throws: ``ArchiveError``
  public func check(_ name: String) throws(ArchiveError) {
    guard let entry = entries[name] else { throw .noArray(file: file, name: name) }
    guard entry.method == 0 else {
      _ = try unpack(entry, name: name)
      return
    }
    let bytes = try packed(entry, name: name)
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
    guard sum == uLong(entry.checksum) else {
      throw .damaged(file: file, cause: "array '\(name)' fails its checksum")
    }
  }

  /// An array of shape (frames, height, width, 3) as a video.
  ///
  /// - Throws: ``ArchiveError``
  public func video(named name: String) throws(ArchiveError) -> Video {
    let array = try array(named: name)
    guard array.shape.count == 4, array.shape[3] == 3 else {
      throw .unsupported(
        file: file,
        cause: "array '\(name)' of shape \(array.shape) is not a video; "
          + "a video is frames, height, width, 3")
    }
    return Video(
      frames: array.shape[0], height: array.shape[1], width: array.shape[2], bytes: array.bytes)
  }

  /// The bytes of an entry as they lie in the file.
  private func packed(_ entry: Entry, name: String) throws(ArchiveError) -> Data {
    func damaged(_ cause: String) -> ArchiveError {
      .damaged(file: file, cause: "array '\(name)' \(cause)")
    }
    let reader = ByteReader(data)
    guard reader.uint32(entry.header) == 0x0403_4B50,
      let nameLength = reader.uint16(entry.header + 26),
      let extraLength = reader.uint16(entry.header + 28)
    else { throw damaged("has no local header") }
    let start = entry.header + 30 + nameLength + extraLength
    guard let packed = reader.slice(start, entry.packed) else { throw damaged("is cut short") }
    return packed
  }

  private func unpack(_ entry: Entry, name: String) throws(ArchiveError) -> [UInt8] {
    func damaged(_ cause: String) -> ArchiveError {
      .damaged(file: file, cause: "array '\(name)' \(cause)")
    }
    let packed = try packed(entry, name: name)
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
        cause: "array '\(name)' is packed by method \(entry.method); "
          + "stored and deflated arrays are read")
    }
    guard crc32(0, result, uInt(result.count)) == uLong(entry.checksum) else {
      throw damaged("fails its checksum")
    }
    return result
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
      if name.hasSuffix(".npy") {
        entries[String(name.dropLast(4))] = Entry(
          method: method, checksum: checksum, packed: Int(packed), unpacked: Int(unpacked),
          header: Int(header))
      }
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
