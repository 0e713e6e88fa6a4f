import Videos

/// The pixels of the painted window of a frame.
struct InkWindow {
  private let origin: UnsafePointer<UInt8>
  private let rowSize: Int

  /// The window `area` of a frame, from the first byte of the video.
  init(_ start: UnsafePointer<UInt8>, _ video: Video, frame: Int, _ area: PixelArea) {
    rowSize = video.width * 3
    origin =
      start + frame * video.frameSize + area.rows.lowerBound * rowSize
      + area.columns.lowerBound * 3
  }

  @inline(__always)
  func ink(row: Int, column: Int) -> PixelInk { PixelInk(origin + row * rowSize + column * 3) }
}
