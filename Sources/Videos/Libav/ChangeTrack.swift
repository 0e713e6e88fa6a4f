import CFFmpeg
import Foundation

/// An mp4 file in memory whose frames ``ChangeEncoder`` codes.
final class ChangeTrack {
  private let coder: ChangeEncoder
  private let muxer: Muxer
  private let timeBase: AVRational
  private var packet: UnsafeMutablePointer<AVPacket>?
  private var count = 0

  init(
    width: Int, height: Int, quantiser: Int, framesPerSecond: Int, options: [String: String]
  ) throws(LibavError) {
    let coder = ChangeEncoder(width: width, height: height, quantiser: quantiser)
    self.coder = coder
    timeBase = AVRational(num: 1, den: Int32(framesPerSecond))
    packet = try LibavError.some(av_packet_alloc(), "reserve a packet")
    muxer = try Muxer("mp4")
    try muxer.begin(framesPerSecond: framesPerSecond, options: options) {
      parameters throws(LibavError) in
      parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
      parameters.pointee.codec_id = AV_CODEC_ID_H264
      parameters.pointee.format = AV_PIX_FMT_YUV420P.rawValue
      parameters.pointee.width = Int32(width)
      parameters.pointee.height = Int32(height)
      let sets = coder.parameterSets
      let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE)
      let bytes = try LibavError.some(
        av_mallocz(sets.count + padding), "reserve the parameter sets")
      bytes.copyMemory(from: sets, byteCount: sets.count)
      parameters.pointee.extradata = bytes.assumingMemoryBound(to: UInt8.self)
      parameters.pointee.extradata_size = Int32(sets.count)
    }
  }

  deinit { av_packet_free(&packet) }

  /// Encodes the next frame.
  func append(_ frame: PlanarFrame) throws(LibavError) {
    guard let packet else { return }
    let unit = coder.encode(frame)
    try LibavError.check(av_new_packet(packet, Int32(unit.count)), "reserve frame \(count)")
    defer { av_packet_unref(packet) }
    packet.pointee.data.update(from: unit, count: unit.count)
    packet.pointee.pts = Int64(count)
    packet.pointee.dts = Int64(count)
    if count == 0 { packet.pointee.flags |= AV_PKT_FLAG_KEY }
    try muxer.write(packet, timeBase: timeBase, index: count)
    count += 1
  }

  /// The whole file.
  func finish() throws(LibavError) -> Data { try muxer.finish() }
}
