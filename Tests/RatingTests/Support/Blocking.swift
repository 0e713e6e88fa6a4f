import Foundation

/// Runs work that waits for others on a thread of its own: the server under test answers on Swift's
/// few shared threads, which waiting tests must not take.
func blocking<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Swift.Result { try body() })
    }
  }
}

/// What a test helper could not do.
struct TestProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
