import Foundation

/// The reference data beside the package, or where `PHYWORLD_SHARED` says.
package enum GoldenFolder {
  /// The folder of the reference, whether it is there or not.
  package static let url: URL = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PHYWORLD_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? root.appendingPathComponent("../shared")
    return shared.appendingPathComponent("golden/id_ood").standardizedFileURL
  }()

  /// Whether it is there.
  package static let isPresent = FileManager.default.fileExists(atPath: url.path)
  /// What a test that is skipped for want of it says.
  package static let absent = "no reference data at \(url.path); set PHYWORLD_SHARED"
}
