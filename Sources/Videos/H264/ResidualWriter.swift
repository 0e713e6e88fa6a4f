/// Writes the levels of blocks, and remembers how many each has: neighbours' codes depend on that.
///
/// Belongs to one thread.
final class ResidualWriter {
  private let columns: Int
  private let bits: BitWriter
  private let codes = CoefficientCodes()
  /// Levels that are not 0 of every block, for luma and both chromas, row by row.
  private let counts: UnsafeMutablePointer<UInt8>
  private let blocks: Int
  private let levels = UnsafeMutablePointer<Int32>.allocate(capacity: 16)
  private let runs = UnsafeMutablePointer<Int>.allocate(capacity: 16)

  init(_ bits: BitWriter, columns: Int, rows: Int) {
    self.columns = columns
    self.bits = bits
    blocks = columns * rows * 4
    counts = .allocate(capacity: 6 * blocks)
    forget()
  }

  deinit {
    counts.deallocate()
    levels.deallocate()
    runs.deallocate()
  }

  /// Starts a frame: no block has any level.
  func forget() { counts.initialize(repeating: 0, count: 6 * blocks) }

  /// Luma's mean levels of a macroblock whose first block is (x, y).
  func writeMeans(_ block: BlockTransform.Rows, _ x: Int, _ y: Int) {
    _ = write(block, first: 0, context: context(0, x, y))
  }

  /// A block of luma at (x, y) in blocks, from level `first` on.
  func writeLuma(_ block: BlockTransform.Rows, _ x: Int, _ y: Int, first: Int) {
    let count = write(block, first: first, context: context(0, x, y))
    counts[y &* columns &* 4 &+ x] = UInt8(truncatingIfNeeded: count)
  }

  /// The mean levels of one chroma.
  func writeChromaMeans(_ values: SIMD4<Int32>) {
    for number in 0..<4 { levels[number] = values[number] }
    _ = write(total: 4, context: 4)
  }

  /// A block of chroma at (x, y) in blocks.
  func writeChroma(_ block: BlockTransform.Rows, _ plane: Int, _ x: Int, _ y: Int) {
    let count = write(block, first: 1, context: context(plane, x, y))
    counts[start(plane) &+ y &* columns &* 2 &+ x] = UInt8(truncatingIfNeeded: count)
  }

  /// Where the counts of a plane begin.
  private func start(_ plane: Int) -> Int { plane == 0 ? 0 : (3 &+ plane) &* blocks }

  /// Which table of counts holds at a block, by the blocks above and to the left.
  private func context(_ plane: Int, _ x: Int, _ y: Int) -> Int {
    let width = columns &* (plane == 0 ? 4 : 2)
    let place = start(plane) &+ y &* width &+ x
    let left = x > 0 ? Int(counts[place &- 1]) : 0
    let above = y > 0 ? Int(counts[place &- width]) : 0
    switch x > 0 && y > 0 ? (left &+ above &+ 1) &>> 1 : left &+ above {
    case ..<2: return 0
    case ..<4: return 1
    case ..<8: return 2
    default: return 3
    }
  }

  private func write(_ block: BlockTransform.Rows, first: Int, context: Int) -> Int {
    withUnsafeBytes(of: block) { bytes in
      let values = bytes.bindMemory(to: Int32.self)
      for place in first..<16 { levels[place &- first] = values[Int(codes.zigzag[place])] }
    }
    return write(total: 16 - first, context: context)
  }

  /// Writes the first `total` of ``levels``.
  private func write(total: Int, context: Int) -> Int {
    // The levels that are not 0, the last one first at place 15, each with the zeros before it.
    var count = 0
    var last = total
    var zeros = 0
    var place = total &- 1
    while place >= 0 {
      if levels[place] != 0 {
        if count > 0 { runs[count &- 1] = last &- place &- 1 } else { zeros = place &+ 1 }
        last = place
        levels[15 &- count] = levels[place]
        count &+= 1
      }
      place &-= 1
    }
    zeros &-= count
    var ones = 0
    while ones < min(count, 3), abs(levels[15 &- ones]) == 1 { ones &+= 1 }
    bits.put(codes.counts[context &* 68 &+ 4 &* count &+ ones])
    if count == 0 { return 0 }
    for number in 0..<ones { bits.put(levels[15 &- number] < 0 ? 1 : 0, 1) }
    var suffix = count > 10 && ones < 3 ? 1 : 0
    for number in ones..<count {
      let level = Int(levels[15 &- number])
      var code = level > 0 ? 2 * level - 2 : -2 * level - 1
      // A level that would have been among the ones is not there.
      if number == ones, ones < 3 { code -= 2 }
      write(level: code, suffix)
      if suffix == 0 { suffix = 1 }
      if abs(level) > 3 << (suffix - 1), suffix < 6 { suffix += 1 }
    }
    if count < total {
      bits.put((total == 4 ? codes.chromaZeros : codes.zeros)[16 &* (count &- 1) &+ zeros])
    }
    for number in 0..<(count &- 1) where zeros > 0 {
      bits.put(codes.runs[16 &* (min(zeros, 7) &- 1) &+ runs[number]])
      zeros &-= runs[number]
    }
    return count
  }

  /// A level's code: as many zeros as its high bits say, a one, and its low bits.
  private func write(level code: Int, _ suffix: Int) {
    if suffix == 0, code < 14 {
      bits.put(1, code + 1)
    } else if suffix == 0, code < 30 {
      bits.put(1, 15)
      bits.put(code - 14, 4)
    } else if suffix > 0, code < 15 << suffix {
      bits.put(1, code >> suffix + 1)
      bits.put(code & (1 << suffix - 1), suffix)
    } else {
      bits.put(1, 16)
      bits.put(code - (suffix == 0 ? 30 : 15 << suffix), 12)
    }
  }
}
