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
  private let memory = MemoryBytes()
  private let stream: MemoryStream
  private var codec: UnsafeMutablePointer<AVCodecContext>?
  private var container: UnsafeMutablePointer<AVFormatContext>?
  private var track: UnsafeMutablePointer<AVStream>?
  private var packet: UnsafeMutablePointer<AVPacket>?

  init(_ plan: EncodingPlan, width: Int, height: Int, framesPerSecond: Int) throws(LibavError) {
    LibavLog.begin()
    stream = try MemoryStream(memory, writing: true)
    packet = try LibavError.some(av_packet_alloc(), "reserve a packet")
    guard let encoder = avcodec_find_encoder_by_name(plan.codec) else {
      throw LibavError("this build of libavcodec has no encoder \(plan.codec)")
    }
    try LibavError.check(
      avformat_alloc_output_context2(&container, nil, plan.container, nil),
      "make a \(plan.container) container")
    let container = try LibavError.some(self.container, "make a container")
    container.pointee.pb = stream.context
    shareMemory(with: container)

    let codec = try LibavError.some(avcodec_alloc_context3(encoder), "start \(plan.codec)")
    self.codec = codec
    codec.pointee.width = Int32(width)
    codec.pointee.height = Int32(height)
    codec.pointee.pix_fmt = plan.pixelFormat
    codec.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
    codec.pointee.framerate = AVRational(num: Int32(framesPerSecond), den: 1)
    codec.pointee.thread_count = 1
    if container.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
      codec.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    }
    try Encoder.withOptions(plan.codecOptions) { options throws(LibavError) in
      try LibavError.check(avcodec_open2(codec, encoder, &options), "start \(plan.codec)")
    }

    let track = try LibavError.some(avformat_new_stream(container, nil), "add a track")
    self.track = track
    track.pointee.time_base = codec.pointee.time_base
    track.pointee.avg_frame_rate = codec.pointee.framerate
    try LibavError.check(
      avcodec_parameters_from_context(track.pointee.codecpar, codec), "describe the track")
    try Encoder.withOptions(plan.containerOptions) { options throws(LibavError) in
      try LibavError.check(avformat_write_header(container, &options), "write the header")
    }
  }

  deinit {
    avcodec_free_context(&codec)
    avformat_free_context(container)
    av_packet_free(&packet)
  }

  /// Encodes one frame; nil ends the stream.
  func encode(_ picture: Picture?, index: Int) throws(LibavError) {
    guard let codec, let container, let track, let packet else { return }
    picture?.frame.pointee.pts = Int64(index)
    try LibavError.check(avcodec_send_frame(codec, picture?.frame), "encode frame \(index)")
    while true {
      let status = avcodec_receive_packet(codec, packet)
      if status == cffmpeg_error_again() || status == cffmpeg_error_end() { return }
      try LibavError.check(status, "encode frame \(index)")
      // Without a duration the last frame has no length, and players and decoders drop it.
      packet.pointee.duration = 1
      packet.pointee.stream_index = track.pointee.index
      av_packet_rescale_ts(packet, codec.pointee.time_base, track.pointee.time_base)
      try LibavError.check(av_interleaved_write_frame(container, packet), "write frame \(index)")
    }
  }

  /// Ends the stream and returns the whole file.
  func finish(frames: Int) throws(LibavError) -> Data {
    try encode(nil, index: frames)
    try LibavError.check(av_write_trailer(container), "finish the file")
    avio_flush(stream.context)
    return memory.bytes
  }

  /// Lets the mp4 writer read back what it wrote: it does so to move the index to the front.
  private func shareMemory(with container: UnsafeMutablePointer<AVFormatContext>) {
    container.pointee.opaque = Unmanaged.passUnretained(memory).toOpaque()
    container.pointee.io_open = { context, result, _, flags, _ in
      guard let opaque = context?.pointee.opaque, let result, flags & AVIO_FLAG_WRITE == 0 else {
        return cffmpeg_error_invalid()
      }
      let memory = Unmanaged<MemoryBytes>.fromOpaque(opaque).takeUnretainedValue()
      guard let reader = try? MemoryStream(memory, writing: false) else {
        return cffmpeg_error_memory()
      }
      result.pointee = reader.context
      _ = Unmanaged.passRetained(reader)
      return 0
    }
    container.pointee.io_close2 = { _, stream in
      if let opaque = stream?.pointee.opaque {
        Unmanaged<MemoryStream>.fromOpaque(opaque).release()
      }
      return 0
    }
  }

  private static func withOptions(
    _ options: [String: String],
    _ body: (inout OpaquePointer?) throws(LibavError) -> Void
  ) throws(LibavError) {
    var dictionary: OpaquePointer?
    defer { av_dict_free(&dictionary) }
    for (name, value) in options { av_dict_set(&dictionary, name, value, 0) }
    try body(&dictionary)
    // What is left was not understood.
    if let left = av_dict_get(dictionary, "", nil, AV_DICT_IGNORE_SUFFIX) {
      throw LibavError("libav does not know the option \(String(cString: left.pointee.key))")
    }
  }
}
