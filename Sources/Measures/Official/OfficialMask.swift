import Videos
import Worlds

/// What the released evaluator keeps of a frame: how many pixels pass a colour's mask, and where.
///
/// A pixel passes when its own channel is above 127 and the other two are below.
struct OfficialMask {
  private(set) var count = 0
  private(set) var columns = 0
  /// Counted from the bottom.
  private(set) var rows = 0

  /// The mask of one colour in a frame.
  ///
  /// Two channels of a pixel that passes are darker than the ground level of 128, so that brighter
  /// areas need no look.
  /// - Parameters:
  ///   - isRed: red, or else blue.
  ///   - area: What is darker than 128, or more.
  init(_ video: Video, frame: Int, isRed: Bool, in area: PixelArea) {
    // Two copies of the loop, each for a colour that the compiler knows.
    if isRed {
      read(video, frame: frame, isRed: true, in: area)
    } else {
      read(video, frame: frame, isRed: false, in: area)
    }
  }

  /// The object that the pixels stand for, or nil where none passed.
  func object(width: Int) -> ParsedObject? {
    guard count > 0 else { return nil }
    let area = Double(count)
    let scale = Scene.extent / Double(width)
    return ParsedObject(
      x: Double(columns) / area * scale, y: Double(rows) / area * scale,
      radius: (area / .pi).squareRoot() * scale, present: true)
  }

  @inline(__always)
  private mutating func read(_ video: Video, frame: Int, isRed: Bool, in area: PixelArea) {
    let (width, height, rowSize) = (video.width, video.height, video.width * 3)
    let firstBlock = area.columns.lowerBound / MaskBlock.pixels
    let blocks = firstBlock..<((area.columns.upperBound - 1) / MaskBlock.pixels + 1)
    video.bytes.withUnsafeBytes { bytes in
      // How many pixels of each column passed, in the byte of the column's first channel.
      let size = blocks.upperBound * MaskBlock.size
      withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { counts in
        guard let start = bytes.baseAddress, let counts = counts.baseAddress else { return }
        // Bytes count to 255.
        for first in stride(from: area.rows.lowerBound, to: area.rows.upperBound, by: 255) {
          counts.initializeMemory(as: UInt8.self, repeating: 0, count: size)
          for row in first..<min(first + 255, area.rows.upperBound) {
            let line = frame * video.frameSize + row * rowSize
            var passed = 0
            for block in blocks {
              let place = line + block * MaskBlock.size
              let columns = counts + block * MaskBlock.size
              let ends = (block + 1) * MaskBlock.pixels > width
              if ends || place + MaskBlock.reach > bytes.count {
                passed &+= MaskBlock.count(
                  start + place, pixels: min(width - block * MaskBlock.pixels, MaskBlock.pixels),
                  isRed: isRed, columns)
              } else {
                passed &+= MaskBlock.count(start + place, isRed: isRed, columns)
              }
            }
            count &+= passed
            rows &+= passed &* (height - 1 - row)
          }
          for column in (blocks.lowerBound * MaskBlock.pixels)..<(size / 3) {
            columns &+= column &* Int(counts.load(fromByteOffset: column * 3, as: UInt8.self))
          }
        }
      }
    }
  }
}

/// A mask over sixteen pixels at a time: 48 bytes in six words.
private enum MaskBlock {
  static let pixels = 16
  /// Bytes of the pixels, and bytes that are read: the other channels of the last byte too.
  static let size = 48
  static let reach = 50

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let eighths: UInt64 = 0x8080_8080_8080_8080

  /// Counts the pixels that pass, and adds them to the counts of their columns.
  @inline(__always)
  static func count(
    _ pixels: UnsafeRawPointer, isRed: Bool, _ columns: UnsafeMutableRawPointer
  ) -> Int {
    var common = eighths
    for word in 0..<6 { common &= load(pixels, word * 8) }
    if common == eighths { return 0 }
    var sum: UInt64 = 0
    for word in 0..<6 {
      let place = word * 8
      let (first, g, last) = (load(pixels, place), load(pixels, place + 1), load(pixels, place + 2))
      let (own, other) = isRed ? (first, last) : (last, first)
      // The highest bit of a byte says that it is above 127, and after this that it is at least 127.
      let fails = g | ((g & sevens) &+ ones) | other | ((other & sevens) &+ ones)
      let passes = ((own & ~fails) &>> 7) & begins(word)
      sum &+= passes
      columns.storeBytes(
        of: load(columns, place) &+ passes, toByteOffset: place, as: UInt64.self)
    }
    return Int(truncatingIfNeeded: (sum &* ones) &>> 56)
  }

  /// The same of fewer pixels, with nothing read beyond them.
  @inline(never)
  static func count(
    _ pixels: UnsafeRawPointer, pixels count: Int, isRed: Bool, _ columns: UnsafeMutableRawPointer
  ) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 56, alignment: 8) { copy in
      guard let base = copy.baseAddress else { return 0 }
      copy.initializeMemory(as: UInt8.self, repeating: 255)
      base.copyMemory(from: pixels, byteCount: count * 3)
      return Self.count(base, isRed: isRed, columns)
    }
  }

  /// Ones in the bytes where pixels begin, word by word: every third byte.
  @inline(__always)
  private static func begins(_ word: Int) -> UInt64 {
    switch word % 3 {
    case 0: 0x0001_0000_0100_0001
    case 1: 0x0100_0001_0000_0100
    default: 0x0000_0100_0001_0000
    }
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
