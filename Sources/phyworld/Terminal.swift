import Experiments
import Foundation
import Training

/// What people see: lines on stderr, and one progress line that moves when stderr is a terminal.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static func line(_ text: String) { write((isInteractive ? "\r\u{1B}[K" : "") + text + "\n") }

  /// Results for machines.
  static func result(_ data: Data) {
    FileHandle.standardOutput.write(data)
    FileHandle.standardOutput.write(Data("\n".utf8))
  }

  /// Results for machines, as JSON that people can read too.
  static func result(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    result(try encoder.encode(value))
  }

  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "–" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}

/// Raised by Ctrl-C, SIGTERM and SIGUSR1 (a cluster's warning); polled between steps, so that a checkpoint is written first.
enum Interruption {
  nonisolated(unsafe) private static var flag: sig_atomic_t = 0

  static var isRequested: Bool { flag != 0 }

  /// Stops work between two pieces when it was asked for.
  static func check(_ stage: String, remedy: String) throws {
    if isRequested { throw RunError.interrupted(stage: stage, remedy: remedy) }
  }

  /// The second signal ends the program at once.
  static func listen() {
    for number in [SIGINT, SIGTERM, SIGUSR1] {
      signal(number) { number in
        Interruption.flag = 1
        signal(number, SIG_DFL)
      }
    }
  }
}
