import CFFmpeg
import Foundation

/// A codec with its settings and the container its packets go into.
struct EncodingPlan {
  var codec: String
  var pixelFormat: AVPixelFormat
  var codecOptions: [String: String] = [:]
  var container: String
  var containerOptions: [String: String] = [:]
}

/// Encodes frames of one size into a container in memory.
final class Encoder {
  private let muxer: Muxer
  private var codec: UnsafeMutablePointer<AVCodecContext>?
  private var packet: UnsafeMutablePointer<AVPacket>?

  init(_ plan: EncodingPlan, width: Int, height: Int, framesPerSecond: Int) throws(LibavError) {
    LibavLog.begin()
    packet = try LibavError.some(av_packet_alloc(), "reserve a packet")
    guard let encoder = avcodec_find_encoder_by_name(plan.codec) else {
      throw LibavError("this build of libavcodec has no encoder \(plan.codec)")
    }
    muxer = try Muxer(plan.container)
    let codec = try LibavError.some(avcodec_alloc_context3(encoder), "start \(plan.codec)")
    self.codec = codec
    codec.pointee.width = Int32(width)
    codec.pointee.height = Int32(height)
    codec.pointee.pix_fmt = plan.pixelFormat
    codec.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
    codec.pointee.framerate = AVRational(num: Int32(framesPerSecond), den: 1)
    codec.pointee.thread_count = 1
    if muxer.wantsGlobalHeader { codec.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    try LibavOptions.with(plan.codecOptions) { options throws(LibavError) in
      try LibavError.check(avcodec_open2(codec, encoder, &options), "start \(plan.codec)")
    }
    try muxer.begin(framesPerSecond: framesPerSecond, options: plan.containerOptions) {
      parameters throws(LibavError) in
      try LibavError.check(
        avcodec_parameters_from_context(parameters, codec), "describe the track")
    }
  }

  deinit {
    avcodec_free_context(&codec)
    av_packet_free(&packet)
  }

  /// Encodes one frame; nil ends the stream.
  func encode(_ picture: Picture?, index: Int) throws(LibavError) {
    guard let codec, let packet else { return }
    picture?.frame.pointee.pts = Int64(index)
    try LibavError.check(avcodec_send_frame(codec, picture?.frame), "encode frame \(index)")
    while true {
      let status = avcodec_receive_packet(codec, packet)
      if status == cffmpeg_error_again() || status == cffmpeg_error_end() { return }
      try LibavError.check(status, "encode frame \(index)")
      try muxer.write(packet, timeBase: codec.pointee.time_base, index: index)
    }
  }

  /// Ends the stream and returns the whole file.
  func finish(frames: Int) throws(LibavError) -> Data {
    try encode(nil, index: frames)
    return try muxer.finish()
  }
}
