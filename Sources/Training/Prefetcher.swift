import Foundation

/// Makes values ahead of their use on background threads; values are taken in rising order.
final class Prefetcher<Value: Sendable>: @unchecked Sendable {
  private let end: Int
  private let ahead: Int
  private let make: @Sendable (Int) throws -> Value
  private let queue = OperationQueue()
  private let condition = NSCondition()
  private var results: [Int: Result<Value, any Error>] = [:]
  private var next: Int

  /// Values `start..<end`, at most `ahead` of them waiting, made by `threads` threads.
  init(
    _ start: Int, _ end: Int, ahead: Int, threads: Int,
    make: @escaping @Sendable (Int) throws -> Value
  ) {
    self.end = end
    self.ahead = max(ahead, 1)
    self.make = make
    next = start
    queue.maxConcurrentOperationCount = max(threads, 1)
    order(upTo: start + self.ahead)
  }

  deinit { queue.cancelAllOperations() }

  /// Value `index`; waits until it is there.
  func take(_ index: Int) throws -> Value {
    order(upTo: index + 1 + ahead)
    condition.lock()
    defer { condition.unlock() }
    while results[index] == nil { condition.wait() }
    guard let result = results.removeValue(forKey: index) else { return try make(index) }
    return try result.get()
  }

  private func order(upTo limit: Int) {
    condition.lock()
    defer { condition.unlock() }
    while next < min(limit, end) {
      let index = next
      next += 1
      queue.addOperation { [weak self] in
        guard let self else { return }
        let result = Result { try self.make(index) }
        self.condition.lock()
        self.results[index] = result
        self.condition.broadcast()
        self.condition.unlock()
      }
    }
  }
}
