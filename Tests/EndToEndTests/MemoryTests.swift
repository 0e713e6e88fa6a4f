import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Want of memory") struct MemoryTests {
  /// The run's settings in a folder that does not exist yet, under a limit of the address space.
  private func expectRefusal(
    _ settings: [String], gigabytes: Int, naming words: [String]
  ) throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      try Program.expectFailure(
        65, ["train", "--output", run.path] + Miniature.settings(settings),
        naming: ["out of memory"] + words, shell: "ulimit -v \(gigabytes * 1_000_000);")
      try expectNothingHalfWritten(run)
      #expect(!RunFolder(run).isTrained)
      #expect(!RunFolder(run).hasCheckpoint)
    }
  }

  @Test func weightsThatDoNotFitAreRefused() throws {
    try expectRefusal(
      ["model.width=4096", "model.depth=8"], gigabytes: 4,
      naming: ["estimated to need", "available", "a smaller model.width"])
  }

  @Test func activationsThatDoNotFitAreRefused() throws {
    try expectRefusal(
      ["model.width=512", "model.depth=16", "optimization.batch=1024"], gigabytes: 4,
      naming: ["activations of", "optimization.accumulation=2", "optimization.recompute=true"])
  }
}
