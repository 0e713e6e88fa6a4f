import Foundation

/// Runs another program to its end and keeps what it printed.
///
/// Made of `posix_spawn` and `waitpid`: Foundation's `Process` on Linux learns of a child's end over
/// the loopback interface, and waits for ever where a network namespace has none.
public struct Command: Sendable {
  /// How a program ended.
  public struct Outcome: Hashable, Sendable {
    /// Its exit code, or 128 and the signal's number if a signal ended it.
    public let code: Int32
    /// What it printed; standard error too, in order, if that was asked for.
    public let output: String
  }

  /// Whole path of the program, or its name where PATH has it.
  public var program: String
  /// Its arguments, without its own name.
  public var arguments: [String]
  /// Its environment; PATH of this program finds it, whatever this says.
  public var environment: [String: String]
  /// Whether standard error is kept too, rather than dropped.
  public var keepsErrors: Bool

  /// A program with its arguments; nothing runs yet.
  public init(
    _ program: String, _ arguments: [String] = [],
    environment: [String: String] = ProcessInfo.processInfo.environment, keepsErrors: Bool = false
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.keepsErrors = keepsErrors
  }

  /// Runs it, without standard input, and waits for its end.
  ///
  /// - Throws: ``CommandError`` where it cannot be started.
  public func run() throws(CommandError) -> Outcome {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw error(errno) }
    // Programs started meanwhile must not hold the pipe open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    if keepsErrors {
      posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    } else {
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    // Threads of a Swift program may block signals; a child must not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, program, &actions, &attributes, &argv, &envp)
    close(ends[1])
    guard failure == 0 else {
      close(ends[0])
      throw error(failure)
    }

    let reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    let data = (try? reader.readToEnd()) ?? Data()
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7f
    return Outcome(
      code: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
      output: String(decoding: data, as: UTF8.self))
  }

  private func error(_ number: Int32) -> CommandError {
    CommandError(program: program, reason: String(cString: strerror(number)))
  }
}

/// A program that could not be started.
public struct CommandError: Error, Hashable, CustomStringConvertible {
  /// The program as it was named.
  public let program: String
  /// The system's reason.
  public let reason: String

  /// The program, the reason and the remedy, in one sentence.
  public var description: String {
    "cannot start \(program): \(reason); check that it is installed and on PATH"
  }
}
