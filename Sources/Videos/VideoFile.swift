import CFFmpeg
import Foundation

/// mp4 files through libavformat and libavcodec; reading also takes GIF, Matroska and AVI.
public enum VideoFile {
  /// Writes an mp4 file under a temporary name and renames it.
  ///
  /// - Parameters:
  ///   - quality: the official H.264 at rate factor 25 unless told otherwise.
  ///   - framesPerSecond: the speed it plays at, 1 to 1000; it says nothing about the physics.
  /// - Throws: ``VideoError``
  public static func write(
    _ video: Video, to url: URL, quality: VideoQuality = .official, framesPerSecond: Int = 10
  ) throws(VideoError) {
    let data = try mp4Data(video, quality: quality, framesPerSecond: framesPerSecond)
    try save(data, to: url)
  }

  /// The bytes of an mp4 file with its index at the front, ready for a web page.
  ///
  /// - Throws: ``VideoError/size(_:)`` for a video without frames or (except lossless) with an odd
  ///   side, ``VideoError/cannotEncode(cause:)`` when the encoder refuses.
  public static func mp4Data(
    _ video: Video, quality: VideoQuality = .official, framesPerSecond: Int = 10
  ) throws(VideoError) -> Data {
    guard video.frames > 0, video.width > 0, video.height > 0 else {
      throw .size(
        "a video of \(video.frames) frames, \(video.width) by \(video.height) pixels "
          + "cannot be stored; it needs at least one frame and one pixel")
    }
    guard case .lossless = quality else {
      let encoder = try PlanarVideoEncoder(
        width: video.width, height: video.height, quality: quality,
        framesPerSecond: framesPerSecond)
      let frames = PlanarFrames(video)
      for index in 0..<video.frames {
        try encoder.append { frames.write(index, into: $0, follows: index > 0) }
      }
      return try encoder.finish()
    }
    guard (1...1000).contains(framesPerSecond) else {
      throw .size("\(framesPerSecond) frames per second cannot be stored; choose 1 to 1000")
    }
    do {
      return try encode(
        video,
        EncodingPlan(
          codec: "libx264rgb", pixelFormat: AV_PIX_FMT_RGB24, codecOptions: ["qp": "0"],
          container: "mp4", containerOptions: containerOptions), framesPerSecond: framesPerSecond)
    } catch {
      throw .cannotEncode(cause: error.text)
    }
  }

  /// The index goes to the front.
  static let containerOptions = ["movflags": "+faststart"]

  /// What libx264 is told.
  static func plan(crf: Int, _ preset: EncoderPreset, width: Int) -> EncodingPlan {
    var options = preset.options
    options["crf"] = String(crf)
    // x264's vector code for the macroblock tree reads past rows that are no multiple of 16
    // macroblocks, and the same frames then give one of several files. Without the tree they
    // give one, a third larger.
    if !width.isMultiple(of: 256) { options["mbtree"] = "0" }
    return EncodingPlan(
      codec: "libx264", pixelFormat: AV_PIX_FMT_YUV420P, codecOptions: options, container: "mp4",
      containerOptions: containerOptions)
  }

  /// Reads all frames of a video file.
  ///
  /// - Throws: ``VideoError`` naming the file: missing, not a video, or cut short.
  public static func read(_ url: URL) throws(VideoError) -> Video {
    try video(from: try load(url), name: url.path)
  }

  /// Reads all frames of a video file in memory; `name` is what errors call it.
  ///
  /// - Throws: ``VideoError``
  public static func video(from data: Data, name: String) throws(VideoError) -> Video {
    let decoder = try decoder(of: data, name: name)
    do {
      return try decoder.decode()
    } catch {
      throw .damaged(file: name, cause: error.text)
    }
  }

  /// Decodes a video file in memory frame by frame, so that no more than one frame is held; `name`
  /// is what errors call it.
  ///
  /// - Parameters:
  ///   - maximumPixels: the most pixels of a frame; larger frames are refused before they are
  ///     decoded.
  ///   - body: gets every frame in order, and returns false when it wants no more.
  /// - Throws: ``VideoError``
  public static func decode(
    _ data: Data, name: String, maximumPixels: Int = 16_384 * 16_384, _ body: (Image) -> Bool
  ) throws(VideoError) {
    let decoder = try decoder(of: data, name: name, maximumPixels: maximumPixels)
    do {
      try decoder.decode { (image) throws(LibavError) in body(image) }
    } catch {
      throw .damaged(file: name, cause: error.text)
    }
  }

  private static func decoder(
    of data: Data, name: String, maximumPixels: Int = Decoder.maximumPixels
  ) throws(VideoError) -> Decoder {
    guard !data.isEmpty else { throw .notAVideo(file: name, cause: "the file is empty") }
    let decoder: Decoder
    do {
      decoder = try Decoder(data, maximumPixels: maximumPixels)
    } catch {
      throw .notAVideo(file: name, cause: error.text)
    }
    // A GIF ends with a semicolon; libav takes one that is cut anywhere for whole.
    if decoder.containerName == "gif", data.last(where: { $0 != 0 }) != UInt8(ascii: ";") {
      throw .damaged(file: name, cause: "the end of the GIF is missing")
    }
    return decoder
  }

  /// The bytes of a file.
  static func load(_ url: URL) throws(VideoError) -> Data {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(file: url.path) }
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: url.path, cause: error.localizedDescription)
    }
  }

  /// Writes bytes under a temporary name beside the target and renames them into place.
  static func save(_ data: Data, to url: URL) throws(VideoError) {
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      throw .cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }

  private static func encode(
    _ video: Video, _ plan: EncodingPlan, framesPerSecond: Int
  ) throws(LibavError) -> Data {
    let encoder = try Encoder(
      plan, width: video.width, height: video.height, framesPerSecond: framesPerSecond)
    let frames = try FrameConverter(video, to: plan.pixelFormat)
    for index in 0..<video.frames {
      try encoder.encode(try frames.picture(index), index: index)
    }
    return try encoder.finish(frames: video.frames)
  }
}
