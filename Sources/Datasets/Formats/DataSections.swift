import Foundation

extension Data {
  /// `count` bytes from `offset`, nil beyond the end.
  func section(_ offset: Int, _ count: Int) -> Data? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      return nil
    }
    return self[(startIndex + offset)..<(startIndex + offset + count)]
  }

  /// A little-endian number of `size` bytes at `offset`, nil beyond the end.
  func littleEndian(_ offset: Int, size: Int) -> UInt64? {
    section(offset, size)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
