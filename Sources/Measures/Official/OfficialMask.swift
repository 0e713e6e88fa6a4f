import Videos
import Worlds

/// What the released evaluator keeps of a frame: how many pixels pass a colour's mask, and where.
struct OfficialMask {
  private(set) var count = 0
  private(set) var columns = 0
  /// Counted from the bottom.
  private(set) var rows = 0

  /// The object that the pixels stand for, or nil where none passed.
  func object(width: Int) -> ParsedObject? {
    guard count > 0 else { return nil }
    let area = Double(count)
    let scale = Scene.extent / Double(width)
    return ParsedObject(
      x: Double(columns) / area * scale, y: Double(rows) / area * scale,
      radius: (area / .pi).squareRoot() * scale, present: true)
  }

  /// The red and the blue mask of a frame, in one pass over its painted area.
  ///
  /// A pixel passes when its own channel is above 127 and the other two are below: two channels are
  /// darker than the ground level of 128, so that brighter pixels need no look.
  /// - Parameter area: What is darker than 128, or more.
  static func read(
    _ video: Video, frame: Int, in area: PixelArea
  ) -> (red: OfficialMask, blue: OfficialMask) {
    var (red, blue) = (OfficialMask(), OfficialMask())
    let rowSize = video.width * 3
    let blocks = (area.columns.lowerBound / 16)..<((area.columns.upperBound + 15) / 16)
    video.bytes.withUnsafeBytes { bytes in
      // How many pixels of each column passed, in the bytes of the column's first channel.
      withUnsafeTemporaryAllocation(byteCount: 2 * (rowSize + 48), alignment: 16) { counts in
        guard let start = bytes.baseAddress, let redCounts = counts.baseAddress else { return }
        let blueCounts = redCounts + (rowSize + 48)
        // Bytes count to 255.
        for first in stride(from: area.rows.lowerBound, to: area.rows.upperBound, by: 255) {
          counts.initializeMemory(as: UInt8.self, repeating: 0)
          for row in first..<min(first + 255, area.rows.upperBound) {
            let line = frame * video.frameSize + row * rowSize
            var sums = (red: MaskLanes(repeating: 0), blue: MaskLanes(repeating: 0))
            for block in blocks {
              let place = line + block * 48
              if (block + 1) * 16 <= video.width, place + 50 <= bytes.count {
                MaskBlock.read(
                  start + place, redCounts + block * 48, blueCounts + block * 48, &sums)
              } else {
                // The last columns: a copy with bright pixels after them.
                let rest = min(video.width - block * 16, 16) * 3
                withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { copy in
                  guard let base = copy.baseAddress else { return }
                  copy.initializeMemory(as: UInt8.self, repeating: 255)
                  base.copyMemory(from: start + place, byteCount: rest)
                  MaskBlock.read(base, redCounts + block * 48, blueCounts + block * 48, &sums)
                }
              }
            }
            red.add(sums.red, height: video.height - 1 - row)
            blue.add(sums.blue, height: video.height - 1 - row)
          }
          for column in (blocks.lowerBound * 16)..<min(blocks.upperBound * 16, video.width) {
            red.columns += column * Int(redCounts.load(fromByteOffset: column * 3, as: UInt8.self))
            blue.columns +=
              column * Int(blueCounts.load(fromByteOffset: column * 3, as: UInt8.self))
          }
        }
      }
    }
    return (red, blue)
  }

  /// Adds the pixels of a row.
  @inline(__always)
  private mutating func add(_ lanes: MaskLanes, height: Int) {
    let passed = MaskBlock.sum(lanes)
    count &+= passed
    rows &+= passed &* height
  }
}

/// Sixteen bytes of a row; a lane holds 1 where a pixel that passes begins.
private typealias MaskLanes = SIMD16<UInt8>

/// The masks of sixteen pixels at a time: 48 bytes in three vectors.
private enum MaskBlock {
  /// Ones in the lanes where pixels begin, for each of the three vectors.
  @inline(__always)
  private static var begins: (MaskLanes, MaskLanes, MaskLanes) {
    (
      MaskLanes(1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
      MaskLanes(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0),
      MaskLanes(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)
    )
  }

  /// Adds a block to the counts of its columns and to the sums of its row.
  ///
  /// Reads 50 bytes: the last channels of the last lanes, which no pixel begins in.
  @inline(__always)
  static func read(
    _ pixels: UnsafeRawPointer, _ redCounts: UnsafeMutableRawPointer,
    _ blueCounts: UnsafeMutableRawPointer, _ sums: inout (red: MaskLanes, blue: MaskLanes)
  ) {
    let first = load(pixels, 0)
    let second = load(pixels, 16)
    let third = load(pixels, 32)
    let darkest = unsafeBitCast(first & second & third, to: SIMD2<UInt64>.self)
    let bright: UInt64 = 0x8080_8080_8080_8080
    if darkest.x & darkest.y & bright == bright { return }
    add(first, pixels, 0, begins.0, redCounts, blueCounts, &sums)
    add(second, pixels, 16, begins.1, redCounts, blueCounts, &sums)
    add(third, pixels, 32, begins.2, redCounts, blueCounts, &sums)
  }

  @inline(__always)
  private static func add(
    _ r: MaskLanes, _ pixels: UnsafeRawPointer, _ offset: Int, _ begins: MaskLanes,
    _ redCounts: UnsafeMutableRawPointer, _ blueCounts: UnsafeMutableRawPointer,
    _ sums: inout (red: MaskLanes, blue: MaskLanes)
  ) {
    let g = load(pixels, offset + 1)
    let b = load(pixels, offset + 2)
    // The highest bit of x says x > 127; that of x | x + 1 says x ≥ 127.
    let green = g | (g &+ 1)
    let red = ((r & ~(green | b | (b &+ 1))) &>> 7) & begins
    let blue = ((b & ~(green | r | (r &+ 1))) &>> 7) & begins
    sums.red &+= red
    sums.blue &+= blue
    store(load(redCounts, offset) &+ red, redCounts, offset)
    store(load(blueCounts, offset) &+ blue, blueCounts, offset)
  }

  /// The sum of all lanes.
  @inline(__always)
  static func sum(_ lanes: MaskLanes) -> Int {
    let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    let odd: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs =
      (words.x & odd) &+ (words.x &>> 8 & odd) &+ (words.y & odd) &+ (words.y &>> 8 & odd)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeRawPointer, _ offset: Int) -> MaskLanes {
    bytes.loadUnaligned(fromByteOffset: offset, as: MaskLanes.self)
  }

  @inline(__always)
  private static func store(
    _ lanes: MaskLanes, _ bytes: UnsafeMutableRawPointer, _ offset: Int
  ) {
    bytes.storeBytes(of: lanes, toByteOffset: offset, as: MaskLanes.self)
  }
}
