import Foundation

/// Tells whether any byte of a set on disk has changed.
///
/// ``VideoSource/identity`` looks at lists and at the ends of files, which is enough to tell one set from another; a
/// resumed run wants to know that every video is still what it was. Not cryptographic: it finds accidents.
public enum SourceContent {
  private static let piece = 1 << 20

  /// Sixteen hexadecimal digits that change when the bytes of any file of the source do, or the order of its files.
  ///
  /// Reads everything once, at about the speed of the disk.
  /// - Throws: ``DatasetError`` naming a file that cannot be read.
  public static func digest(of source: any StoredVideoSource) throws(DatasetError) -> String {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    var last = ""
    for index in 0..<(source.count ?? 0) {
      let place = source.place(of: index)
      var path = place.file
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        guard let key = place.key else { continue }
        path += "/" + key
      }
      guard path != last else { continue }
      last = path
      try add(file: path, place, to: &hash)
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func add(
    file path: String, _ place: DatasetPlace, to hash: inout UInt64
  ) throws(DatasetError) {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      var length: UInt64 = 0
      while let data = try file.read(upToCount: piece), !data.isEmpty {
        data.withUnsafeBytes { hash = mixed($0, into: hash) }
        length += UInt64(data.count)
      }
      hash = (hash ^ length) &* 0xBF58_476D_1CE4_E5B9
    } catch {
      throw place.error(error.localizedDescription)
    }
  }

  /// Four words at a time, so that their products need not wait for each other.
  private static func mixed(_ bytes: UnsafeRawBufferPointer, into start: UInt64) -> UInt64 {
    let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    var (a, b, c, d) = (start, ~start, start &* factor, start ^ factor)
    func turned(_ x: UInt64) -> UInt64 { x << 29 | x >> 35 }
    var place = 0
    while place + 32 <= bytes.count {
      a = turned((a ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* factor)
      b = turned((b ^ bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)) &* factor)
      c = turned((c ^ bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self)) &* factor)
      d = turned((d ^ bytes.loadUnaligned(fromByteOffset: place + 24, as: UInt64.self)) &* factor)
      place += 32
    }
    while place < bytes.count {
      a = turned((a ^ UInt64(bytes[place])) &* factor)
      place += 1
    }
    return [b, c, d].reduce(a) { turned(($0 ^ $1) &* factor) }
  }
}
