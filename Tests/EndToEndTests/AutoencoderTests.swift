import Foundation
import TestSupport
import Testing

@Suite("train, an autoencoder") struct AutoencoderTests {
  static let file = """
    train: autoencoder
    training:
      batch: 8
      projection: {videos: 4}
    loop: {steps: 12, checkpointEvery: 6}
    """

  @Test func isKeptOnlyWhereItKeepsShapes() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("own.yaml")
      try Data(Self.file.utf8).write(to: file)
      let run = folder.appendingPathComponent("run")
      let train = ["train", file.path, "--output", run.path]
      func made() -> Bool {
        FileManager.default.fileExists(atPath: run.appendingPathComponent("autoencoder").path)
      }
      // Twelve steps keep nothing.
      try Program.expectFailure(65, train, naming: [run.path, "0.9", "minimumKept"])
      #expect(!made())
      try Program.expectFailure(65, train, naming: [run.path, "exists", "--resume"])

      // The same weights, where nothing is asked of them: the last checkpoint is the end.
      let resumed = try Program.run(
        ["train", "--resume", "--output", run.path, "--set", "minimumKept=0"])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(!resumed.messages.contains("step "))
      #expect(made())
      try expectNothingHalfWritten(folder)
      let autoencoder = try contents(run.appendingPathComponent("autoencoder"))
      // The demo trains its own from the same settings.
      let demo = try contents(Miniature.shared().run.appendingPathComponent("autoencoder"))
      #expect(autoencoder["model.safetensors"] == demo["model.safetensors"])
    }
  }
}
