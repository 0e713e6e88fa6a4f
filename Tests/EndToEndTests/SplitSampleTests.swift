import Foundation
import TestSupport
import Testing

/// `phyworld sample --split`: a run's model on the scenes of named sets.
struct SplitSampleTests {
  @Test func anInterruptedFolderEndsUpLikeOneMadeAtOnce() throws {
    try Miniature.withCopy { run in
      try withTemporaryFolder { folder in
        let (whole, broken) = (
          folder.appendingPathComponent("whole"), folder.appendingPathComponent("broken")
        )
        for target in [whole, broken] {
          let outcome = try Program.run(
            [
              "sample", run.path, "--split", "uniform/eval/xl-level2", "--count", "3", "--output",
              target.path,
            ])
          #expect(outcome.code == 0, "\(outcome.messages)")
        }
        // Three of 160 scenes, spread over the set.
        let expected = ["00000.mp4", "00053.mp4", "00106.mp4", "samples.json"]
        #expect(try names(in: whole) == expected)
        let file = broken.appendingPathComponent("00053.mp4")
        try FileManager.default.removeItem(at: file)
        let again = try Program.run(
          [
            "sample", run.path, "--split", "uniform/eval/xl-level2", "--count", "3", "--output",
            broken.path,
          ])
        #expect(again.code == 0, "\(again.messages)")
        #expect(
          try Data(contentsOf: file)
            == Data(contentsOf: whole.appendingPathComponent("00053.mp4")))
      }
    }
  }

  @Test func everyLawCanBeSampledAndOtherFoldersAreLeftAlone() throws {
    try Miniature.withCopy { run in
      let target = run.appendingPathComponent("samples/sets/collision-eval-id")
      let command = ["sample", run.path, "--split", "collision/eval/id", "--count", "2"]
      let outcome = try Program.run(command)
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(try names(in: target).count == 3)
      try Program.expectFailure(65, command + ["--scene-seed", "1"], naming: [target.path])
      try Program.expectFailure(
        65, ["sample", run.path, "--split", "colision/eval/id"], naming: ["collision/eval/id"])
      try Program.expectFailure(64, command + ["--level", "id"], naming: ["--level", "--split"])
      try Program.expectFailure(64, ["sample", run.path, "--count", "2"], naming: ["--split"])
    }
  }
}
