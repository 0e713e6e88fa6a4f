import Logging
import Synchronization

/// Log lines on stderr that do not break the progress line.
struct TerminalLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { Terminal.line("\(event.level): \(event.message)") }

  /// Sends all log lines of the process to stderr, from the first call on.
  static func start(_ level: Logger.Level) {
    started.withLock { isStarted in
      guard !isStarted else { return }
      isStarted = true
      LoggingSystem.bootstrap { _ in TerminalLog(logLevel: level) }
    }
  }

  // The logging system ends the program when it is started twice.
  private static let started = Mutex(false)
}
