import Foundation

/// Work whose tensors may not find memory.
///
/// Operators do not throw: a network would be unreadable if each of them could. Where one finds no memory, the
/// thread that called it stands still for good, and `run` throws in its place. What that thread held stays taken;
/// the program is expected to say so and end, or to go on with something much smaller.
public enum MemoryScope {
  /// The scope that the present thread works for, if any; `Workers` hand it on to theirs.
  @TaskLocal static var current: MemoryAlarm?

  /// Runs `body` on a thread of its own, and waits for it.
  ///
  /// - Throws: `OutOfMemory`, or what `body` throws.
  public static func run<Value>(_ body: @escaping () throws -> Value) throws -> Value {
    let alarm = MemoryAlarm()
    let recordsGradients = Torch.recordsGradients
    let work = Work(body)
    let thread = Thread {
      $current.withValue(alarm) {
        if recordsGradients { work.run() } else { Torch.noGrad { work.run() } }
      }
      alarm.finish()
    }
    thread.stackSize = 16 << 20
    thread.start()
    alarm.wait()
    if let error = alarm.error { throw error }
    guard let outcome = work.outcome else { stop("MemoryScope", "the work ended without a result") }
    return try outcome.get()
  }
}

/// Used by one thread, and by another when that is done.
private final class Work<Value>: @unchecked Sendable {
  private let body: () throws -> Value
  private(set) var outcome: Result<Value, any Error>?

  init(_ body: @escaping () throws -> Value) { self.body = body }

  func run() { outcome = Result { try body() } }
}

/// Tells the one who waits that the work is done, or never will be.
final class MemoryAlarm: @unchecked Sendable {
  private let condition = NSCondition()
  private var isOver = false
  private var found: OutOfMemory?

  var error: OutOfMemory? { condition.withLock { found } }

  func finish() {
    condition.withLock {
      isOver = true
      condition.broadcast()
    }
  }

  func wait() {
    condition.withLock { while !isOver { condition.wait() } }
  }

  /// Gives up the work of the present thread.
  func raise(_ error: OutOfMemory) -> Never {
    condition.withLock {
      if !isOver { found = error }
      isOver = true
      condition.broadcast()
    }
    while true { pause() }
  }
}
