import Datasets
import Foundation

/// The reference data beside the package, or where `PHYWORLD_SHARED` says.
enum GoldenFolder {
  static let url: URL = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PHYWORLD_SHARED"]
      .map { URL(fileURLWithPath: $0) } ?? root.appendingPathComponent("../shared")
    return shared.appendingPathComponent("golden/id_ood").standardizedFileURL
  }()

  static let isPresent = FileManager.default.fileExists(atPath: url.path)
  static let absent = "no reference data at \(url.path); set PHYWORLD_SHARED"

  static func reference() throws -> GoldenReference { try GoldenReference(folder: url) }

  /// An empty folder that the body may fill; it is removed afterwards.
  static func withTemporaryFolder<Result>(
    _ body: (URL) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("phyworld-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
