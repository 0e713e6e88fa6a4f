import Foundation
import Testing

/// Lets `body` use an empty folder, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("phyworld-experiments-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Lets `body` use a file of some text in a folder of its own.
func withFile<Result>(_ text: String, _ body: (URL) throws -> Result) throws -> Result {
  try withTemporaryFolder { folder in
    let file = folder.appendingPathComponent("own.yaml")
    try Data(text.utf8).write(to: file)
    return try body(file)
  }
}

/// The names in a folder, hidden ones too.
func names(in folder: URL) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}

/// The reference data beside the package, or where `PHYWORLD_SHARED` says.
enum GoldenFolder {
  static let url: URL = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PHYWORLD_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? root.appendingPathComponent("../shared")
    return shared.appendingPathComponent("golden/id_ood").standardizedFileURL
  }()

  static let isPresent = FileManager.default.fileExists(atPath: url.path)
  static let absent = "no reference data at \(url.path); set PHYWORLD_SHARED"
}

/// The error of a kind that `body` must throw.
func failure<Failure: Error, Result>(
  _ kind: Failure.Type, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) throws -> Failure {
  let error = #expect(throws: kind, sourceLocation: sourceLocation) { try body() }
  return try #require(error, sourceLocation: sourceLocation)
}
