/// Up to eight rows of sixteen pixels, which the released masks are counted over at a time: the 48
/// bytes of a row are three vectors.
struct MaskCell {
  /// Pixels of a row.
  static let width = 16
  /// Rows at most.
  static let height = 8
  /// Bytes that are read from the start of a row: its own and the other channels of the last one.
  static let reach = size + 2
  private static let size = width * 3

  /// Its first pixel.
  let start: UnsafeRawPointer
  let rows: Int
  /// Bytes from one row to the next.
  let rowSize: Int

  /// How many pixels passed, and the sums of where: columns from the cell's first one, rows up from
  /// its last.
  struct Sums {
    var count, columns, rows: Int
  }

  /// Whether every channel of every pixel is at least 128.
  @inline(__always)
  var isGround: Bool {
    var common = Bytes(repeating: -1)
    for row in 0..<rows {
      let line = start + row &* rowSize
      common &= Self.load(line, 0) & Self.load(line, 16) & Self.load(line, 32)
    }
    let words = unsafeBitCast(common, to: SIMD2<UInt64>.self)
    return words[0] & words[1] & Self.eighths == Self.eighths
  }

  /// The pixels that pass the masks of `colors`, in one pass; nothing for others.
  @inline(__always)
  func sums(_ colors: OfficialMasks.Colors) -> (red: Sums, blue: Sums) {
    var (red, blue) = (Tally(), Tally())
    // Every third byte begins a pixel, another third in each vector.
    add(0, begins: Bytes(-1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1), colors, &red, &blue)
    add(16, begins: Bytes(0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0), colors, &red, &blue)
    add(32, begins: Bytes(0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0), colors, &red, &blue)
    return (red.sums, blue.sums)
  }

  /// Adds one vector of each row.
  @inline(__always)
  private func add(
    _ place: Int, begins: Bytes, _ colors: OfficialMasks.Colors, _ red: inout Tally,
    _ blue: inout Tally
  ) {
    var (reds, blues) = (Tally(), Tally())
    var pixels = start + place
    for _ in 0..<rows {
      let (r, g, b) = (Self.load(pixels, 0), Self.load(pixels, 1), Self.load(pixels, 2))
      // The highest bit says that a byte is above 127, and that of the next number that it is 127.
      let green = g | (g &+ 1)
      if colors.contains(.red) { reds.add(r & ~(green | b | (b &+ 1))) }
      if colors.contains(.blue) { blues.add(b & ~(green | r | (r &+ 1))) }
      pixels += rowSize
    }
    red.join(reds, at: begins)
    blue.join(blues, at: begins)
  }

  /// A cell of fewer pixels, or at the end of what may be read: `body` gets a copy that is white
  /// beyond them.
  @inline(never)
  static func withCopy(
    of start: UnsafeRawPointer, size: Int, rows: Int, rowSize: Int, _ body: (MaskCell) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: 64 * height, alignment: 16) { copy in
      guard let base = copy.baseAddress else { return }
      copy.initializeMemory(as: UInt8.self, repeating: 255)
      for row in 0..<rows {
        (base + row * 64).copyMemory(from: start + row * rowSize, byteCount: size)
      }
      body(MaskCell(start: base, rows: rows, rowSize: 64))
    }
  }
}

private typealias Bytes = SIMD16<Int8>

extension MaskCell {
  private static let eighths: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  private static func load(_ bytes: UnsafeRawPointer, _ offset: Int) -> Bytes {
    bytes.loadUnaligned(fromByteOffset: offset, as: Bytes.self)
  }
}

/// In every byte that begins a pixel how many rows passed, and the sum of these counts from row to
/// row, which a row enters as often as it is counted from below.
private struct Tally {
  private var passed = Bytes.zero
  private var total = Bytes.zero

  /// Counts a row: the highest bit of each byte says whether it passed.
  @inline(__always)
  mutating func add(_ row: Bytes) {
    passed &-= row &>> 7
    total &+= passed
  }

  /// Takes over the bytes of another where a mask is set.
  @inline(__always)
  mutating func join(_ other: Tally, at mask: Bytes) {
    passed |= other.passed & mask
    total |= other.total & mask
  }

  /// The numbers of a cell, once its three vectors are joined.
  @inline(__always)
  var sums: MaskCell.Sums {
    let (even, odd) = Self.halves(passed)
    // The columns of the pixels, in the order in which the vectors' bytes lie.
    let columns =
      even &* SIMD8<UInt16>(0, 6, 12, 2, 8, 14, 4, 10)
      &+ odd &* SIMD8<UInt16>(11, 1, 7, 13, 3, 9, 15, 5)
    let (count, rows) = (Self.sum(even &+ odd), Self.halves(total))
    // The last row was counted once and is none above itself.
    return MaskCell.Sums(
      count: count, columns: Self.sum(columns), rows: Self.sum(rows.0 &+ rows.1) &- count)
  }

  @inline(__always)
  private static func halves(_ bytes: Bytes) -> (SIMD8<UInt16>, SIMD8<UInt16>) {
    let lanes = unsafeBitCast(bytes, to: SIMD8<UInt16>.self)
    return (lanes & 0xFF, lanes &>> 8)
  }

  /// The sum of eight lanes, where it is below 65,536.
  @inline(__always)
  private static func sum(_ lanes: SIMD8<UInt16>) -> Int {
    let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    return Int(truncatingIfNeeded: ((words[0] &+ words[1]) &* 0x0001_0001_0001_0001) &>> 48)
  }
}
