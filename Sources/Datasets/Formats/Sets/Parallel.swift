import Foundation

/// Calls a function for a range of numbers on several threads and keeps the order of the results.
package enum Parallel {
  /// The results in order; of several errors the one of the lowest number is thrown.
  package static func map<Value: Sendable>(
    _ range: Range<Int>, threads: Int, _ body: @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    if threads <= 1 || range.count <= 1 { return try range.map(body) }
    let results = Results<Value>(range)
    DispatchQueue.concurrentPerform(iterations: min(threads, range.count)) { _ in
      while let index = results.claim() {
        results.set(index, Result { try body(index) })
      }
    }
    return try results.inOrder()
  }

  private final class Results<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private let range: Range<Int>
    private var next: Int
    private var values: [Int: Result<Value, any Error>] = [:]

    init(_ range: Range<Int>) {
      self.range = range
      next = range.lowerBound
    }

    func claim() -> Int? {
      lock.withLock {
        guard next < range.upperBound else { return nil }
        defer { next += 1 }
        return next
      }
    }

    func set(_ index: Int, _ value: Result<Value, any Error>) {
      lock.withLock { values[index] = value }
    }

    func inOrder() throws -> [Value] {
      try lock.withLock { try range.compactMap { try values[$0]?.get() } }
    }
  }
}
