import CFFmpeg
import Foundation

/// PNG pictures and GIF films through libavcodec.
public enum ImageFile {
  /// The bytes of a PNG file; every pixel is kept exactly.
  ///
  /// - Throws: ``VideoError``
  public static func png(_ image: Image) throws(VideoError) -> Data {
    try requirePixels(frames: 1, width: image.width, height: image.height)
    let plan = EncodingPlan(codec: "png", pixelFormat: AV_PIX_FMT_RGB24, container: "image2pipe")
    do {
      let encoder = try Encoder(
        plan, width: image.width, height: image.height, framesPerSecond: 1)
      let picture = try Picture(
        width: image.width, height: image.height, format: AV_PIX_FMT_RGB24)
      picture.copyIn(image.bytes[...], rowBytes: image.width * 3)
      try encoder.encode(picture, index: 0)
      return try encoder.finish(frames: 1)
    } catch {
      throw .cannotEncode(cause: error.text)
    }
  }

  /// The bytes of an endlessly repeating GIF.
  ///
  /// Videos of up to 256 colours keep them exactly; others are reduced to 256 colours.
  ///
  /// - Parameter framesPerSecond: 1 to 50, kept to a hundredth of a second.
  /// - Throws: ``VideoError``
  public static func gif(_ video: Video, framesPerSecond: Int = 10) throws(VideoError) -> Data {
    try requirePixels(frames: video.frames, width: video.width, height: video.height)
    guard (1...50).contains(framesPerSecond) else {
      throw .size("\(framesPerSecond) frames per second do not fit a GIF; choose 1 to 50")
    }
    let palette = Palette(of: video)
    let plan = EncodingPlan(codec: "gif", pixelFormat: AV_PIX_FMT_PAL8, container: "gif")
    do {
      let encoder = try Encoder(
        plan, width: video.width, height: video.height, framesPerSecond: framesPerSecond)
      for index in 0..<video.frames {
        let picture = try Picture(
          width: video.width, height: video.height, format: AV_PIX_FMT_PAL8)
        picture.copyIn(palette.indices(of: video, frame: index)[...], rowBytes: video.width)
        picture.setPalette(palette.colors)
        try encoder.encode(picture, index: index)
      }
      return try encoder.finish(frames: video.frames)
    } catch {
      throw .cannotEncode(cause: error.text)
    }
  }

  /// The picture in a PNG file's bytes; what is transparent lies over white. `name` is what errors call it.
  ///
  /// - Throws: ``VideoError``
  public static func image(
    png data: Data, name: String = "PNG picture"
  ) throws(VideoError) -> Image {
    guard data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw .notAVideo(file: name, cause: "it does not begin with the PNG signature")
    }
    guard data.suffix(12).starts(with: [0, 0, 0, 0] + Array("IEND".utf8)) else {
      throw .damaged(file: name, cause: "the end of the PNG is missing")
    }
    return try VideoFile.video(from: data, name: name).frame(0)
  }

  /// Whether SVG documents can be drawn: FFmpeg must be built with librsvg, as Debian's is.
  public static var drawsSVG: Bool { DrawingDecoder.isThere }

  /// An SVG document drawn at the size in pixels that its root names; what is transparent lies over
  /// white. Custom properties and media queries of its style are not known to the library.
  ///
  /// - Throws: ``VideoError``; ``VideoError/cannotEncode(cause:)`` where ``drawsSVG`` is false.
  public static func image(svg: String, name: String = "SVG drawing") throws(VideoError) -> Image {
    guard drawsSVG else {
      throw .cannotEncode(
        cause: "this FFmpeg draws no SVG; install one that is built with librsvg")
    }
    do {
      return try DrawingDecoder.decode(Data(svg.utf8))
    } catch {
      throw .notAVideo(file: name, cause: error.text)
    }
  }

  /// Writes a PNG file under a temporary name and renames it.
  ///
  /// - Throws: ``VideoError``
  public static func writePNG(_ image: Image, to url: URL) throws(VideoError) {
    try VideoFile.save(try png(image), to: url)
  }

  /// Writes a GIF file under a temporary name and renames it.
  ///
  /// - Throws: ``VideoError``
  public static func writeGIF(
    _ video: Video, to url: URL, framesPerSecond: Int = 10
  ) throws(VideoError) {
    try VideoFile.save(try gif(video, framesPerSecond: framesPerSecond), to: url)
  }

  private static func requirePixels(frames: Int, width: Int, height: Int) throws(VideoError) {
    guard frames > 0, (1...16_384).contains(width), (1...16_384).contains(height) else {
      throw .size(
        "\(frames) frames of \(width) by \(height) pixels cannot be stored; "
          + "sides are 1 to 16384 pixels and there must be a frame")
    }
  }
}

extension Picture {
  /// Sets the colours (0xRRGGBB) of a palette frame; unused ones are black.
  fileprivate func setPalette(_ colors: [UInt32]) {
    guard let bytes = frame.pointee.data.1 else { return }
    bytes.withMemoryRebound(to: UInt32.self, capacity: 256) { entries in
      for number in 0..<256 {
        entries[number] = 0xFF00_0000 | (number < colors.count ? colors[number] : 0)
      }
    }
  }
}
