import Experiments
import Foundation
import Testing

@Suite("Help") struct HelpTests {
  static let commands = [
    "demo", "simulate", "estimate", "train", "sample", "evaluate", "compare", "leaderboard", "rate",
    "report",
    "verify", "networks", "autoencoder", "doctor", "experiments", "reproduce",
  ]

  @Test func namesEveryCommand() throws {
    let outcome = try Program.run(["--help"])
    #expect(outcome.code == 0)
    #expect(outcome.messages == "")
    let list = try #require(outcome.output.components(separatedBy: "SUBCOMMANDS:").last)
    for command in Self.commands { #expect(list.contains("\n  \(command) ")) }
    #expect(outcome.output.contains("Exit codes:"))
  }

  @Test(arguments: commands) func everyCommandHasAnExample(command: String) throws {
    let outcome = try Program.run([command, "--help"])
    #expect(outcome.code == 0)
    #expect(outcome.messages == "")
    let parts = outcome.output.components(separatedBy: "Example")
    #expect(parts.count == 2)
    #expect(parts.last?.contains("\n  phyworld \(command)") == true)
    #expect(outcome.output.contains("USAGE: phyworld \(command)"))
  }

  /// The parser breaks longer lines where it likes, in the middle of an example.
  @Test func linesOfHelpFitATerminal() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(
      at: root.appendingPathComponent("Sources/phyworld"), includingPropertiesForKeys: nil)
    var seen = 0
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let parts = try String(contentsOf: file, encoding: .utf8)
        .components(separatedBy: "discussion: \"\"\"\n")
      for text in parts.dropFirst().compactMap({ $0.components(separatedBy: "\"\"\"").first }) {
        seen += 1
        for line in text.split(separator: "\n") {
          #expect(line.count <= 6 + 80, "\(file.lastPathComponent): \(line)")
        }
      }
    }
    #expect(seen >= Self.commands.count)
  }

  @Test func helpsBothWays() throws {
    let outcome = try Program.run(["help", "demo"])
    #expect(outcome.code == 0)
    #expect(try Program.run(["demo", "-h"]).output == outcome.output)
  }

  @Test func tellsItsVersion() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output == "\(PhyWorld.version)\n")
  }

  @Test(arguments: [
    ["dmeo"], ["demo", "--sacle", "quick"], ["demo", "--scale", "huge"], ["sample"], ["report"],
    ["train", "--scale", "quick"], ["evaluate", "--json"], ["demo", "--seed", "-1"],
  ])
  func refusesWhatItDoesNotKnow(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.messages.hasPrefix("Error: "))
    #expect(outcome.messages.contains("--help"))
  }
}
