import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Interruption") struct InterruptionTests {
  /// Enough steps to be interrupted in, in about a second.
  static func training(_ folder: URL) throws -> [String] {
    let own = ["loop.steps=300", "loop.checkpointEvery=50", "loop.probeEvery=0"]
    return try ["train", "--output", folder.path] + Miniature.settings(own)
  }

  /// A training that nothing interrupts: its folder, how it ended, and its model.
  private struct Straight: Sendable {
    let run: URL
    let outcome: Program.Outcome
    let model: [String: Data]
  }

  private static let straight = Result<Straight, any Error> {
    let run = Miniature.folder.appendingPathComponent("straight")
    let outcome = try Program.run(try training(run))
    try #require(outcome.code == 0, "\(outcome.messages)")
    return Straight(
      run: run, outcome: outcome, model: try contents(run.appendingPathComponent("model")))
  }

  /// Sends a signal when the first checkpoint is there.
  static func interrupt(_ run: URL, by signal: String) throws -> Program.Outcome {
    let checkpoint = run.appendingPathComponent("checkpoints/step-00000050").path
    let meanwhile = """
      for i in {1..3000}; do [ -e '\(checkpoint)' ] && break; sleep 0.01; done
      kill -\(signal) $program
      """
    return try Program.run(try training(run), meanwhile: meanwhile)
  }

  /// The first step that a training tells of; one that began anew tells of an early one.
  static func firstStep(of outcome: Program.Outcome) throws -> Int {
    let match = try #require(outcome.messages.firstMatch(of: /step (\d+)\/300/))
    return try #require(Int(match.1))
  }

  @Test func tellsOfAnEarlyStepWithoutResuming() throws {
    #expect(try Self.firstStep(of: Self.straight.get().outcome) <= 50)
  }

  @Test(arguments: [("TERM", 130), ("INT", 130), ("USR1", 130), ("KILL", 137)])
  func goesOnAsIfNothingHadHappened(signal: String, code: Int32) throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      let stopped = try Self.interrupt(run, by: signal)
      #expect(stopped.code == code, "\(stopped.messages)")
      #expect(!RunFolder(run).isTrained)
      if signal != "KILL" {
        #expect(stopped.messages.contains("--resume"))
        try expectNothingHalfWritten(run)
      }
      let resumed = try Program.run(["train", "--resume", "--output", run.path])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(try Self.firstStep(of: resumed) > 50)
      let model = try contents(run.appendingPathComponent("model"))
      #expect(
        Set(model.keys) == [
          "README.md", "config.json", "model.safetensors", "ema.safetensors",
        ])
      #expect(try model == Self.straight.get().model)
    }
  }

  /// Kills at whatever the program does: starting, encoding, stepping, probing, writing and rotating checkpoints.
  @Test func tenKillsAtAnyMomentChangeNoBit() throws {
    try withTemporaryFolder { folder in
      func arguments(_ run: URL) throws -> [String] {
        try ["train", "--resume", "--output", run.path]
          + Miniature.settings([
            "loop.steps=120", "loop.checkpointEvery=5", "loop.probeEvery=40",
          ])
      }
      let start = ContinuousClock.now
      let straight = folder.appendingPathComponent("straight")
      let outcome = try Program.run(try arguments(straight))
      try #require(outcome.code == 0, "\(outcome.messages)")
      let duration = (ContinuousClock.now - start) / .seconds(1)
      let model = try contents(straight.appendingPathComponent("model"))

      var (kills, runs) = (0, 0)
      var moments: [String] = []
      var run = folder.appendingPathComponent("0")
      func finish() throws {
        #expect(
          try contents(run.appendingPathComponent("model")) == model, "killed after \(moments)")
        try expectNothingHalfWritten(run)
        runs += 1
        run = folder.appendingPathComponent("\(runs)")
        moments = []
      }
      while kills < 10 {
        let moment = "\(Double.random(in: 0.02...0.7) * duration)"
        let stopped = try Program.run(
          try arguments(run), meanwhile: "sleep \(moment); kill -KILL $program 2>/dev/null")
        if stopped.code == 137 {
          kills += 1
          moments.append(moment)
        } else {
          #expect(stopped.code == 0, "\(stopped.messages)")
          try finish()
        }
      }
      let last = try Program.run(try arguments(run))
      #expect(last.code == 0, "\(last.messages)")
      try finish()
    }
  }

  @Test func fallsBackToTheCheckpointBeforeADamagedOne() throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      let files = FileManager.default
      try files.copyItem(at: Self.straight.get().run, to: run)
      try files.removeItem(at: run.appendingPathComponent("model"))
      let checkpoints = run.appendingPathComponent("checkpoints")
      let steps = try files.contentsOfDirectory(atPath: checkpoints.path).sorted()
      #expect(steps == ["step-00000250", "step-00000300"])

      func spoil(_ step: String) throws {
        let file = checkpoints.appendingPathComponent(step)
          .appendingPathComponent("optimizer.safetensors")
        try Data(contentsOf: file).dropLast(100).write(to: file)
      }
      try spoil("step-00000300")
      let resumed = try Program.run(["train", "--resume", "--output", run.path])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(resumed.messages.contains("warning: "))
      #expect(resumed.messages.contains("step-00000300"))
      #expect(try Self.firstStep(of: resumed) > 250)
      #expect(try contents(run.appendingPathComponent("model")) == Self.straight.get().model)

      try files.removeItem(at: run.appendingPathComponent("model"))
      for step in try files.contentsOfDirectory(atPath: checkpoints.path) { try spoil(step) }
      try Program.expectFailure(
        65, ["train", "--resume", "--output", run.path],
        naming: ["step-00000300", "cannot be resumed from"])
      #expect(!RunFolder(run).isTrained)
    }
  }

  @Test func refusesACheckpointOfAnotherModel() throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      #expect(try Self.interrupt(run, by: "TERM").code == 130)
      let file = RunFolder(run).configurationFile
      let text = try String(contentsOf: file, encoding: .utf8)
      let changed = text.replacingOccurrences(of: "width: 32", with: "width: 64")
      #expect(changed != text)
      try Data(changed.utf8).write(to: file)
      try Program.expectFailure(
        65, ["train", "--resume", "--output", run.path],
        naming: ["saved \"width\" : 32", "now \"width\" : 64"])
    }
  }
}
