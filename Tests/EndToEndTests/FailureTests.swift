import Experiments
import Foundation
import TestSupport
import Testing

/// For every command, what must not work: exit code, a line that names the value, nothing left over.
@Suite("Failures") struct FailureTests {
  /// Makes files of more than so many kilobytes fail as on a full disk.
  static func noSpace(kilobytes: Int) -> String {
    "trap '' XFSZ; ulimit -f \(kilobytes);"
  }

  @Test(arguments: [
    ("demo", "loop.stpes=3", "loop.stpes"), ("train", "loop.stpes=3", "loop.stpes"),
    ("demo", "data.radius=[-1, 1]", "-1.0...1.0"), ("train", "data.frames=0", "data.frames is 0"),
    ("demo", "model.heads=5", "heads is 5"), ("train", "loop.steps=many", "loop.steps"),
    ("demo", "autoencoder.training.architecture.resolution=50", "resolution is 50"),
    ("train", "loop.steps", "key.path=value"), ("demo", "autoencoder.released=nope", "'nope'"),
    ("train", "autoencoder.released=nope", "'nope'"),
  ])
  func refusesTheSetting(command: String, setting: String, complaint: String) throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("run").path
      let outcome = try Program.expectFailure(
        65, [command, "--scale", "quick", "--output", target, "--set", setting],
        naming: [complaint], environment: ["PHYWORLD_WEIGHTS": folder.path])
      #expect(outcome.messages.split(separator: "\n").count == 1)
      #expect(try contents(folder) == [:])
    }
  }

  @Test func refusesTheConfigurationFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("own.yaml")
      for (text, word) in [
        ("model: {widht: 3}", "model.widht"), ("a: [", "not YAML"),
        ("train: autoencoder\nlopp: 3", "lopp"),
      ] {
        try Data(text.utf8).write(to: file)
        try Program.expectFailure(
          65, ["train", file.path, "--output", folder.appendingPathComponent("run").path],
          naming: [file.path, word])
        #expect(try Set(contents(folder).keys) == ["own.yaml"])
      }
      let absent = folder.appendingPathComponent("absent.yaml").path
      try Program.expectFailure(
        65, ["train", absent, "--output", folder.path + "/run"], naming: [absent])
    }
  }

  @Test func leavesARunThatIsThereAlone() throws {
    let run = try Miniature.shared().run
    let before = try contents(run)
    let released = "autoencoder.released=\(run.appendingPathComponent("autoencoder").path)"
    for command in ["demo", "train"] {
      let arguments = [command, "--output", run.path, "--set", released]
      try Program.expectFailure(65, arguments, naming: [run.path, "--resume"])
      // Resumed with other settings, it would not be the run that its folder says.
      try Program.expectFailure(
        65, arguments + ["--resume"], naming: [run.path, "other settings"])
    }
    #expect(try contents(run) == before)
  }

  @Test(arguments: ["sample", "evaluate", "report"])
  func refusesWhatIsNoRun(command: String) throws {
    try withTemporaryFolder { folder in
      let absent = folder.appendingPathComponent("absent").path
      try Program.expectFailure(65, [command, absent], naming: [absent])
      try Program.expectFailure(65, [command, folder.path], naming: [folder.path])
      let file = folder.appendingPathComponent("file")
      try Data("no folder".utf8).write(to: file)
      try Program.expectFailure(65, [command, file.path], naming: [file.path])
      #expect(try Set(contents(folder).keys) == ["file"])

      let garbled = folder.appendingPathComponent("garbled")
      try FileManager.default.createDirectory(at: garbled, withIntermediateDirectories: true)
      let configuration = garbled.appendingPathComponent("config.yaml")
      try Data([0xFF, 0x00, 0xFE]).write(to: configuration)
      try Program.expectFailure(65, [command, garbled.path], naming: [configuration.path])
    }
  }

  @Test func saysWhichCommandComesFirst() throws {
    try Miniature.withCopy { run in
      let files = FileManager.default
      func remove(_ name: String) throws {
        try files.removeItem(at: run.appendingPathComponent(name))
      }
      try remove("metrics.json")
      try Program.expectFailure(65, ["report", run.path], naming: ["phyworld evaluate"])
      try remove("samples/steps-2/cross/00001.mp4")
      try Program.expectFailure(
        65, ["evaluate", run.path], naming: ["cross/00001.mp4", "phyworld sample"])
      #expect(!RunFolder(run).isMeasured)
      try remove("model")
      try Program.expectFailure(
        65, ["sample", run.path], naming: ["phyworld train --resume --output \(run.path)"])
    }
  }

  @Test(arguments: ["model/ema.safetensors", "autoencoder/model.safetensors"])
  func refusesDamagedWeights(name: String) throws {
    try Miniature.withCopy { run in
      try FileManager.default.removeItem(at: run.appendingPathComponent("samples"))
      let before = try contents(run)
      let file = run.appendingPathComponent(name)
      let whole = try Data(contentsOf: file)
      for broken in [whole.dropLast(1000), whole.prefix(5), Data(), Data("{}".utf8) + whole] {
        try broken.write(to: file)
        try Program.expectFailure(65, ["sample", run.path], naming: [file.path])
      }
      try FileManager.default.removeItem(at: file)
      try Program.expectFailure(65, ["sample", run.path], naming: [file.path])
      try whole.write(to: file)
      #expect(try contents(run) == before)
    }
  }

  @Test func refusesAForeignModel() throws {
    try Miniature.withCopy { run in
      try FileManager.default.removeItem(at: run.appendingPathComponent("samples"))
      let own = run.appendingPathComponent("model/config.json")
      let foreign = run.appendingPathComponent("autoencoder/config.json")
      try Data(contentsOf: foreign).write(to: own)
      try Program.expectFailure(
        65, ["sample", run.path],
        naming: [own.path, "phyworld-video-autoencoder", "phyworld-video-dit"])
      for text in ["{\"_class_name\": \"UNet\"}", "{", ""] {
        try Data(text.utf8).write(to: own)
        try Program.expectFailure(65, ["sample", run.path], naming: [own.path])
      }
      #expect(!FileManager.default.fileExists(atPath: run.path + "/samples"))
    }
  }

  @Test func refusesADamagedVideo() throws {
    try Miniature.withCopy { run in
      let metrics = try Data(contentsOf: RunFolder(run).metricsFile)
      let file = run.appendingPathComponent("samples/steps-2/v_low/00001.mp4")
      try Data(contentsOf: file).prefix(700).write(to: file)
      try Program.expectFailure(65, ["evaluate", run.path], naming: [file.path])
      #expect(try Data(contentsOf: RunFolder(run).metricsFile) == metrics)
    }
  }

  @Test func makesNoRunWithoutSpace() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("run")
      let arguments = try ["train", "--output", target.path] + Miniature.settings()
      try Program.expectFailure(
        73, arguments, naming: [target.path], shell: Self.noSpace(kilobytes: 0))
      #expect(try contents(folder) == [:])

      // Space for the configuration, none for weights: what is there is whole.
      try Program.expectFailure(
        73, arguments, naming: [target.path], shell: Self.noSpace(kilobytes: 20))
      #expect(try Set(contents(target).keys) == ["config.yaml", "environment.json"])
      let resumed = try Program.run(["train", "--resume", "--output", target.path])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(RunFolder(target).isTrained)
    }
  }

  @Test func keepsTheLastCheckpointWhereSpaceRunsOut() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("run")
      // The autoencoder is given; the optimiser's state is the largest file of a checkpoint.
      let weights = try Data(
        contentsOf: Miniature.shared().run.appendingPathComponent("autoencoder/model.safetensors"))
      let own = ["model.width=256", "model.depth=4"]
      try Program.expectFailure(
        73, ["train", "--output", target.path] + Miniature.settings(own),
        naming: [target.path, "step-00000003"],
        shell: Self.noSpace(kilobytes: weights.count / 1024 + 100))
      try expectNothingHalfWritten(target)
      #expect(!RunFolder(target).hasCheckpoint)
      #expect(!RunFolder(target).isTrained)
    }
  }

  @Test(arguments: [("sample", "samples"), ("evaluate", "metrics.json"), ("report", "report.html")])
  func leavesNoHalfResultWithoutSpace(command: String, result: String) throws {
    try Miniature.withCopy { run in
      let files = FileManager.default
      let before = try contents(run)
      if command == "sample" { try files.removeItem(at: run.appendingPathComponent("samples")) }
      try Program.expectFailure(
        73, [command, run.path], naming: [run.path], shell: Self.noSpace(kilobytes: 0))
      try expectNothingHalfWritten(run)
      let after = try contents(run)
      if command == "sample" {
        #expect(after.keys.filter { $0.hasSuffix(".mp4") } == [])
      } else {
        #expect(after[result] == before[result])
      }
    }
  }
}
