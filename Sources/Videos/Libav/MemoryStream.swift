import CFFmpeg
import Foundation

/// Bytes in memory that several cursors read or write.
final class MemoryBytes {
  var bytes: Data

  init(_ bytes: Data = Data()) { self.bytes = bytes }
}

/// A libav stream over bytes in memory, so that libav never touches a file.
///
/// The stream must outlive every libav object that uses its context.
final class MemoryStream {
  private static let bufferSize = 32_768

  private let memory: MemoryBytes
  private let isWriting: Bool
  private var position = 0
  private(set) var context: UnsafeMutablePointer<AVIOContext>?

  init(_ memory: MemoryBytes, writing: Bool) throws(LibavError) {
    self.memory = memory
    isWriting = writing
    let buffer = try LibavError.some(av_malloc(Self.bufferSize), "reserve a buffer")
    context = avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), writing ? 1 : 0,
      Unmanaged.passUnretained(self).toOpaque(),
      { opaque, target, count in
        MemoryStream.of(opaque)?.read(into: target, count: count) ?? cffmpeg_error_io()
      },
      { opaque, source, count in
        MemoryStream.of(opaque)?.write(from: source, count: count) ?? cffmpeg_error_io()
      },
      { opaque, offset, whence in
        MemoryStream.of(opaque)?.seek(to: offset, whence: whence) ?? Int64(cffmpeg_error_io())
      })
    if context == nil {
      av_free(buffer)
      throw LibavError(cffmpeg_error_memory(), during: "reserve a stream")
    }
  }

  deinit {
    // libav may have replaced the buffer it was given.
    if let context { av_freep(&context.pointee.buffer) }
    avio_context_free(&context)
  }

  private static func of(_ opaque: UnsafeMutableRawPointer?) -> MemoryStream? {
    opaque.map { Unmanaged<MemoryStream>.fromOpaque($0).takeUnretainedValue() }
  }

  private func read(into target: UnsafeMutablePointer<UInt8>?, count: Int32) -> Int32 {
    let available = min(Int(count), memory.bytes.count - position)
    guard available > 0, let target else { return cffmpeg_error_end() }
    let start = memory.bytes.startIndex + position
    memory.bytes.copyBytes(to: target, from: start..<(start + available))
    position += available
    return Int32(available)
  }

  private func write(from source: UnsafePointer<UInt8>?, count: Int32) -> Int32 {
    guard let source, count > 0 else { return 0 }
    let end = position + Int(count)
    if end > memory.bytes.count {
      memory.bytes.append(Data(count: end - memory.bytes.count))
    }
    memory.bytes.replaceSubrange(
      position..<end, with: UnsafeRawPointer(source), count: Int(count))
    position = end
    return count
  }

  private func seek(to offset: Int64, whence: Int32) -> Int64 {
    let base: Int64
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(memory.bytes.count)
    case SEEK_SET: base = 0
    case SEEK_CUR: base = Int64(position)
    case SEEK_END: base = Int64(memory.bytes.count)
    default: return Int64(cffmpeg_error_invalid())
    }
    // Past the end there is nothing to read: an error here is how a file that is cut short shows
    // itself. A writer may go there: the mp4 writer does so to make room for an index that is longer
    // than the frames.
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0, isWriting || target <= Int64(memory.bytes.count) else {
      return Int64(cffmpeg_error_invalid())
    }
    position = Int(target)
    return target
  }
}
