import Videos

/// Colour ids to red, green and blue, each pixel the mean of `factor` by `factor` ids' colours,
/// rounded to the nearest whole number, halves up.
struct ColorReduction {
  let factor: Int
  /// Pixels along each side of the result.
  let size: Int
  /// For one id: its colour as four bytes, the last one unused.
  private let flat: [UInt32]
  /// For four ids of three bits each: the mean of their colours.
  private let quads: [UInt32]

  /// A reduction to a divisor of the raster's size.
  ///
  /// - Throws: `VideoError.size` for any other size.
  init(size: Int) throws(VideoError) {
    guard size > 0, IDRaster.side.isMultiple(of: size) else {
      throw .size(
        "\(size) pixels: scenes are painted at \(IDRaster.side) pixels and averaged to a divisor; "
          + "choose 512, 256, 128, 64, 32, 16 or 8")
    }
    self.size = size
    factor = IDRaster.side / size
    flat = (0..<8).map { Self.mean([UInt8($0)]) }
    quads = (0..<4096).map { key in
      Self.mean([0, 3, 6, 9].map { UInt8(key >> $0 & 7) })
    }
  }

  private static func mean(_ ids: [UInt8]) -> UInt32 {
    let colors = ids.map(TestbedColor.rgb(ofID:))
    func channel(_ values: [UInt8]) -> UInt32 {
      UInt32((values.reduce(0) { $0 + Int($1) } + values.count / 2) / values.count)
    }
    return channel(colors.map(\.red)) | channel(colors.map(\.green)) << 8
      | channel(colors.map(\.blue)) << 16
  }

  /// Writes the pixels of a white picture that something is painted on; row 0 of `target` is the top.
  func write(
    _ ids: UnsafePointer<UInt8>, _ extents: RowExtents, to target: UnsafeMutablePointer<UInt8>
  ) {
    for row in 0..<size {
      let first = (size - 1 - row) * factor
      let columns = columns(extents, rows: first..<(first + factor))
      guard !columns.isEmpty else { continue }
      let start = target + (row * size + columns.lowerBound) * 3
      let source = ids + first * IDRaster.side + columns.lowerBound * factor
      switch factor {
      case 1: copy(source, count: columns.count, to: start)
      case 2: halve(source, count: columns.count, to: start)
      default: average(source, count: columns.count, to: start)
      }
    }
  }

  /// Columns of the result that something is painted in.
  private func columns(_ extents: RowExtents, rows: Range<Int>) -> Range<Int> {
    var left = Int.max
    var right = 0
    for row in rows {
      let columns = extents.columns(row)
      if columns.isEmpty { continue }
      left = min(left, columns.lowerBound)
      right = max(right, columns.upperBound)
    }
    return right > 0 ? (left / factor)..<((right - 1) / factor + 1) : 0..<0
  }

  private func put(_ color: UInt32, _ target: UnsafeMutablePointer<UInt8>) {
    target[0] = UInt8(truncatingIfNeeded: color)
    target[1] = UInt8(truncatingIfNeeded: color >> 8)
    target[2] = UInt8(truncatingIfNeeded: color >> 16)
  }

  private func copy(
    _ source: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    flat.withUnsafeBufferPointer { colors in
      for column in 0..<count { put(colors[Int(source[column] & 7)], target + column * 3) }
    }
  }

  private func halve(
    _ source: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    let above = UnsafeRawPointer(source)
    let below = UnsafeRawPointer(source + IDRaster.side)
    quads.withUnsafeBufferPointer { colors in
      var column = 0
      while column < count {
        // Eight ids at a time where nothing is painted: the picture is white there already.
        if column + 4 <= count,
          above.loadUnaligned(fromByteOffset: 2 * column, as: UInt64.self)
            | below.loadUnaligned(fromByteOffset: 2 * column, as: UInt64.self) == 0
        {
          column += 4
          continue
        }
        for column in column..<min(column + 4, count) {
          let a = Int(above.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self))
          let b = Int(below.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self))
          let key = (a | a >> 5) & 63 | ((b | b >> 5) & 63) << 6
          put(colors[key], target + column * 3)
        }
        column += 4
      }
    }
  }

  private func average(
    _ source: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    let pixels = factor * factor
    for column in 0..<count {
      var (red, green, blue) = (pixels / 2, pixels / 2, pixels / 2)
      for row in 0..<factor {
        let line = source + row * IDRaster.side + column * factor
        for place in 0..<factor {
          let color = flat[Int(line[place] & 7)]
          red += Int(color & 255)
          green += Int(color >> 8 & 255)
          blue += Int(color >> 16 & 255)
        }
      }
      let mean = UInt32(red / pixels) | UInt32(green / pixels) << 8 | UInt32(blue / pixels) << 16
      put(mean, target + column * 3)
    }
  }
}
