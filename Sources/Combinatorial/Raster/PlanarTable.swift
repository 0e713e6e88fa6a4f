import Videos

/// Colour ids at full size to the planes of H.264, from tables of what the few colours are there.
///
/// The same numbers as by way of a picture in RGB: luma of every pixel, chroma of the mean of the four
/// colours of two by two pixels.
struct PlanarTable {
  /// For four ids of three bits each: luma of the four in the four lower bytes, then both chroma.
  private let blocks: [UInt64]

  init() {
    let colors = (0..<8).map { TestbedColor.rgb(ofID: UInt8($0)) }
    // One video of all blocks of four ids, two rows high, tells what the planes are.
    let ids = (0..<4096).map { key in [0, 3, 6, 9].map { key >> $0 & 7 } }
    var bytes: [UInt8] = []
    for pair in [(0, 1), (2, 3)] {
      for block in ids {
        for color in [colors[block[pair.0]], colors[block[pair.1]]] {
          bytes += [color.red, color.green, color.blue]
        }
      }
    }
    let planes = Video(frames: 1, height: 2, width: 8192, bytes: bytes).planes(ofFrame: 0)
    blocks = (0..<4096).map { key in
      let values = [
        planes.luma[2 * key], planes.luma[2 * key + 1], planes.luma[8192 + 2 * key],
        planes.luma[8192 + 2 * key + 1], planes.blue[key], planes.red[key],
      ]
      return values.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// Writes the part of a picture of ids that two sets of columns span, those painted now and those
  /// painted in the frame that `target` holds.
  func write(
    _ ids: UnsafePointer<UInt8>, _ now: RowExtents, _ before: RowExtents?, to target: PlanarFrame
  ) {
    let side = IDRaster.side
    blocks.withUnsafeBufferPointer { blocks in
      for row in stride(from: 0, to: side, by: 2) {
        // Row 0 of ids is the lowest.
        let lower = side - 2 - row
        let columns = before.map { now.pair(lower).spanning($0.pair(lower)) } ?? 0..<side
        guard !columns.isEmpty else { continue }
        let (first, end) = (columns.lowerBound & ~1, (columns.upperBound + 1) & ~1)
        let above = UnsafeRawPointer(ids + (lower + 1) * side)
        let below = UnsafeRawPointer(ids + lower * side)
        let upperLuma = UnsafeMutableRawPointer(target.luma + row * target.lumaStride)
        let lowerLuma = upperLuma + target.lumaStride
        let blue = target.blue + row / 2 * target.chromaStride
        let red = target.red + row / 2 * target.chromaStride
        for column in stride(from: first, to: end, by: 2) {
          let a = Int(above.loadUnaligned(fromByteOffset: column, as: UInt16.self))
          let b = Int(below.loadUnaligned(fromByteOffset: column, as: UInt16.self))
          let block = blocks[(a | a >> 5) & 63 | ((b | b >> 5) & 63) << 6]
          upperLuma.storeBytes(
            of: UInt16(truncatingIfNeeded: block), toByteOffset: column, as: UInt16.self)
          lowerLuma.storeBytes(
            of: UInt16(truncatingIfNeeded: block >> 16), toByteOffset: column, as: UInt16.self)
          blue[column / 2] = UInt8(truncatingIfNeeded: block >> 32)
          red[column / 2] = UInt8(truncatingIfNeeded: block >> 40)
        }
      }
    }
  }
}

extension RowExtents {
  /// The columns of two rows, this and the next.
  fileprivate func pair(_ row: Int) -> Range<Int> { columns(row).spanning(columns(row + 1)) }
}

extension Range<Int> {
  /// The least range that holds both.
  fileprivate func spanning(_ other: Range<Int>) -> Range<Int> {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
