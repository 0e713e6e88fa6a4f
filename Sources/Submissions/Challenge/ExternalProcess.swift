import Foundation

/// Runs a program with a time limit and ends it with all the programs that it started.
struct ExternalProcess {
  /// How a program ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut(seconds: Double)
    case cancelled

    /// In words; nil for success.
    var failure: String? {
      switch self {
      case .exited(0): nil
      case .exited(let code): "ended with exit code \(code)"
      case .killed(let signal): "crashed: \(String(cString: strsignal(signal)))"
      case .timedOut(let seconds): "still ran after \(seconds.formatted()) s and was ended"
      case .cancelled: "was interrupted"
      }
    }
  }

  /// How it ended and the last of what it printed.
  struct Outcome {
    var ending: Ending
    var tail: String
  }

  /// Bytes of output that are kept.
  private static let tailLength = 2000
  /// Seconds between the request to end and the end.
  private static let grace = 2.0

  /// Runs a program found on the path; its input is empty.
  ///
  /// - Throws: ``SubmissionError/request(_:)`` when it cannot be started.
  static func run(
    _ words: [String], timeOut: Double, isCancelled: () -> Bool
  ) throws(SubmissionError) -> Outcome {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(words, errno) }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Only our end: a program need not expect that its output cannot be written at once.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let child: pid_t
    do { child = try start(words, output: ends[1]) } catch {
      close(ends[1])
      throw error
    }
    close(ends[1])
    var output = Tail()
    let start = ContinuousClock.now
    var ending: Ending?
    while ending == nil {
      output.read(ends[0], wait: 20)
      var status: Int32 = 0
      if waitpid(child, &status, WNOHANG) == child {
        ending = Self.ending(status)
      } else if start.duration(to: .now) > .seconds(timeOut) {
        end(child)
        ending = .timedOut(seconds: timeOut)
      } else if isCancelled() {
        end(child)
        ending = .cancelled
      }
    }
    // Programs that it left behind would keep memory, and the pipe.
    kill(-child, SIGKILL)
    output.read(ends[0], wait: 0)
    return Outcome(ending: ending ?? .cancelled, tail: output.text)
  }

  private static func start(
    _ words: [String], output: Int32
  ) throws(SubmissionError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
    // A group of its own: one signal ends it with all its children, and Ctrl-C is ours to handle.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
    guard status == 0 else { throw failure(words, status) }
    return child
  }

  /// Asks the group to end, and ends it.
  private static func end(_ child: pid_t) {
    kill(-child, SIGTERM)
    let start = ContinuousClock.now
    var status: Int32 = 0
    while start.duration(to: .now) < .seconds(grace) {
      if waitpid(child, &status, WNOHANG) == child { return }
      usleep(10_000)
    }
    kill(-child, SIGKILL)
    _ = waitpid(child, &status, 0)
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
  }

  private static func failure(_ words: [String], _ code: Int32) -> SubmissionError {
    .request(
      "the program '\(PrintableText.line(words[0]))' cannot be started: "
        + "\(String(cString: strerror(code))); check --command")
  }

  /// The last bytes of a stream.
  private struct Tail {
    private var bytes: [UInt8] = []

    /// Takes what is there; waits up to some milliseconds for it.
    mutating func read(_ descriptor: Int32, wait: Int32) {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Foundation.poll(&poll, 1, wait) > 0 else { return }
      if poll.revents & Int16(POLLIN) == 0 {
        // The program closed its output and runs on.
        if wait > 0 { usleep(UInt32(wait) * 1000) }
        return
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      // A program that prints without end must not keep us here.
      for _ in 0..<16 {
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return }
        bytes = Array((bytes + buffer[..<count]).suffix(ExternalProcess.tailLength))
      }
    }

    var text: String {
      PrintableText.line(
        String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
          .suffix(400).description)
    }
  }
}
