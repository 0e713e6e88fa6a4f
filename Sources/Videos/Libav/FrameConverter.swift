import CFFmpeg

/// Brings a video's frames into an encoder's pixel format, one after the other.
final class FrameConverter {
  private let video: Video
  private let planar: PlanarFrames
  private let target: Picture
  private var held: Int?

  /// A converter to packed RGB or to yuv420p.
  init(_ video: Video, to format: AVPixelFormat) throws(LibavError) {
    self.video = video
    planar = PlanarFrames(video)
    target = try Picture(width: video.width, height: video.height, format: format)
  }

  /// Frame `index`, valid until the next one is asked for.
  func picture(_ index: Int) throws(LibavError) -> Picture {
    try target.prepareForWriting()
    if target.format == AV_PIX_FMT_YUV420P {
      let planes = try LibavError.some(target.planar, "reuse a frame")
      planar.write(index, into: planes, follows: index > 0 && held == index - 1)
      held = index
    } else {
      let start = index * video.frameSize
      target.copyIn(video.bytes[start..<(start + video.frameSize)], rowBytes: video.width * 3)
    }
    return target
  }
}

extension VideoFile {
  /// The yuv420p planes that the encoder gets, frame by frame.
  ///
  /// - Parameter ours: false for libswscale's conversion, which tests compare with ours.
  package static func encoderInput(_ video: Video, ours: Bool = true) throws -> [UInt8] {
    let (width, height) = (video.width, video.height)
    let planar = try FrameConverter(video, to: AV_PIX_FMT_YUV420P)
    let packed = try FrameConverter(video, to: AV_PIX_FMT_RGB24)
    let theirs = try Picture(width: width, height: height, format: AV_PIX_FMT_YUV420P)
    let converter = try PixelConverter(
      width: width, height: height, from: AV_PIX_FMT_RGB24, to: AV_PIX_FMT_YUV420P)
    var bytes: [UInt8] = []
    for index in 0..<video.frames {
      var picture = theirs
      if ours {
        picture = try planar.picture(index)
      } else {
        try converter.convert(try packed.picture(index), into: theirs)
      }
      for (number, half) in [1, 2, 2].enumerated() {
        guard let plane = picture.plane(number) else { continue }
        for row in 0..<(height / half) {
          let start = plane.bytes + row * plane.stride
          bytes += UnsafeBufferPointer(start: start, count: width / half)
        }
      }
    }
    return bytes
  }
}
