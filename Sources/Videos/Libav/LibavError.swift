import CFFmpeg
import Foundation

/// What libav complained about, in words.
struct LibavError: Error {
  let text: String

  /// The text of a libav status, preceded by the last line the library logged on this thread.
  init(_ status: Int32, during action: String) {
    var buffer = [CChar](repeating: 0, count: 128)
    av_strerror(status, &buffer, buffer.count)
    let reason = String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let log = LibavLog.take().map { " (\($0))" } ?? ""
    text = "\(action): \(reason)\(log)"
  }

  init(_ text: String) { self.text = text }

  /// Throws when a status is an error.
  @discardableResult
  static func check(_ status: Int32, _ action: String) throws(LibavError) -> Int32 {
    guard status >= 0 else { throw LibavError(status, during: action) }
    return status
  }

  /// The value, or an out-of-memory error.
  static func some<Value>(_ value: Value?, _ action: String) throws(LibavError) -> Value {
    guard let value else { throw LibavError(cffmpeg_error_memory(), during: action) }
    return value
  }
}

/// Keeps libav's messages off the terminal: the last error line waits for whoever reports.
enum LibavLog {
  private static let key = "libav.last-error"

  private static let install: Void = {
    av_log_set_level(AV_LOG_ERROR)
    av_log_set_callback { context, level, format, arguments in
      guard level <= AV_LOG_ERROR, let arguments else { return }
      var line = [CChar](repeating: 0, count: 512)
      var prefix: Int32 = 0
      av_log_format_line2(context, level, format, arguments, &line, Int32(line.count), &prefix)
      let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      let text = String(decoding: bytes, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      if !text.isEmpty { Thread.current.threadDictionary[LibavLog.key] = text }
    }
  }()

  /// Silences libav and forgets what it said before.
  static func begin() {
    _ = install
    Thread.current.threadDictionary.removeObject(forKey: key)
  }

  /// The last error line of this thread, once.
  static func take() -> String? {
    defer { Thread.current.threadDictionary.removeObject(forKey: key) }
    return Thread.current.threadDictionary[key] as? String
  }
}
