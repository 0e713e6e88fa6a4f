import Foundation
import Tensors
import Training

/// Runs `body` as `count` processes would: on a thread each, with groups of their own over the loopback interface.
func together<Value>(
  _ count: Int, answer: Double = 60, _ body: @escaping (Processes) throws -> Value
) throws -> [Value] {
  let store = try ProcessStore()
  let results = Results<Value>(count)
  for rank in 0..<count {
    let work = Work {
      results.put(
        rank,
        Result {
          var place = ProcessPlace(rank: rank, size: count, port: store.port)
          place.isStoreKept = true
          return try body(Processes(place, meeting: 30, answer: answer))
        })
    }
    let thread = Thread { work.body() }
    thread.stackSize = 8 << 20
    thread.start()
  }
  return try results.all()
}

private struct Work: @unchecked Sendable {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

private final class Results<Value>: @unchecked Sendable {
  private let condition = NSCondition()
  private var found: [Int: Result<Value, any Error>] = [:]
  private let count: Int

  init(_ count: Int) { self.count = count }

  func put(_ rank: Int, _ result: Result<Value, any Error>) {
    condition.lock()
    found[rank] = result
    condition.signal()
    condition.unlock()
  }

  func all() throws -> [Value] {
    condition.lock()
    defer { condition.unlock() }
    while found.count < count { condition.wait() }
    return try (0..<count).compactMap { try found[$0]?.get() }
  }
}
