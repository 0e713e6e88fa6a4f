/// How bright every channel of a pixel must be to count as ground.
///
/// The levels are those whose binary digits are ones followed by zeros: a byte reaches such a level
/// exactly if all of its ones are set. Whole rows can therefore be tested by combining their bytes
/// with *and*, as fast as memory is read.
package enum GroundLevel: UInt8, CaseIterable, Sendable {
  /// 128: what the released evaluator's masks can never accept.
  case half = 0x80
  /// 192: brighter than half-covered edges.
  case bright = 0xC0
  /// 240: white with a decoder's noise.
  case pale = 0xF0
  /// 255: white and nothing else.
  case white = 0xFF

  /// The level in each byte of a word.
  @inline(__always)
  package var word: UInt64 { UInt64(rawValue) &* 0x0101_0101_0101_0101 }
}

extension Video {
  /// The smallest area of a frame that holds every pixel with a channel below `ground`; nil where
  /// there is none.
  ///
  /// Objects are small and the ground is bright: who looks for objects need not look elsewhere. On
  /// a dark or noisy ground the area is the whole frame, and nothing is missed.
  package func paintedArea(ofFrame frame: Int, below ground: GroundLevel) -> PixelArea? {
    precondition((0..<frames).contains(frame), "frame \(frame) of a video of \(frames) frames")
    let rowSize = width * 3
    guard rowSize > 0 else { return nil }
    return bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let picture = start + frame * frameSize
      // What the painted rows have in common, byte by byte: where all are ground, so is the column.
      return withUnsafeTemporaryAllocation(byteCount: rowSize, alignment: 8) { common in
        guard let common = common.baseAddress else { return nil }
        var rows: Range<Int>?
        for row in 0..<height {
          let line = picture + row * rowSize
          guard RowScan.isPainted(line, rowSize, below: ground) else { continue }
          if rows == nil { common.copyMemory(from: line, byteCount: rowSize) }
          RowScan.combine(common, with: line, rowSize)
          rows = (rows?.lowerBound ?? row)..<(row + 1)
        }
        guard let rows else { return nil }
        let columns = RowScan.columns(of: common, rowSize, below: ground)
        return PixelArea(rows: rows, columns: columns)
      }
    }
  }
}

/// Eight bytes at a time over a row; the compiler makes vector instructions of it.
private enum RowScan {
  /// Whether any byte of a row is below the ground.
  @inline(__always)
  static func isPainted(_ row: UnsafeRawPointer, _ count: Int, below ground: GroundLevel) -> Bool {
    var combined = UInt64.max
    for word in 0..<(count / 8) {
      combined &= row.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    }
    var rest = UInt8.max
    for byte in (count / 8 * 8)..<count { rest &= row.load(fromByteOffset: byte, as: UInt8.self) }
    return combined & ground.word != ground.word || rest & ground.rawValue != ground.rawValue
  }

  /// Joins a row into the common bits.
  @inline(__always)
  static func combine(_ common: UnsafeMutableRawPointer, with row: UnsafeRawPointer, _ count: Int) {
    let common = common.assumingMemoryBound(to: UInt8.self)
    let row = row.assumingMemoryBound(to: UInt8.self)
    for byte in 0..<count { common[byte] &= row[byte] }
  }

  /// The columns from the first to the last byte below the ground.
  static func columns(
    of common: UnsafeRawPointer, _ count: Int, below ground: GroundLevel
  ) -> Range<Int> {
    let level = ground.rawValue
    var first = 0
    while first < count, common.load(fromByteOffset: first, as: UInt8.self) & level == level {
      first += 1
    }
    var last = count - 1
    while last > first, common.load(fromByteOffset: last, as: UInt8.self) & level == level {
      last -= 1
    }
    return (first / 3)..<(last / 3 + 1)
  }
}
