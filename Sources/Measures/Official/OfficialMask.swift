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

  /// The red and the blue mask of a frame, in one pass over what is not bright.
  ///
  /// A pixel passes when its own channel is above 127 and the other two are below: two channels are
  /// darker than the ground level of 128, so bright pixels need no look.
  static func read(_ video: Video, frame: Int) -> (red: OfficialMask, blue: OfficialMask) {
    var (red, blue) = (OfficialMask(), OfficialMask())
    guard let area = video.paintedArea(ofFrame: frame, below: .half) else { return (red, blue) }
    let rowSize = video.width * 3
    video.bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      for row in area.rows {
        let line = start + frame * video.frameSize + row * rowSize
        var (redRow, blueRow) = (OfficialMask(), OfficialMask())
        var column = area.columns.lowerBound
        while column < area.columns.upperBound {
          let end = min(column + 8, area.columns.upperBound)
          if end - column == 8, isBright(line + column * 3) {
            column = end
            continue
          }
          while column < end {
            let pixel = line.loadUnaligned(
              fromByteOffset: column * 3, as: (UInt8, UInt8, UInt8).self)
            let isRed = pixel.0 > 127 && pixel.1 < 127 && pixel.2 < 127 ? 1 : 0
            let isBlue = pixel.0 < 127 && pixel.1 < 127 && pixel.2 > 127 ? 1 : 0
            redRow.count &+= isRed
            redRow.columns &+= isRed &* column
            blueRow.count &+= isBlue
            blueRow.columns &+= isBlue &* column
            column += 1
          }
        }
        red.add(redRow, height: video.height - 1 - row)
        blue.add(blueRow, height: video.height - 1 - row)
      }
    }
    return (red, blue)
  }

  /// Whether eight pixels have no channel below 128.
  @inline(__always)
  private static func isBright(_ pixels: UnsafeRawPointer) -> Bool {
    let words =
      pixels.loadUnaligned(as: UInt64.self)
      & pixels.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      & pixels.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    return words & GroundLevel.half.word == GroundLevel.half.word
  }

  private mutating func add(_ row: OfficialMask, height: Int) {
    count += row.count
    columns += row.columns
    rows += row.count * height
  }
}
