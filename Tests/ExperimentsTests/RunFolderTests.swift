import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Run folder") struct RunFolderTests {
  static func withRun(_ body: (RunFolder, RunConfiguration) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("runs/a"))
      var configuration = Scale.quick.configuration
      configuration.seed = 5
      try run.create(configuration)
      try body(run, configuration)
    }
  }

  @Test func isMadeWithItsConfiguration() throws {
    try Self.withRun { run, configuration in
      #expect(run.exists)
      let found = try run.configuration()
      #expect(found == configuration)
      #expect(!run.isTrained)
      #expect(!run.isMeasured)
      #expect(!run.hasCheckpoint)
      #expect(try names(in: run.url) == ["config.yaml"])
      #expect(try names(in: run.url.deletingLastPathComponent()) == ["a"])
    }
  }

  @Test func isNeverMadeTwice() throws {
    try Self.withRun { run, configuration in
      var other = configuration
      other.seed = 6
      #expect(throws: RunError.alreadyThere(run.url.path)) { try run.create(other) }
      let found = try run.configuration()
      #expect(found == configuration)
    }
  }

  @Test func leavesNothingWhereItCannotBeMade() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let run = RunFolder(file.appendingPathComponent("run"))
      let error = try failure(RunError.self) { try run.create(Scale.quick.configuration) }
      guard case .cannotWrite(run.url.path, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(try names(in: folder) == ["file"])
    }
  }

  @Test func isNoRunWithoutAConfiguration() throws {
    try withTemporaryFolder { folder in
      #expect(throws: RunError.notARun(folder.path)) { try RunFolder(folder).configuration() }
      let absent = folder.appendingPathComponent("absent")
      #expect(throws: RunError.notARun(absent.path)) { try RunFolder(absent).configuration() }
    }
  }

  @Test(arguments: ["seed: [", "colour: red", "loop: {steps: 0}", "\u{0}\u{1}\u{2}"])
  func refusesAGarbledConfiguration(text: String) throws {
    try Self.withRun { run, _ in
      try Data(text.utf8).write(to: run.configurationFile)
      #expect(throws: (any Error).self) { try run.configuration() }
    }
  }

  @Test func checkpointsInTheMakingAreNone() throws {
    try Self.withRun { run, _ in
      let checkpoints = run.url.appendingPathComponent("checkpoints")
      let files = FileManager.default
      try files.createDirectory(
        at: checkpoints.appendingPathComponent(".step-00000003.X.partial"),
        withIntermediateDirectories: true)
      #expect(!run.hasCheckpoint)
      try files.createDirectory(
        at: checkpoints.appendingPathComponent("step-00000003"), withIntermediateDirectories: true)
      #expect(run.hasCheckpoint)
    }
  }

  @Test func timesOfAStageAddUp() throws {
    try Self.withRun { run, _ in
      #expect(run.timings() == [])
      try run.addTiming("training", seconds: 1.5)
      try run.addTiming("sampling", seconds: 0.25)
      try run.addTiming("training", seconds: 2)
      #expect(run.timings().map(\.stage) == ["training", "sampling"])
      #expect(run.timings().map(\.seconds) == [3.5, 0.25])
    }
  }

  @Test func saysWhichCommandMakesWhatIsMissing() throws {
    try Self.withRun { run, _ in
      func expectMissing(_ file: URL, _ command: String, _ body: () throws -> Void) throws {
        let error = try failure(RunError.self) { try body() }
        #expect(error == .missing(file.path, remedy: "phyworld \(command) \(run.url.path)"))
        #expect("\(error)".contains("run 'phyworld \(command) \(run.url.path)' first"))
      }
      try expectMissing(run.metricsFile, "evaluate") { _ = try run.metrics() }
      try expectMissing(run.scoresFile, "evaluate") { _ = try run.scores() }
      try expectMissing(run.floorFile("autoencoder"), "evaluate") {
        _ = try run.floorScores("autoencoder")
      }
      let video = run.sampleFolder(.vHigh, steps: 8).appendingPathComponent("00003.mp4")
      try expectMissing(video, "sample") { _ = try run.sample(3, level: .vHigh, steps: 8) }
    }
  }

  @Test func refusesGarbledResults() throws {
    try Self.withRun { run, _ in
      try Data("{\"version\": 1".utf8).write(to: run.metricsFile)
      let error = try failure(RunError.self) { try run.metrics() }
      guard case .unreadable(run.metricsFile.path, _) = error else {
        Issue.record("\(error)")
        return
      }
      try Data("nonsense\n".utf8).write(to: run.scoresFile)
      #expect(throws: (any Error).self) { try run.scores() }
      let video = run.sampleFolder(.idLevel, steps: 8).appendingPathComponent("00000.mp4")
      try FileManager.default.createDirectory(
        at: video.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("nonsense".utf8).write(to: video)
      #expect(throws: (any Error).self) { try run.sample(0, level: .idLevel, steps: 8) }
    }
  }
}
