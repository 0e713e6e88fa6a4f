import CZlib
import Foundation

/// Writes a NumPy `.npz` file, array by array and piece by piece, as a zip archive of stored arrays.
///
/// Stored and not deflated, so that single videos can be read out of a large array. Equal arrays
/// give equal bytes: the archive holds no times.
public final class NumPyArchiveWriter {
  private struct Entry {
    var name: String
    var offset: Int
    var size: Int
    var checksum: UInt32
  }

  /// What a zip archive without 64-bit extensions can hold.
  public static let maximumBytes = 0xFFFF_FFFE

  private let file: String
  private let handle: FileHandle
  private var entries: [Entry] = []
  private var position = 0
  private var left = 0

  /// Creates a new file.
  ///
  /// - Throws: ``VideoError/cannotWrite(file:cause:)``
  public init(_ url: URL) throws(VideoError) {
    file = url.path
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      handle = try FileHandle(forWritingTo: url)
    } catch {
      throw .cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }

  deinit { try? handle.close() }

  /// Begins an array; its bytes follow through ``append(_:)``.
  ///
  /// - Throws: ``VideoError/cannotWrite(file:cause:)``, also when the archive would pass 4 GB.
  public func begin(_ name: String, _ layout: NumPyLayout) throws(VideoError) {
    precondition(left == 0, "array '\(entries.last?.name ?? "")' lacks \(left) bytes")
    let header = layout.header
    let size = header.count + layout.byteCount
    guard position + size < Self.maximumBytes - 65_536 else {
      throw .cannotWrite(
        file: file,
        cause: "array '\(name)' of shape \(layout.shape) passes the 4 GB of a zip archive; "
          + "make shards of fewer videos")
    }
    entries.append(Entry(name: name + ".npy", offset: position, size: size, checksum: 0))
    // The checksum follows when all bytes are known.
    try write(local(entries[entries.count - 1]))
    left = size
    try append(header)
  }

  /// Appends bytes of the array that was begun last.
  ///
  /// - Throws: ``VideoError/cannotWrite(file:cause:)``
  public func append(_ bytes: some DataProtocol) throws(VideoError) {
    precondition(bytes.count <= left, "\(bytes.count) bytes where \(left) are left of the array")
    let last = entries.count - 1
    for region in bytes.regions {
      region.withUnsafeBytes { raw in
        entries[last].checksum = UInt32(
          truncatingIfNeeded: crc32(
            uLong(entries[last].checksum), raw.bindMemory(to: UInt8.self).baseAddress,
            uInt(raw.count)))
      }
    }
    try write(Data(bytes))
    left -= bytes.count
    if left == 0 { try patch(entries[last]) }
  }

  /// Writes one whole array.
  ///
  /// - Throws: ``VideoError/cannotWrite(file:cause:)``
  public func add(
    _ name: String, _ layout: NumPyLayout, _ bytes: some DataProtocol
  ) throws(VideoError) {
    try begin(name, layout)
    try append(bytes)
  }

  /// Writes the directory and closes the file.
  ///
  /// - Throws: ``VideoError/cannotWrite(file:cause:)``
  public func finish() throws(VideoError) {
    precondition(left == 0, "array '\(entries.last?.name ?? "")' lacks \(left) bytes")
    let start = position
    for entry in entries {
      var record = Data()
      record.append(little: 0x0201_4B50, 4)
      record.append(little: 20, 2)
      record.append(fields(entry))
      record.append(little: 0, 2)  // no comment
      record.append(little: 0, 2)  // first disk
      record.append(little: 0, 2)  // binary
      record.append(little: 0o600 << 16, 4)
      record.append(little: entry.offset, 4)
      try write(record + Data(entry.name.utf8))
    }
    var end = Data()
    end.append(little: 0x0605_4B50, 4)
    end.append(little: 0, 4)
    end.append(little: entries.count, 2)
    end.append(little: entries.count, 2)
    end.append(little: position - start, 4)
    end.append(little: start, 4)
    end.append(little: 0, 2)
    try write(end)
    do { try handle.close() } catch {
      throw .cannotWrite(file: file, cause: error.localizedDescription)
    }
  }

  private func local(_ entry: Entry) -> Data {
    var header = Data()
    header.append(little: 0x0403_4B50, 4)
    header.append(fields(entry))
    return header + Data(entry.name.utf8)
  }

  /// What the local header and the directory have in common.
  private func fields(_ entry: Entry) -> Data {
    var fields = Data()
    fields.append(little: 20, 2)  // version 2.0
    fields.append(little: 0, 2)  // no flags
    fields.append(little: 0, 2)  // stored
    fields.append(little: 0, 2)  // midnight
    fields.append(little: 0x21, 2)  // 1 January 1980, the earliest there is
    fields.append(little: Int(entry.checksum), 4)
    fields.append(little: entry.size, 4)
    fields.append(little: entry.size, 4)
    fields.append(little: entry.name.utf8.count, 2)
    fields.append(little: 0, 2)  // nothing extra
    return fields
  }

  private func patch(_ entry: Entry) throws(VideoError) {
    do {
      try handle.seek(toOffset: UInt64(entry.offset))
      try handle.write(contentsOf: local(entry))
      try handle.seek(toOffset: UInt64(position))
    } catch {
      throw .cannotWrite(file: file, cause: error.localizedDescription)
    }
  }

  private func write(_ data: Data) throws(VideoError) {
    do { try handle.write(contentsOf: data) } catch {
      throw .cannotWrite(file: file, cause: error.localizedDescription)
    }
    position += data.count
  }
}

extension Data {
  fileprivate mutating func append(little value: Int, _ size: Int) {
    for shift in 0..<size { append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
  }
}
