import Foundation
import TestSupport
import Testing

/// From a named set to an evaluation of somebody's videos, a comparison and a leaderboard.
struct EvaluateVideosTests {
  private struct Document: Decodable {
    struct Counts: Decodable { var scenes, scored, failed, missing, surplus: Int }
    struct Summary: Decodable { var mean: Double? }
    var counts: Counts
    var measures: [String: [String: Summary]]
    var floors: [String: [String: [String: Summary]]]
  }

  private func document(_ folder: URL) throws -> Document {
    try JSONDecoder().decode(
      Document.self, from: Data(contentsOf: folder.appendingPathComponent("metrics.json")))
  }

  @Test func aModelOfOursIsMeasuredLikeAnybodys() throws {
    try Miniature.withCopy { run in
      try withTemporaryFolder { folder in
        let videos = folder.appendingPathComponent("videos")
        try Program.expectSuccess([
          "sample", run.path, "--split", "collision/eval", "--count", "6", "--output", videos.path,
        ])
        let board = folder.appendingPathComponent("board")
        let command = [
          "evaluate", "--videos", videos.path, "--split", "collision/eval", "--count", "6",
          "--threads", "1", "--appearance", "psnr,ssim", "--model", "<b>mini</b>",
        ]
        let results = folder.appendingPathComponent("videos-evaluation")
        let outcome = try Program.run(command + ["--entry", board.path])
        #expect(outcome.code == 0, "\(outcome.messages)")
        let found = try document(results)
        #expect(found.counts.scored == 6)
        #expect(found.counts.missing + found.counts.failed + found.counts.surplus == 0)
        let all = try #require(found.measures["all"])
        // An untrained model is far from the law, and the truth is not.
        let truth = try #require(found.floors["ground_truth"]?["all"])
        let name = "velocity_error.pre.unbiased"
        #expect(try #require(truth[name]?.mean) < 0.01)
        #expect(try #require(all["psnr"]?.mean) < 60)
        #expect(try #require(truth["psnr"]?.mean) == 100)
        #expect(try #require(all["lost_share"]?.mean) > 0.1)
        #expect(try #require(truth["lost_share"]?.mean) == 0)
        let page = try String(
          contentsOf: results.appendingPathComponent("report.html"), encoding: .utf8)
        #expect(page.contains("&lt;b&gt;mini&lt;/b&gt;"))
        #expect(!page.contains("<b>mini"))
        #expect(page.contains("data:video/mp4;base64,"))
        for name in [
          "metrics.csv", "metrics.md", "metrics.tex", "scores.jsonl", "official-collision.csv",
        ] {
          #expect(try names(in: results).contains(name))
        }
        // Nothing is left to do, and nothing changes.
        let scores = try Data(contentsOf: results.appendingPathComponent("scores.jsonl"))
        try Program.expectSuccess(command)
        #expect(try Data(contentsOf: results.appendingPathComponent("scores.jsonl")) == scores)
        try Program.expectFailure(
          65, command + ["--condition-frames", "2"], naming: ["condition frames", results.path])

        let comparison = try Program.run(["compare", results.path, results.path, "--json"])
        #expect(comparison.code == 0, "\(comparison.messages)")
        let table = try Program.run(["leaderboard", board.path])
        #expect(table.code == 0, "\(table.messages)")
        #expect((table.output + table.messages).contains("mini"))
      }
    }
  }

  @Test func aProgramOfAnybodysIsRunAndItsFailuresAreListed() throws {
    try withTemporaryFolder { folder in
      let output = folder.appendingPathComponent("out")
      // The given frames alone are no answer, whichever program hands them back.
      let outcome = try Program.run([
        "evaluate", "--command", "/bin/cp {input} {output}", "--split", "uniform/eval/id",
        "--count", "3", "--output", output.path, "--threads", "1",
      ])
      #expect(outcome.code == 2, "\(outcome.messages)")
      let found = try document(output)
      #expect(found.counts.scenes == 3)
      #expect(found.counts.missing == 3)
      #expect(outcome.messages.contains("3 frames; 32, 31, or the 29"))
      let broken = try Program.run([
        "evaluate", "--command", "/bin/false {input} {output}", "--split", "uniform/eval/id",
        "--count", "3", "--output", folder.appendingPathComponent("false").path,
      ])
      #expect(broken.code == 2, "\(broken.messages)")
      #expect(broken.messages.contains("exit code 1"))
    }
  }

  @Test func aChallengeTellsNothingOfTheAnswer() throws {
    try withTemporaryFolder { folder in
      let challenge = folder.appendingPathComponent("c")
      try Program.expectSuccess([
        "challenge", "export", "uniform/eval", "--count", "4", "--size", "64", "--output",
        challenge.path,
      ])
      let found = try names(in: challenge)
      #expect(found.contains("README.md"))
      #expect(try names(in: folder) == ["c", "c.key.json"])
      try Program.expectFailure(
        65, ["evaluate", "--videos", folder.path, "--key", challenge.path + ".key.json"],
        naming: [folder.path])
    }
  }

  @Test func aMissingNetworkIsNamedWithItsRemedyBeforeAnythingIsDone() throws {
    try withTemporaryFolder { folder in
      let empty = folder.appendingPathComponent("networks")
      for measure in ["lpips_alex", "fvd", "all"] {
        try Program.expectFailure(
          65,
          [
            "evaluate", "--videos", folder.path, "--split", "uniform/eval", "--appearance",
            measure, "--networks", empty.path,
          ], naming: ["phyworld networks fetch"])
      }
      try Program.expectFailure(
        64,
        ["evaluate", "--videos", folder.path, "--split", "uniform/eval", "--appearance", "mse"],
        naming: ["mse"])
      #expect(try names(in: folder).isEmpty)
    }
  }
}
