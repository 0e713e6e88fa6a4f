import Foundation

/// One 512-byte header of a tar file in the ustar format.
package struct TarHeader: Hashable {
  package static let blockSize = 512

  /// Name with folders, at most 100 bytes (255 with the prefix field when read).
  package var name: String
  /// Bytes of content.
  package var size: Int
  /// The kind of entry: `0` or nothing for a plain file.
  package var kind: UInt8 = UInt8(ascii: "0")

  /// A plain file's header.
  init(name: String, size: Int) {
    self.name = name
    self.size = size
  }

  /// Reads a block.
  ///
  /// - Throws: a text that says what is wrong.
  package init(block: Data) throws(TarHeaderProblem) {
    let bytes = Array(block)
    guard bytes.count == TarHeader.blockSize else { throw TarHeaderProblem("is cut short") }
    guard bytes[257..<262].elementsEqual("ustar".utf8) else {
      throw TarHeaderProblem("is not of the ustar format")
    }
    // The sum is taken with blanks in place of itself.
    let sum = bytes.enumerated().reduce(0) { $0 + ((148..<156).contains($1.0) ? 32 : Int($1.1)) }
    guard TarHeader.octal(bytes[148..<156]) == sum else {
      throw TarHeaderProblem("fails its checksum")
    }
    func text(_ range: Range<Int>) -> String {
      String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self)
    }
    let prefix = bytes[262] == 0 ? text(345..<500) : ""
    name = prefix.isEmpty ? text(0..<100) : "\(prefix)/\(text(0..<100))"
    guard let size = TarHeader.octal(bytes[124..<136]) else {
      throw TarHeaderProblem("has a size that is no octal number")
    }
    self.size = size
    kind = bytes[156]
  }

  /// The header's bytes; the same for the same name and size: no times, no owners.
  var block: Data {
    var bytes = [UInt8](repeating: 0, count: TarHeader.blockSize)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { bytes[offset + index] = byte }
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(String(decoding: name.utf8.prefix(100), as: UTF8.self), at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(size, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    bytes[156] = kind
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = bytes.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6), at: 148)
    bytes[154] = 0
    return Data(bytes)
  }

  /// What follows content of `size` bytes up to the next block.
  package static func padding(_ size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

  /// An octal number, blanks and zeros around it; nil for anything else or beyond 8 GB.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let text = String(decoding: field.filter { $0 != 0 }, as: UTF8.self)
      .trimmingCharacters(in: .whitespaces)
    guard !text.isEmpty, text.allSatisfy({ ("0"..."7").contains($0) }) else { return nil }
    return Int(text, radix: 8)
  }
}

/// What is wrong with a header.
package struct TarHeaderProblem: Error {
  package var text: String

  init(_ text: String) { self.text = text }
}
