import CFFmpeg

/// A libav frame with its own aligned memory.
///
/// libswscale's fast paths may write a little past a row; aligned rows of libav's own make room.
final class Picture {
  private(set) var frame: UnsafeMutablePointer<AVFrame>

  /// An empty frame for a decoder to fill.
  init() throws(LibavError) {
    frame = try LibavError.some(av_frame_alloc(), "reserve a frame")
  }

  /// A frame of a size and pixel format.
  convenience init(width: Int, height: Int, format: AVPixelFormat) throws(LibavError) {
    try self.init()
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    frame.pointee.format = format.rawValue
    try LibavError.check(av_frame_get_buffer(frame, 0), "reserve a frame")
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&frame)
  }

  var format: AVPixelFormat { AVPixelFormat(rawValue: frame.pointee.format) }

  /// Whether pixels may be transparent.
  var hasAlpha: Bool {
    guard let kind = av_pix_fmt_desc_get(format) else { return false }
    return kind.pointee.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0
  }

  /// Makes sure no encoder still reads the memory, before it is written again.
  func prepareForWriting() throws(LibavError) {
    try LibavError.check(av_frame_make_writable(frame), "reuse a frame")
  }

  /// Copies packed rows of `rowBytes` bytes into the frame's first plane.
  func copyIn(_ bytes: ArraySlice<UInt8>, rowBytes: Int) {
    guard let target = frame.pointee.data.0 else { return }
    let stride = Int(frame.pointee.linesize.0)
    bytes.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      for row in 0..<Int(frame.pointee.height) {
        (target + row * stride).update(from: base + row * rowBytes, count: rowBytes)
      }
    }
  }

  /// Copies one packed row into the frame's first plane.
  func copyIn(_ bytes: ArraySlice<UInt8>, row: Int) {
    guard let target = frame.pointee.data.0 else { return }
    bytes.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      (target + row * Int(frame.pointee.linesize.0)).update(from: base, count: source.count)
    }
  }

  /// The bytes of one of the first three planes, and how many there are from row to row.
  func plane(_ index: Int) -> (bytes: UnsafeMutablePointer<UInt8>, stride: Int)? {
    let (data, sizes) = (frame.pointee.data, frame.pointee.linesize)
    let (bytes, stride) = [(data.0, sizes.0), (data.1, sizes.1), (data.2, sizes.2)][index]
    return bytes.map { ($0, Int(stride)) }
  }

  /// The three planes of a yuv420p frame.
  var planar: PlanarFrame? {
    guard let luma = plane(0), let blue = plane(1), let red = plane(2) else { return nil }
    return PlanarFrame(
      width: Int(frame.pointee.width), height: Int(frame.pointee.height),
      planes: (
        Plane(bytes: luma.bytes, stride: luma.stride),
        Plane(bytes: blue.bytes, stride: blue.stride), Plane(bytes: red.bytes, stride: red.stride)
      ))
  }

  /// Gives a part of a plane one value.
  func fill(plane index: Int, with value: UInt8, rows: Range<Int>, bytes: Range<Int>) {
    guard let plane = plane(index) else { return }
    for row in rows {
      (plane.bytes + row * plane.stride + bytes.lowerBound).update(
        repeating: value, count: bytes.count)
    }
  }

  /// Appends the rows of the frame's first plane, without their padding.
  func copyOut(to bytes: inout [UInt8], rowBytes: Int) {
    guard let source = frame.pointee.data.0 else { return }
    let stride = Int(frame.pointee.linesize.0)
    for row in 0..<Int(frame.pointee.height) {
      bytes.append(contentsOf: UnsafeBufferPointer(start: source + row * stride, count: rowBytes))
    }
  }
}

/// Converts between pixel formats at one size.
final class PixelConverter {
  let source: AVPixelFormat
  private let scaler: OpaquePointer

  init(
    width: Int, height: Int, from source: AVPixelFormat, to target: AVPixelFormat
  ) throws(LibavError) {
    self.source = source
    // The same rounding on every processor. With SWS_ACCURATE_RND white would decode to 253; with
    // these flags the official file decodes to exactly the official frames.
    let flags = SWS_BICUBIC | SWS_BITEXACT
    scaler = try LibavError.some(
      sws_getContext(
        Int32(width), Int32(height), source, Int32(width), Int32(height), target, flags, nil, nil,
        nil), "convert pixels")
  }

  deinit { sws_freeContext(scaler) }

  func convert(_ input: Picture, into output: Picture) throws(LibavError) {
    try LibavError.check(sws_scale_frame(scaler, output.frame, input.frame), "convert pixels")
  }
}
