extension Video {
  /// The video as in a mirror: left and right change places in every frame.
  ///
  /// A body at x is then at `Scene.extent - x`, because the outermost pixel centres lie on the
  /// world's edges.
  public func flippedHorizontally() -> Video {
    let flipped = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
      count = bytes.count
      bytes.withUnsafeBufferPointer { source in
        for line in stride(from: 0, to: bytes.count, by: max(width * 3, 1)) {
          for column in 0..<width {
            let from = line + column * 3
            let to = line + (width - 1 - column) * 3
            for channel in 0..<3 { target[to + channel] = source[from + channel] }
          }
        }
      }
    }
    return Video(frames: frames, height: height, width: width, bytes: flipped)
  }
}
