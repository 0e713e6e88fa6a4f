import Foundation
import Tensors
import Training

/// Starts a program several times on this machine and watches over the processes.
///
/// They meet at a store that this process keeps. When one fails the others are ended: none can go on alone.
public struct ProcessLauncher {
  /// Whole path of the program.
  public var program: String
  /// Its arguments, without its own name.
  public var arguments: [String]
  /// How many processes.
  public var count: Int
  /// The environment they get beside the variables that say who they are.
  public var environment: [String: String]
  /// Whether they are asked to write a checkpoint and end.
  public var shouldStop: () -> Bool

  /// Tells a process that it was started here, and by whom.
  public static let mark = "PHYWORLD_LAUNCHER"

  /// `count` processes of a program; nothing runs yet.
  public init(
    _ program: String, _ arguments: [String], count: Int,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    (self.program, self.arguments, self.count) = (program, arguments, count)
    (self.environment, self.shouldStop) = (environment, shouldStop)
  }

  /// Runs them to their end.
  ///
  /// - Returns: the exit code of all, or of the one that failed first and said why.
  /// - Throws: `LaunchError`, or `TorchError` where no store can be kept.
  public func run() throws -> Int32 {
    let store = try ProcessStore()
    var children: [Int: pid_t] = [:]
    defer { for child in children.values { kill(child, SIGKILL) } }
    for rank in 0..<count { children[rank] = try start(rank, port: store.port) }
    var worst: ProcessEnd?
    var isToldToStop = false
    var patience: ContinuousClock.Instant?
    while !children.isEmpty {
      if shouldStop(), !isToldToStop {
        isToldToStop = true
        for child in children.values { kill(child, SIGTERM) }
      }
      for (rank, child) in children.sorted(by: { $0.key < $1.key }) {
        guard let end = ProcessEnd(of: child, rank: rank) else { continue }
        children[rank] = nil
        guard end.code != 0 else { continue }
        if end.weight > worst?.weight ?? 0 { worst = end }
        // Process 0 may still be writing the checkpoint for which all stop.
        if end.code != Self.interrupted { patience = patience ?? .now + .seconds(60) }
      }
      // Those that are left find out by themselves what happened, but need not.
      if let patience, .now > patience { children.values.forEach { kill($0, SIGKILL) } }
      usleep(20_000)
    }
    guard let worst else { return 0 }
    if let signal = worst.signal, !isToldToStop || signal == SIGKILL {
      throw LaunchError.killed(rank: worst.rank, count: count, signal: signal)
    }
    if worst.code == Self.lost { throw LaunchError.lost(rank: worst.rank, count: count) }
    return worst.code
  }

  /// The exit code of a process that lost the others and leaves it to this one to say so.
  public static let lost: Int32 = 69
  private static let interrupted: Int32 = 130

  private func start(_ rank: Int, port: Int) throws(LaunchError) -> pid_t {
    var own = environment
    for (name, value) in [
      "RANK": "\(rank)", "WORLD_SIZE": "\(count)", "LOCAL_RANK": "\(rank)",
      "LOCAL_WORLD_SIZE": "\(count)", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
      "TORCHELASTIC_USE_AGENT_STORE": "True", Self.mark: "\(getpid())",
    ] { own[name] = value }
    // All on this machine: no need for its name to have an address.
    own["GLOO_SOCKET_IFNAME"] = environment["GLOO_SOCKET_IFNAME"] ?? "lo"
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A group of their own: Ctrl-C reaches this process, which passes it on once.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = own.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, program, nil, &attributes, &argv, &envp)
    guard failure == 0 else {
      throw .notStarted(program: program, reason: String(cString: strerror(failure)))
    }
    return child
  }
}

/// How one of the processes ended.
private struct ProcessEnd {
  let rank: Int
  let code: Int32
  let signal: Int32?

  /// Nil while it runs.
  init?(of child: pid_t, rank: Int) {
    var status: Int32 = 0
    let found = waitpid(child, &status, WNOHANG)
    if found == 0 || (found < 0 && errno == EINTR) { return nil }
    self.rank = rank
    signal = status & 0x7f == 0 ? nil : status & 0x7f
    code = signal.map { 128 + $0 } ?? (status >> 8) & 0xff
  }

  /// What says most about a failure: its own words, then a signal, then that others were lost.
  var weight: Int { code == ProcessLauncher.lost ? 1 : signal != nil ? 2 : 3 }
}

/// Why several processes could not be started, or ended early.
public enum LaunchError: Error, Hashable, CustomStringConvertible {
  /// The system refuses to start one.
  case notStarted(program: String, reason: String)
  /// One was ended by a signal.
  case killed(rank: Int, count: Int, signal: Int32)
  /// One lost the others, and none of them says why.
  case lost(rank: Int, count: Int)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notStarted(let program, let reason): "cannot start \(program): \(reason)"
    case .killed(let rank, let count, let signal):
      "process \(rank) of \(count) was ended by signal \(signal) "
        + "(\(String(cString: strsignal(signal)))), and the others with it; go on from the last "
        + "checkpoint with --resume"
    case .lost(let rank, let count):
      "process \(rank) of \(count) lost the others; go on from the last checkpoint with --resume"
    }
  }
}
