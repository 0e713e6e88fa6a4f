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
        // One scene of every third of 160.
        let found = try names(in: whole)
        try #require(found.count == 4)
        #expect(found.last == "samples.json")
        let numbers = found.compactMap { Int($0.prefix(5)) }
        #expect(zip(numbers, [0, 53, 106, 160].dropFirst()).allSatisfy { $0 < $1 })
        #expect(numbers[1] >= 53 && numbers[2] >= 106)
        let file = broken.appendingPathComponent(found[1])
        try FileManager.default.removeItem(at: file)
        let again = try Program.run(
          [
            "sample", run.path, "--split", "uniform/eval/xl-level2", "--count", "3", "--output",
            broken.path,
          ])
        #expect(again.code == 0, "\(again.messages)")
        #expect(
          try Data(contentsOf: file)
            == Data(contentsOf: whole.appendingPathComponent(found[1])))
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
