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

  /// Whether every byte reaches the level.
  package func isReached(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    let count = bytes.count
    // Vectors of 64 bytes, two in turn, so that no test waits for the one before.
    var (a, b) = (SIMD8<UInt64>(repeating: .max), SIMD8<UInt64>(repeating: .max))
    var place = 0
    while place &+ 128 <= count {
      a &= start.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
      b &= start.loadUnaligned(fromByteOffset: place &+ 64, as: SIMD8<UInt64>.self)
      place &+= 128
    }
    a &= b
    let half = a.lowHalf & a.highHalf
    let quarter = half.lowHalf & half.highHalf
    var rest = UInt8.max
    while place < count {
      rest &= start.load(fromByteOffset: place, as: UInt8.self)
      place &+= 1
    }
    return quarter[0] & quarter[1] & word == word && rest & rawValue == rawValue
  }
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
      let scan = RowScan(count: rowSize, ground: ground)
      // What the painted rows have in common, byte by byte: where all are ground, so is the column.
      return withUnsafeTemporaryAllocation(byteCount: rowSize, alignment: 8) { common in
        guard let common = common.baseAddress else { return nil }
        var rows: Range<Int>?
        for band in stride(from: 0, to: height, by: RowScan.band) {
          let end = min(band + RowScan.band, height)
          guard scan.isPainted(picture + band * rowSize, rows: end - band) else { continue }
          for row in band..<end {
            let line = picture + row * rowSize
            guard scan.isPainted(line, rows: 1) else { continue }
            if rows == nil {
              common.copyMemory(from: line, byteCount: rowSize)
            } else {
              scan.combine(common, with: line)
            }
            rows = (rows?.lowerBound ?? row)..<(row + 1)
          }
        }
        guard let rows else { return nil }
        return PixelArea(rows: rows, columns: scan.columns(of: common))
      }
    }
  }

  /// The painted area of every frame; see `paintedArea(ofFrame:below:)`.
  package func paintedAreas(below ground: GroundLevel) -> [PixelArea?] {
    (0..<frames).map { paintedArea(ofFrame: $0, below: ground) }
  }
}

/// What is done with whole rows.
private struct RowScan {
  /// Bytes in a row.
  let count: Int
  /// The ground's level, and the same in each byte of a word.
  let ground: GroundLevel
  let level: UInt8
  let word: UInt64

  init(count: Int, ground: GroundLevel) {
    self.count = count
    self.ground = ground
    level = ground.rawValue
    word = ground.word
  }

  /// Rows that are tested at once: one answer for many bytes, and most bands are ground.
  static let band = 8

  /// Whether any byte of some rows, one behind the other, is below the ground.
  @inline(__always)
  func isPainted(_ start: UnsafeRawPointer, rows: Int) -> Bool {
    !ground.isReached(UnsafeRawBufferPointer(start: start, count: count * rows))
  }

  /// Joins a row into the common bits.
  @inline(__always)
  func combine(_ common: UnsafeMutableRawPointer, with row: UnsafeRawPointer) {
    let common = common.assumingMemoryBound(to: UInt8.self)
    let row = row.assumingMemoryBound(to: UInt8.self)
    for byte in 0..<count { common[byte] &= row[byte] }
  }

  /// The columns from the first to the last byte below the ground.
  func columns(of common: UnsafeRawPointer) -> Range<Int> {
    func isGround(_ byte: Int) -> Bool {
      common.load(fromByteOffset: byte, as: UInt8.self) & level == level
    }
    func isGround(wordAt byte: Int) -> Bool {
      common.loadUnaligned(fromByteOffset: byte, as: UInt64.self) & word == word
    }
    var first = 0
    while first + 8 <= count, isGround(wordAt: first) { first += 8 }
    while first < count, isGround(first) { first += 1 }
    var end = count
    while end - 8 > first, isGround(wordAt: end - 8) { end -= 8 }
    while end - 1 > first, isGround(end - 1) { end -= 1 }
    return (first / 3)..<((end - 1) / 3 + 1)
  }
}
