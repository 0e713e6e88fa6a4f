import Experiments
import Foundation
import TestSupport
import Testing

/// The built binary, run as a user runs it.
enum Program {
  /// How a run ended.
  struct Outcome: Sendable {
    let code: Int32
    /// Standard output: results.
    let output: String
    /// Standard error: messages.
    let messages: String
  }

  /// `.build/release/phyworld`, or the program beside the tests.
  static let url: URL = {
    let name = "phyworld"
    let tests = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    let places = [
      SetupSandbox.packageRoot.appendingPathComponent(".build/release").appendingPathComponent(
        name),
      Bundle.main.bundleURL.appendingPathComponent(name), tests.appendingPathComponent(name),
    ]
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[0]
  }()

  /// Runs it to its end on one thread.
  ///
  /// - Parameters:
  ///   - shell: What bash does before it starts the program, e.g. `ulimit -f 20;`.
  ///   - meanwhile: What bash does while the program, `$program`, runs.
  ///   - environment: Variables beside the tests' own; nil takes one away.
  static func run(
    _ arguments: [String], shell: String = "", meanwhile: String = "",
    environment: [String: String?] = [:]
  ) throws -> Outcome {
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path),
      "there is no \(url.path): build it first (make build), as make test does")
    return try withTemporaryFolder { folder in
      let messages = folder.appendingPathComponent("messages")
      var all = ProcessInfo.processInfo.environment
      all["OMP_NUM_THREADS"] = "1"
      all["MESSAGES"] = messages.path
      // Saves the program from starting itself again, which takes a third of a second.
      all["PHYWORLD_ENVIRONMENT"] = "1"
      for (name, value) in environment { all[name] = value }
      // Through cat: a limit on the size of files must not cut the messages.
      let script = """
        exec 2> >(exec cat > "$MESSAGES"); cat=$!
        \(shell) "$0" "$@" & program=$!
        \(meanwhile)
        wait $program; code=$?
        exec 2>&-; wait $cat; exit $code
        """
      let outcome = try Command(
        "/bin/bash", ["-c", script, url.path] + arguments, environment: all
      ).run()
      return Outcome(
        code: outcome.code, output: outcome.output,
        messages: try String(contentsOf: messages, encoding: .utf8))
    }
  }

  /// Runs it and expects that it ends well.
  @discardableResult static func expectSuccess(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(arguments)
    #expect(outcome.code == 0, "\(outcome.messages)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs it and expects an end with `code` and one error line that has all of `words`.
  @discardableResult static func expectFailure(
    _ code: Int32, _ arguments: [String], naming words: [String], shell: String = "",
    environment: [String: String?] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(arguments, shell: shell, environment: environment)
    let place = sourceLocation
    #expect(outcome.code == code, "\(outcome.messages)", sourceLocation: place)
    #expect(outcome.output == "", sourceLocation: place)
    let lines = outcome.messages.split(separator: "\n").map(String.init)
    let error = lines.first { $0.lowercased().contains("error: ") } ?? ""
    for word in words {
      #expect(error.contains(word), "\(outcome.messages)", sourceLocation: place)
    }
    #expect(!outcome.messages.contains("Fatal error"), sourceLocation: place)
    return outcome
  }
}

/// Every file and folder below a folder with the files' bytes, hidden ones too.
func contents(_ folder: URL) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
    // A folder has no bytes of its own.
    found[name] = (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
  }
  return found
}

/// Expects that no stage left anything unfinished below a folder.
func expectNothingHalfWritten(
  _ folder: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
  let hidden = names.filter { $0.contains("/.") || $0.hasPrefix(".") || $0.contains("partial") }
  #expect(hidden == [], sourceLocation: sourceLocation)
}
