import Foundation
import TestSupport
import Testing

@Suite("train, a spatial autoencoder") struct SpatialAutoencoderTests {
  static let file = """
    train: spatial-autoencoder
    measuredScenes: 0
    training:
      batch: 2
      architecture: {width: 8, headWidth: 8, encoderBlocks: 1, decoderBlocks: 1, latentChannels: 4}
    loop: {steps: 4, checkpointEvery: 2}
    """

  /// Trained, resumed where it ended, and taken by a run as its codec.
  @Test func isTrainedAndTaken() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("own.yaml")
      try Data(Self.file.utf8).write(to: file)
      let run = folder.appendingPathComponent("run")
      let first = try Program.run(["train", file.path, "--output", run.path])
      #expect(first.code == 0, "\(first.messages)")
      let result = run.appendingPathComponent("autoencoder")
      let made = try contents(result)
      #expect(made["config.json"] != nil && made["model.safetensors"] != nil)
      try Program.expectFailure(
        65, ["train", file.path, "--output", run.path], naming: [run.path, "exists", "--resume"])
      let resumed = try Program.run(["train", "--resume", "--output", run.path])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(!resumed.messages.contains("step "))
      #expect(try contents(result) == made)

      let model = folder.appendingPathComponent("model")
      let trained = try Program.run([
        "train", "--scale", "quick", "--output", model.path,
        "--set", "autoencoder.released=\(result.path)", "--set", "data.videos=4",
        "--set", "data.frames=5", "--set", "evaluation.frames=4", "--set", "model.patch=4",
        "--set", "model.width=16", "--set", "model.depth=1", "--set", "model.heads=2",
        "--set", "optimization.batch=2", "--set", "loop.steps=2", "--set", "loop.probeEvery=0",
      ])
      #expect(trained.code == 0, "\(trained.messages)")
      let sampled = try Program.run([
        "sample", model.path, "--split", "uniform/eval/id", "--count", "1", "--output",
        folder.appendingPathComponent("samples").path,
      ])
      #expect(sampled.code == 0, "\(sampled.messages)")
      try expectNothingHalfWritten(folder)
    }
  }

  /// What reconstructs badly is not passed on.
  @Test func mustNotMoveThings() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("own.yaml")
      try Data((Self.file + "\nmaximumCost: 0.0\n").utf8).write(to: file)
      let run = folder.appendingPathComponent("run")
      try Program.expectFailure(
        65, ["train", file.path, "--output", run.path, "--set", "measuredScenes=1"],
        naming: [run.path, "maximumCost"])
      let result = run.appendingPathComponent("autoencoder")
      #expect(!FileManager.default.fileExists(atPath: result.path))
    }
  }
}
