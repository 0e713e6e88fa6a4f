import Logging

/// Log lines on stderr that do not break the progress line.
struct TerminalLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { Terminal.line("\(event.level): \(event.message)") }

  /// Sends all log lines of the process to stderr.
  static func start(_ level: Logger.Level) {
    LoggingSystem.bootstrap { _ in TerminalLog(logLevel: level) }
  }
}
