extension Video {
  /// The video as in a mirror: left and right change places in every frame.
  ///
  /// A body at x is then at `Scene.extent - x`, because the outermost pixel centres lie on the
  /// world's edges.
  public func flippedHorizontally() -> Video {
    var flipped = self
    flipped.bytes.withUnsafeMutableBufferPointer { Video.mirrorRows(of: $0, width: width) }
    return flipped
  }

  /// Turns every row of RGB pixels around in place.
  package static func mirrorRows(of pixels: UnsafeMutableBufferPointer<UInt8>, width: Int) {
    for row in stride(from: 0, to: pixels.count, by: max(width * 3, 1)) {
      for column in 0..<(width / 2) {
        let left = row + column * 3
        let right = row + (width - 1 - column) * 3
        for channel in 0..<3 { pixels.swapAt(left + channel, right + channel) }
      }
    }
  }
}
