import Videos

/// The masks of one frame, of the colours that are asked for, in one pass over the pixels.
struct OfficialMasks {
  /// Red, blue or both.
  struct Colors: OptionSet {
    let rawValue: UInt8

    static let red = Colors(rawValue: 1)
    static let blue = Colors(rawValue: 2)
  }

  private(set) var red = OfficialMask()
  private(set) var blue = OfficialMask()
  private let colors: Colors

  /// Reads a frame.
  ///
  /// Two channels of a pixel that passes are darker than the ground level of 128, so that brighter
  /// cells need no look.
  /// - Parameters:
  ///   - colors: Whose masks are wanted.
  ///   - area: What is darker than 128, or more; nil is the whole frame.
  init(_ video: Video, frame: Int, colors: Colors, in area: PixelArea?) {
    precondition(
      (0..<video.frames).contains(frame), "frame \(frame) of a video of \(video.frames) frames")
    self.colors = colors
    let rowSize = video.width * 3
    let area = area ?? PixelArea(rows: 0..<video.height, columns: 0..<video.width)
    let isWide = area.columns == 0..<video.width
    video.bytes.withUnsafeBytes { bytes in
      for top in stride(from: area.rows.lowerBound, to: area.rows.upperBound, by: MaskCell.height) {
        let rows = top..<min(top + MaskCell.height, area.rows.upperBound)
        let line = frame * video.frameSize + top * rowSize
        let size = rows.count * rowSize
        // Most of a frame is ground: one answer for many bytes.
        if isWide, GroundLevel.half.isReached(.init(rebasing: bytes[line..<(line + size)])) {
          continue
        }
        add(.init(rebasing: bytes[line...]), rows: rows, columns: area.columns, video)
      }
    }
  }

  /// Adds the painted cells of the rows that `band` begins with.
  private mutating func add(
    _ band: UnsafeRawBufferPointer, rows: Range<Int>, columns: Range<Int>, _ video: Video
  ) {
    guard let start = band.baseAddress else { return }
    let rowSize = video.width * 3
    let below = video.height - rows.upperBound
    var column = columns.lowerBound / MaskCell.width * MaskCell.width
    while column < columns.upperBound {
      let last = (rows.count - 1) * rowSize + column * 3
      if column + MaskCell.width <= video.width, last + MaskCell.reach <= band.count {
        let cell = MaskCell(start: start + column * 3, rows: rows.count, rowSize: rowSize)
        add(cell, column: column, below: below)
      } else {
        let size = min(MaskCell.width, video.width - column) * 3
        MaskCell.withCopy(of: start + column * 3, size: size, rows: rows.count, rowSize: rowSize) {
          add($0, column: column, below: below)
        }
      }
      column += MaskCell.width
    }
  }

  @inline(__always)
  private mutating func add(_ cell: MaskCell, column: Int, below: Int) {
    if cell.isGround { return }
    // Copies of the loop, each for colours that the compiler knows.
    let sums =
      switch colors {
      case .red: cell.sums(.red)
      case .blue: cell.sums(.blue)
      default: cell.sums([.red, .blue])
      }
    red.add(sums.red, column: column, below: below)
    blue.add(sums.blue, column: column, below: below)
  }
}
