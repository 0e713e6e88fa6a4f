import CFFmpeg
import Foundation

/// Decodes the first video track of a file in memory to RGB frames.
final class Decoder {
  /// Containers that are tried. Playlists and the like, which would open other files, are not.
  private static let containers = "mov,mp4,m4a,3gp,3g2,mj2,gif,matroska,webm,avi,png_pipe"
  /// The most bytes of pixels that are decoded: protects from a small file with a huge promise.
  static let maximumBytes = 8 << 30
  private static let maximumSide: Int32 = 16_384
  /// The most pixels of one frame that are decoded.
  static let maximumPixels = Int(maximumSide) * Int(maximumSide)

  private let stream: MemoryStream
  private var container: UnsafeMutablePointer<AVFormatContext>?
  private var codec: UnsafeMutablePointer<AVCodecContext>?
  private var packet: UnsafeMutablePointer<AVPacket>?
  private let picture: Picture
  private let maximumPixels: Int
  private var converter: PixelConverter?
  private var output: Picture?
  private var turn = Orientation.upright
  private var frames = 0

  /// Opens the file and starts the decoder.
  ///
  /// - Parameter maximumPixels: the most pixels of a frame.
  init(_ data: Data, maximumPixels: Int = Decoder.maximumPixels) throws(LibavError) {
    self.maximumPixels = maximumPixels
    LibavLog.begin()
    stream = try MemoryStream(MemoryBytes(data), writing: false)
    picture = try Picture()
    packet = try LibavError.some(av_packet_alloc(), "reserve a packet")
    container = try LibavError.some(avformat_alloc_context(), "reserve a container")
    container?.pointee.pb = stream.context
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    av_dict_set(&options, "format_whitelist", Decoder.containers, 0)
    av_dict_set(&options, "protocol_whitelist", "", 0)
    // On failure this frees the container and sets it to nil.
    try LibavError.check(avformat_open_input(&container, nil, nil, &options), "open")
    try LibavError.check(avformat_find_stream_info(container, nil), "look for tracks")
  }

  deinit {
    avcodec_free_context(&codec)
    avformat_close_input(&container)
    av_packet_free(&packet)
  }

  /// The container's name, such as `gif`.
  var containerName: String {
    container?.pointee.iformat.map { String(cString: $0.pointee.name) } ?? ""
  }

  /// What the file says about its video track, before anything is decoded.
  func information() throws(LibavError) -> VideoInformation {
    guard let container else { throw LibavError("nothing is open") }
    let index = try LibavError.check(
      av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0), "find a video track")
    guard let track = container.pointee.streams[Int(index)], let codec = track.pointee.codecpar
    else { throw LibavError("no video track") }
    let rate = track.pointee.avg_frame_rate
    var pixels = AVPixelFormat(rawValue: codec.pointee.format)
    // Of very short videos libav says it only when they have been decoded.
    if pixels == AV_PIX_FMT_NONE {
      _ = try decode()
      pixels = converter?.source ?? pixels
    }
    let format = av_get_pix_fmt_name(pixels)
    return VideoInformation(
      codec: String(cString: avcodec_get_name(codec.pointee.codec_id)),
      pixelFormat: format.map { String(cString: $0) } ?? "unknown",
      width: Int(codec.pointee.width), height: Int(codec.pointee.height),
      frames: Int(avformat_index_get_entries_count(track)),
      framesPerSecond: rate.den > 0 ? Double(rate.num) / Double(rate.den) : nil)
  }

  /// All frames.
  func decode() throws(LibavError) -> Video {
    var bytes: [UInt8] = []
    var size = (width: 0, height: 0)
    try decode { (frame) throws(LibavError) in
      guard bytes.count + frame.bytes.count <= Decoder.maximumBytes else {
        throw LibavError("more than \(Decoder.maximumBytes) bytes of pixels")
      }
      size = (frame.width, frame.height)
      bytes += frame.bytes
      return true
    }
    return Video(frames: frames, height: size.height, width: size.width, bytes: bytes)
  }

  /// All frames, one after the other, until `take` says false.
  func decode(_ take: (Image) throws(LibavError) -> Bool) throws(LibavError) {
    guard let container, let packet else { throw LibavError("nothing is open") }
    var decoder: UnsafePointer<AVCodec>?
    let index = try LibavError.check(
      av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0), "find a video track")
    guard let track = container.pointee.streams[Int(index)] else {
      throw LibavError("no video track")
    }
    let codec = try LibavError.some(avcodec_alloc_context3(decoder), "start the decoder")
    self.codec = codec
    try LibavError.check(
      avcodec_parameters_to_context(codec, track.pointee.codecpar), "read the track's description")
    codec.pointee.thread_count = 1
    codec.pointee.max_pixels = Int64(maximumPixels)
    codec.pointee.err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
    try LibavError.check(avcodec_open2(codec, decoder, nil), "start the decoder")

    turn = try Orientation(of: track)
    let promised = Int(avformat_index_get_entries_count(track))
    var packets = 0
    while true {
      let status = av_read_frame(container, packet)
      if status == cffmpeg_error_end() { break }
      try LibavError.check(status, "read frame \(frames)")
      defer { av_packet_unref(packet) }
      guard packet.pointee.stream_index == index else { continue }
      guard packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0 else {
        throw LibavError("frame \(packets) is cut short")
      }
      packets += 1
      try LibavError.check(avcodec_send_packet(codec, packet), "decode frame \(frames)")
      guard try receive(from: codec, take) else { return }
    }
    guard packets >= promised else {
      throw LibavError("the file promises \(promised) frames and holds \(packets)")
    }
    try LibavError.check(avcodec_send_packet(codec, nil), "decode the last frames")
    _ = try receive(from: codec, take)
    guard frames > 0 else { throw LibavError("it holds no frames") }
  }

  /// Hands over what the decoder has ready; false when no more is wanted.
  private func receive(
    from codec: UnsafeMutablePointer<AVCodecContext>, _ take: (Image) throws(LibavError) -> Bool
  ) throws(LibavError) -> Bool {
    while true {
      let status = avcodec_receive_frame(codec, picture.frame)
      if status == cffmpeg_error_again() || status == cffmpeg_error_end() { return true }
      try LibavError.check(status, "decode frame \(frames)")
      let frame = picture.frame.pointee
      guard frame.decode_error_flags == 0, frame.flags & AV_FRAME_FLAG_CORRUPT == 0 else {
        throw LibavError("frame \(frames) is damaged")
      }
      let image = try rgb()
      frames += 1
      guard try take(turn.isUpright ? image : image.turned(turn)) else { return false }
    }
  }

  /// The decoded picture in RGB; what is transparent lies over white.
  private func rgb() throws(LibavError) -> Image {
    let frame = picture.frame.pointee
    guard (1...Decoder.maximumSide).contains(frame.width),
      (1...Decoder.maximumSide).contains(frame.height),
      Int(frame.width) * Int(frame.height) <= maximumPixels
    else { throw LibavError("frames of \(frame.width) by \(frame.height) pixels are too large") }
    if let output,
      output.frame.pointee.width != frame.width
        || output.frame.pointee.height != frame.height
    {
      throw LibavError("the size changes at frame \(frames)")
    }
    let (width, height) = (Int(frame.width), Int(frame.height))
    let format = picture.hasAlpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24
    if converter?.source != picture.format {
      converter = try PixelConverter(
        width: width, height: height, from: picture.format, to: format)
      output = nil
    }
    let output =
      if let output { output } else {
        try Picture(width: width, height: height, format: format)
      }
    self.output = output
    try converter?.convert(picture, into: output)
    var bytes: [UInt8] = []
    if picture.hasAlpha {
      bytes.reserveCapacity(width * height * 4)
      output.copyOut(to: &bytes, rowBytes: width * 4)
      return Image(width: width, height: height, overWhite: bytes)
    }
    bytes.reserveCapacity(width * height * 3)
    output.copyOut(to: &bytes, rowBytes: width * 3)
    return Image(width: width, height: height, bytes: bytes)
  }
}
