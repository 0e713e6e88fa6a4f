import CFFmpeg
import Foundation

/// Draws an SVG document through libavcodec, which hands it to librsvg.
///
/// No container is opened and the document has no address, so that nothing it names is fetched.
enum DrawingDecoder {
  /// Whether this FFmpeg was built with librsvg, as Debian's is.
  static var isThere: Bool { avcodec_find_decoder(AV_CODEC_ID_SVG) != nil }

  /// The picture at the size that the document's root names.
  static func decode(_ data: Data) throws(LibavError) -> Image {
    LibavLog.begin()
    guard let decoder = avcodec_find_decoder(AV_CODEC_ID_SVG) else {
      throw LibavError("this FFmpeg has no SVG decoder")
    }
    var codec: UnsafeMutablePointer<AVCodecContext>? = try LibavError.some(
      avcodec_alloc_context3(decoder), "start the SVG decoder")
    defer { avcodec_free_context(&codec) }
    try LibavError.check(avcodec_open2(codec, decoder, nil), "start the SVG decoder")
    var packet: UnsafeMutablePointer<AVPacket>? = try LibavError.some(
      av_packet_alloc(), "reserve a packet")
    defer { av_packet_free(&packet) }
    try LibavError.check(av_new_packet(packet, Int32(data.count)), "reserve a packet")
    data.withUnsafeBytes { bytes in
      guard let source = bytes.baseAddress, let target = packet?.pointee.data else { return }
      UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
    }
    try LibavError.check(avcodec_send_packet(codec, packet), "draw the SVG")
    let picture = try Picture()
    try LibavError.check(avcodec_receive_frame(codec, picture.frame), "draw the SVG")
    let (width, height) = (
      Int(picture.frame.pointee.width), Int(picture.frame.pointee.height)
    )
    let output = try Picture(width: width, height: height, format: AV_PIX_FMT_RGBA)
    try PixelConverter(
      width: width, height: height, from: picture.format, to: AV_PIX_FMT_RGBA
    ).convert(picture, into: output)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * 4)
    output.copyOut(to: &bytes, rowBytes: width * 4)
    return Image(width: width, height: height, overWhite: bytes)
  }
}
