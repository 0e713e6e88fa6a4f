import CFFmpeg

/// Brings a video's frames into an encoder's pixel format, one after the other.
final class FrameConverter {
  private let video: Video
  private let source: Picture
  private let target: Picture
  private let converter: PixelConverter?
  private let window: WindowConverter?

  /// A converter to `format`; packed RGB is only copied. `windows` is false only where tests want to
  /// see what converting whole frames gives.
  init(
    _ video: Video, to format: AVPixelFormat, windows: Bool = true
  ) throws(LibavError) {
    self.video = video
    target = try Picture(width: video.width, height: video.height, format: format)
    if format == AV_PIX_FMT_RGB24 {
      (source, converter, window) = (target, nil, nil)
      return
    }
    window =
      windows && format == AV_PIX_FMT_YUV420P ? try WindowConverter(video, target) : nil
    if window != nil {
      (source, converter) = (target, nil)
    } else {
      source = try Picture(width: video.width, height: video.height, format: AV_PIX_FMT_RGB24)
      converter = try PixelConverter(
        width: video.width, height: video.height, from: AV_PIX_FMT_RGB24, to: format)
    }
  }

  /// Frame `index`, valid until the next one is asked for.
  func picture(_ index: Int) throws(LibavError) -> Picture {
    try target.prepareForWriting()
    if let window {
      try window.convert(index, into: target)
      return target
    }
    let start = index * video.frameSize
    try source.prepareForWriting()
    source.copyIn(video.bytes[start..<(start + video.frameSize)], rowBytes: video.width * 3)
    try converter?.convert(source, into: target)
    return target
  }
}

extension VideoFile {
  /// The yuv420p planes that the encoder gets, frame by frame, through windows or whole frames.
  package static func encoderInput(_ video: Video, windows: Bool) throws -> [UInt8] {
    let converter = try FrameConverter(video, to: AV_PIX_FMT_YUV420P, windows: windows)
    var bytes: [UInt8] = []
    for index in 0..<video.frames {
      let picture = try converter.picture(index)
      for (number, half) in [1, 2, 2].enumerated() {
        guard let plane = picture.plane(number) else { continue }
        for row in 0..<(video.height / half) {
          let start = plane.bytes + row * plane.stride
          bytes += UnsafeBufferPointer(start: start, count: video.width / half)
        }
      }
    }
    return bytes
  }
}
