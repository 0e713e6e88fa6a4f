import CFFmpeg

/// How a file says its frames are to be turned before they are shown: phones store them as the
/// sensor has them.
struct Orientation: Equatable {
  /// Shown columns run along stored rows.
  var isTransposed = false
  /// Shown columns run against the stored direction.
  var mirrorsColumns = false
  /// Shown rows run against the stored direction.
  var mirrorsRows = false

  /// Shown as stored.
  static let upright = Orientation()
  /// Whether frames are shown as stored.
  var isUpright: Bool { self == .upright }

  private init() {}

  /// What a track's display matrix says.
  ///
  /// - Throws: for a turn that is no multiple of 90 degrees.
  init(of track: UnsafeMutablePointer<AVStream>) throws(LibavError) {
    var size = 0
    guard let bytes = av_stream_get_side_data(track, AV_PKT_DATA_DISPLAYMATRIX, &size),
      size >= 36
    else { return }
    // Row vectors, 16.16 fixed point: x' = a x + c y, y' = b x + d y; entries 0, 1, 3, 4.
    let (a, b, c, d) = bytes.withMemoryRebound(to: Int32.self, capacity: 9) {
      (Double($0[0]), Double($0[1]), Double($0[3]), Double($0[4]))
    }
    let straight = max(abs(a), abs(d))
    let crossed = max(abs(b), abs(c))
    guard min(straight, crossed) <= 0.01 * max(straight, crossed) else {
      throw LibavError("its frames are turned by an angle that is no multiple of 90 degrees")
    }
    isTransposed = crossed > straight
    mirrorsColumns = (isTransposed ? c : a) < 0
    mirrorsRows = (isTransposed ? b : d) < 0
  }
}

extension Image {
  /// The picture as a display matrix wants it shown.
  func turned(_ turn: Orientation) -> Image {
    let (columns, rows) = turn.isTransposed ? (height, width) : (width, height)
    var turned = [UInt8]()
    turned.reserveCapacity(bytes.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = turn.mirrorsColumns ? columns - 1 - column : column
        let y = turn.mirrorsRows ? rows - 1 - row : row
        let pixel = (turn.isTransposed ? x * width + y : y * width + x) * 3
        turned.append(bytes[pixel])
        turned.append(bytes[pixel + 1])
        turned.append(bytes[pixel + 2])
      }
    }
    return Image(width: columns, height: rows, bytes: turned)
  }

  /// A picture with transparency, `height * width * 4` bytes, laid over white.
  init(width: Int, height: Int, overWhite rgba: [UInt8]) {
    var bytes = [UInt8]()
    bytes.reserveCapacity(width * height * 3)
    for pixel in stride(from: 0, to: width * height * 4, by: 4) {
      let alpha = Int(rgba[pixel + 3])
      for channel in 0..<3 {
        let value = Int(rgba[pixel + channel])
        // Opaque pixels, nearly all of them, keep their byte.
        let over = alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255
        bytes.append(UInt8(truncatingIfNeeded: over))
      }
    }
    self.init(width: width, height: height, bytes: bytes)
  }
}
