extension Video {
  /// The planes that an encoder of H.264 gets for a frame, without gaps between rows.
  ///
  /// - Precondition: both sides are even, and there is such a frame.
  public func planes(ofFrame index: Int) -> (luma: [UInt8], blue: [UInt8], red: [UInt8]) {
    precondition(
      width.isMultiple(of: 2) && height.isMultiple(of: 2) && (0..<frames).contains(index),
      "frame \(index) of \(frames), \(width) by \(height) pixels")
    let memory = PlanarMemory(width: width, height: height)
    let frame = memory.frame
    PlanarFrames(self).write(index, into: frame)
    // The memory lives as long as what is read from it.
    return withExtendedLifetime(memory) {
      func bytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
      }
      let area = width * height
      return (
        bytes(frame.luma, area), bytes(frame.blue, area / 4), bytes(frame.red, area / 4)
      )
    }
  }
}
