import CFFmpeg
import Foundation

/// Puts coded frames into a container in memory.
final class Muxer {
  private let memory = MemoryBytes()
  private let stream: MemoryStream
  private var container: UnsafeMutablePointer<AVFormatContext>?
  private var track: UnsafeMutablePointer<AVStream>?

  /// Starts a container by libav's name, such as `mp4`.
  init(_ name: String) throws(LibavError) {
    LibavLog.begin()
    stream = try MemoryStream(memory, writing: true)
    try LibavError.check(
      avformat_alloc_output_context2(&container, nil, name, nil), "make a \(name) container")
    let container = try LibavError.some(self.container, "make a container")
    container.pointee.pb = stream.context
    shareMemory(with: container)
  }

  deinit { avformat_free_context(container) }

  /// Whether the codec's parameter sets belong into the container's header.
  var wantsGlobalHeader: Bool {
    container.map { $0.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 } ?? false
  }

  /// Adds the track and writes the header.
  ///
  /// - Parameter describe: fills in what the track holds.
  func begin(
    framesPerSecond: Int, options: [String: String],
    describe: (UnsafeMutablePointer<AVCodecParameters>) throws(LibavError) -> Void
  ) throws(LibavError) {
    let container = try LibavError.some(self.container, "make a container")
    let track = try LibavError.some(avformat_new_stream(container, nil), "add a track")
    self.track = track
    track.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
    track.pointee.avg_frame_rate = AVRational(num: Int32(framesPerSecond), den: 1)
    try describe(try LibavError.some(track.pointee.codecpar, "describe the track"))
    try LibavOptions.with(options) { options throws(LibavError) in
      try LibavError.check(avformat_write_header(container, &options), "write the header")
    }
  }

  /// Writes a frame whose times are in units of `timeBase`.
  func write(
    _ packet: UnsafeMutablePointer<AVPacket>, timeBase: AVRational, index: Int
  ) throws(LibavError) {
    guard let container, let track else { return }
    // Without a duration the last frame has no length, and players and decoders drop it.
    packet.pointee.duration = 1
    packet.pointee.stream_index = track.pointee.index
    av_packet_rescale_ts(packet, timeBase, track.pointee.time_base)
    try LibavError.check(av_interleaved_write_frame(container, packet), "write frame \(index)")
  }

  /// Ends the file and returns the whole of it.
  func finish() throws(LibavError) -> Data {
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
}

/// Options for libav by name.
enum LibavOptions {
  /// Calls `body` with a dictionary of options.
  ///
  /// - Throws: what `body` throws, and an error that names an option nobody took.
  static func with(
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
