extension Video {
  /// The video at a smaller square-pixel size, each pixel the mean of the k by k block it covers.
  ///
  /// The mean is taken over the 8-bit values and rounded to the nearest whole number, halves up.
  ///
  /// - Parameter size: the new width; the height shrinks by the same factor.
  /// - Throws: ``VideoError/size(_:)`` when `size` does not divide the width, or the same factor
  ///   does not divide the height.
  public func areaAveraged(to size: Int) throws(VideoError) -> Video {
    guard size > 0, width.isMultiple(of: size), height.isMultiple(of: width / size) else {
      throw .size(
        "a \(width) by \(height) video cannot be averaged to width \(size); "
          + "choose a divisor of \(width)")
    }
    let factor = width / size
    guard factor > 1 else { return self }
    let rows = height / factor
    let mean = BlockMean(factor: factor)
    let result = [UInt8](unsafeUninitializedCapacity: frames * rows * size * 3) { target, count in
      count = frames * rows * size * 3
      bytes.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for row in 0..<(frames * rows) {
          mean.average(
            source + row * factor * width * 3, width: width, 0..<size, into: target + row * size * 3
          )
        }
      }
    }
    return Video(frames: frames, height: rows, width: size, bytes: result)
  }
}

/// The rounded mean of square blocks of pixels: the single definition all averaging shares.
struct BlockMean {
  /// Pixels along a block's side.
  let factor: Int
  private let count: Int
  /// The binary logarithm of the pixel count where it is whole; shifting is faster than dividing.
  private let shift: Int?

  init(factor: Int) {
    self.factor = factor
    count = factor * factor
    shift = count.nonzeroBitCount == 1 ? count.trailingZeroBitCount : nil
  }

  /// Writes the means of some blocks of a block row.
  ///
  /// - Parameters:
  ///   - source: the first byte of the block row's first line, `width` pixels each.
  ///   - line: the first byte of the averaged row.
  @inline(__always)
  func average(
    _ source: UnsafePointer<UInt8>, width: Int, _ blocks: Range<Int>,
    into line: UnsafeMutablePointer<UInt8>
  ) {
    for block in blocks {
      var red = count / 2
      var green = count / 2
      var blue = count / 2
      var corner = source + block * factor * 3
      for _ in 0..<factor {
        for column in 0..<factor {
          red += Int(corner[column * 3])
          green += Int(corner[column * 3 + 1])
          blue += Int(corner[column * 3 + 2])
        }
        corner += width * 3
      }
      let pixel = line + block * 3
      pixel[0] = quotient(red)
      pixel[1] = quotient(green)
      pixel[2] = quotient(blue)
    }
  }

  @inline(__always)
  private func quotient(_ sum: Int) -> UInt8 {
    if let shift { return UInt8(truncatingIfNeeded: sum &>> shift) }
    return UInt8(truncatingIfNeeded: sum / count)
  }
}
