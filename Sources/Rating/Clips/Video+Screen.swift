import Videos

extension Video {
  /// The same video with pixels repeated until the longer side has about 256 of them, and with the
  /// last column and row repeated where a side is odd.
  ///
  /// yuv420p keeps one colour for each 2 by 2 pixels: of a small clip's pixels nothing is lost when
  /// each is at least that large. Odd sides it cannot hold.
  var onScreen: Video {
    let factor = max(1, 256 / max(width, height, 1))
    let (wide, high) = (width * factor, height * factor)
    let (evenWidth, evenHeight) = (wide + wide % 2, high + high % 2)
    guard evenWidth != width || evenHeight != height else { return self }
    var enlarged: [UInt8] = []
    enlarged.reserveCapacity(frames * evenWidth * evenHeight * 3)
    var line: [UInt8] = []
    for frame in 0..<frames {
      for row in 0..<height {
        line.removeAll(keepingCapacity: true)
        for column in 0..<width {
          let pixel = frame * frameSize + (row * width + column) * 3
          let copies = factor + (column == width - 1 ? evenWidth - wide : 0)
          for _ in 0..<copies { line += bytes[pixel..<(pixel + 3)] }
        }
        let copies = factor + (row == height - 1 ? evenHeight - high : 0)
        for _ in 0..<copies { enlarged += line }
      }
    }
    return Video(frames: frames, height: evenHeight, width: evenWidth, bytes: enlarged)
  }
}
