import Foundation
import TestSupport
import Testing

/// Lets `body` use a file of some text in a folder of its own.
func withFile<Result>(_ text: String, _ body: (URL) throws -> Result) throws -> Result {
  try withTemporaryFolder { folder in
    let file = folder.appendingPathComponent("own.yaml")
    try Data(text.utf8).write(to: file)
    return try body(file)
  }
}

/// The error of a kind that `body` must throw.
func failure<Failure: Error, Result>(
  _ kind: Failure.Type, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) throws -> Failure {
  let error = #expect(throws: kind, sourceLocation: sourceLocation) { try body() }
  return try #require(error, sourceLocation: sourceLocation)
}
