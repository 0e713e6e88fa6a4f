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
    var result = [UInt8](repeating: 0, count: frames * rows * size * 3)
    bytes.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        for row in 0..<(frames * rows) {
          for column in 0..<size {
            averageBlock(
              source, width: width, row: row * factor, column: column * factor, factor: factor,
              into: target, at: (row * size + column) * 3)
          }
        }
      }
    }
    return Video(frames: frames, height: rows, width: size, bytes: result)
  }
}

/// Writes the rounded mean of one block: the single definition both averaging paths share.
@inline(__always)
func averageBlock(
  _ source: UnsafeBufferPointer<UInt8>, width: Int, row: Int, column: Int, factor: Int,
  into target: UnsafeMutableBufferPointer<UInt8>, at index: Int
) {
  var red = 0
  var green = 0
  var blue = 0
  for y in row..<(row + factor) {
    var offset = (y * width + column) * 3
    for _ in 0..<factor {
      red += Int(source[offset])
      green += Int(source[offset + 1])
      blue += Int(source[offset + 2])
      offset += 3
    }
  }
  let count = factor * factor
  target[index] = UInt8((red + count / 2) / count)
  target[index + 1] = UInt8((green + count / 2) / count)
  target[index + 2] = UInt8((blue + count / 2) / count)
}
