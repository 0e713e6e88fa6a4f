import Dispatch
import Foundation

/// Independent pieces of work on several threads, each with tensor operators of its own.
///
/// For small models this scales where threads inside an operator do not: those meet at a barrier
/// after every operator, and wait there for whatever else the machine does.
public enum Workers {
  /// Threads that work at once; set at program start. One means in order, on the calling thread.
  public static var limit: Int {
    get { lock.withLock { storedLimit } }
    set { lock.withLock { storedLimit = max(newValue, 1) } }
  }

  nonisolated(unsafe) private static var storedLimit = 1
  private static let lock = NSLock()

  /// `body(0)`, …, `body(count - 1)`, at most `limit` at once.
  ///
  /// Whether operators record gradients is taken over from the calling thread. What `body` does
  /// for different indices must not depend on order, but for gradients that two of them add to the
  /// same tensor: a sum of two is the same in either order.
  /// - Throws: the error of the lowest index that failed; the others are done all the same.
  @discardableResult public static func map<Value, Failure: Error>(
    _ count: Int, _ body: (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let threads = min(limit, count)
    let recordsGradients = Torch.recordsGradients
    let scope = MemoryScope.current
    let slots = Slots<Value, Failure>(count)
    func work() {
      while let index = slots.next() {
        let result: Result<Value, Failure>
        do throws(Failure) { result = .success(try body(index)) } catch { result = .failure(error) }
        slots.put(result, at: index)
      }
    }
    if threads <= 1 {
      work()
    } else {
      withoutActuallyEscaping(work) { work in
        let shared = Unchecked(work)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
          MemoryScope.$current.withValue(scope) {
            if recordsGradients { shared.value() } else { Torch.noGrad { shared.value() } }
          }
        }
      }
    }
    return try slots.results()
  }
}

/// A value that the author vouches for: the closure is only called while its owner waits.
private struct Unchecked<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// Hands out indices and keeps the results, one thread at a time.
private final class Slots<Value, Failure: Error>: @unchecked Sendable {
  private let lock = NSLock()
  private let count: Int
  private var following = 0
  private var found: [Int: Result<Value, Failure>] = [:]

  init(_ count: Int) { self.count = count }

  func next() -> Int? {
    lock.withLock {
      guard following < count else { return nil }
      defer { following += 1 }
      return following
    }
  }

  func put(_ result: Result<Value, Failure>, at index: Int) {
    lock.withLock { found[index] = result }
  }

  func results() throws(Failure) -> [Value] {
    var values: [Value] = []
    for index in 0..<count {
      if let result = found[index] { values.append(try result.get()) }
    }
    return values
  }
}
