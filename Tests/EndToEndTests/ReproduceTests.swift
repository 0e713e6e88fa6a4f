import Experiments
import Foundation
import TestSupport
import Testing

/// `phyworld experiments` and `phyworld reproduce`, with models that learn nothing.
struct ReproduceTests {
  private static let tiny = [
    "autoencoder.released=autoencoder-64", "data.videos=6", "loop.steps=2", "optimization.batch=2",
    "model.width=16", "model.depth=1", "model.heads=1", "sampling.steps=2",
  ].flatMap { ["--set", $0] }

  private func command(_ name: String, in folder: URL, _ more: [String] = []) -> [String] {
    ["reproduce", name, "--scale", "quick", "--scenes", "2"] + Self.tiny + [
      "--arms", folder.appendingPathComponent("arms").path,
      "--output", folder.appendingPathComponent("result").path,
    ] + more
  }

  @Test func anExperimentEndsInAPageAndTheNextCallTrainsNothing() throws {
    try withTemporaryFolder { folder in
      let first = try Program.expectSuccess(command("figure-19", in: folder))
      #expect(
        first.messages.contains("colour-can-change") || first.messages.contains("change colour"))
      let result = folder.appendingPathComponent("result")
      for file in ["finding.json", "index.html", "README.md", "tables/errors.csv"] {
        #expect(
          FileManager.default.fileExists(atPath: result.appendingPathComponent(file).path),
          "\(file)")
      }
      let page = try String(
        contentsOf: result.appendingPathComponent("index.html"), encoding: .utf8)
      #expect(page.contains("Ring and ball") && page.contains("video/mp4"))
      let again = try Program.expectSuccess(command("figure-19", in: folder, ["--json"]))
      #expect(!again.messages.contains("encoding"))
      #expect(again.output.contains("\"experiment\" : \"figure-19\""))
      // All findings of a folder on one page.
      let index = try Program.expectSuccess(["report", folder.path])
      #expect(index.messages.contains("result: undecided"))
      let verdicts = try String(
        contentsOf: folder.appendingPathComponent("verdicts.md"), encoding: .utf8)
      #expect(
        verdicts.contains("[figure\\-19](result/README.md)") || verdicts.contains("figure-19"))
    }
  }

  @Test func twoArmsAreTrainedSideBySide() throws {
    try withTemporaryFolder { folder in
      try Program.expectSuccess(command("figure-9", in: folder, ["--jobs", "2"]))
      let arms = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("arms").path)
      #expect(arms.count { !$0.hasPrefix(".") && !$0.hasSuffix(".lock") } == 2)
    }
  }

  /// A new build may take the program's place while it runs: the arms still to come are trained by the old one.
  @Test func armsAreTrainedThoughTheProgramIsReplaced() throws {
    try withTemporaryFolder { folder in
      // Under a name of its own, which is gone as soon as it runs.
      let script = """
        program=$1; shift
        ln "$0" "$program" 2>/dev/null || cp "$0" "$program"
        "$program" "$@" & child=$!
        until [ "$(readlink /proc/$child/exe)" = "$program" ] || ! kill -0 $child; do :; done
        rm "$program"; wait $child
        """
      let copy = folder.resolvingSymlinksInPath().appendingPathComponent("phyworld").path
      var environment = ProcessInfo.processInfo.environment
      environment["OMP_NUM_THREADS"] = "1"
      environment["PHYWORLD_ENVIRONMENT"] = "1"
      let outcome = try Command(
        "/bin/bash",
        ["-c", script, Program.url.path, copy] + command("figure-9", in: folder, ["--jobs", "2"]),
        environment: environment
      ).run()
      #expect(outcome.code == 0, "\(outcome.output)")
    }
  }

  @Test func whatCannotBeDoneIsSaidBeforeAnyWork() throws {
    try withTemporaryFolder { folder in
      try Program.expectFailure(
        65, command("figure-99", in: folder), naming: ["figure-99", "figure-7"])
      try Program.expectFailure(
        64, ["reproduce", "figure-9", "--scale", "huge"], naming: ["huge", "laptop"])
      try Program.expectFailure(
        64, ["reproduce", "figure-9", "--seeds", "0"], naming: ["--seeds 0"])
      try Program.expectFailure(
        65, command("figure-9", in: folder, ["--set", "loop.stops=1"]), naming: ["stops"])
      let result = folder.appendingPathComponent("result")
      try FileManager.default.createDirectory(at: result, withIntermediateDirectories: true)
      try Data("{\"version\": 99}".utf8).write(to: result.appendingPathComponent("finding.json"))
      try Program.expectFailure(
        65, command("figure-9", in: folder), naming: [result.path, "99"])
      #expect(
        !FileManager.default.fileExists(atPath: folder.appendingPathComponent("arms").path))
    }
  }

  @Test func experimentsAreListedWithTheirClaims() throws {
    let list = try Program.expectSuccess(["experiments"])
    for name in ["figure-3", "figure-14-temporal", "preference"] {
      #expect(list.output.contains(name))
    }
    let one = try Program.expectSuccess(["experiments", "figure-7"])
    #expect(one.output.contains("gap-error") && one.output.contains("> 3"))
    try Program.expectFailure(65, ["experiments", "figure-0"], naming: ["figure-0"])
  }
}
