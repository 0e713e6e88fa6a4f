import Experiments
import Foundation
import Tensors
import TestSupport
import Testing
import Training

@Suite("Processes") struct ProcessesTests {
  private static func training(_ folder: URL, _ own: [String] = []) throws -> [String] {
    let steps = ["loop.steps=600", "loop.checkpointEvery=20", "loop.probeEvery=0"]
    return try ["train", "--output", folder.path] + Miniature.settings(steps + own)
  }

  private struct Trained: Sendable {
    let run: URL
    let messages: String
    let code: Int32
  }

  private static func train(_ name: String, _ more: [String]) -> Result<Trained, any Error> {
    Result {
      _ = try Miniature.shared()
      let run = Miniature.folder.appendingPathComponent(name)
      let outcome = try Program.run(try training(run) + more)
      return Trained(run: run, messages: outcome.messages, code: outcome.code)
    }
  }

  private static let one = train("one-process", [])
  private static let two = train("two-processes", ["--processes", "2"])

  private func expectSameModel(
    _ a: URL, _ b: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for file in ["model", "ema"] {
      let (left, right) = (try weights(a, file), try weights(b, file))
      #expect(left.keys.sorted() == right.keys.sorted(), sourceLocation: sourceLocation)
      for (name, tensor) in left {
        let other = try #require(right[name], sourceLocation: sourceLocation)
        let difference = (tensor - other).norm().item() / max(tensor.norm().item(), 1e-3)
        #expect(difference < 1e-3, "\(name)", sourceLocation: sourceLocation)
      }
    }
  }

  private func weights(_ run: URL, _ file: String) throws -> [String: Tensor] {
    try Safetensors.read(RunFolder(run).model.appendingPathComponent("\(file).safetensors")).tensors
  }

  @Test func twoLearnWhatOneLearns() throws {
    let (one, two) = (try Self.one.get(), try Self.two.get())
    #expect((one.code, two.code) == (0, 0), "\(two.messages)")
    try expectSameModel(one.run, two.run)
    try expectNothingHalfWritten(two.run)
    // Process 0 alone speaks.
    #expect(two.messages.components(separatedBy: "trained: ").count == 2)
    // TensorBoard's file has the time in its name.
    func files(_ run: URL) throws -> [String] {
      try names(in: run).filter { !$0.hasPrefix("events.out") }
    }
    #expect(try files(one.run) == files(two.run))
  }

  /// Waits for the first checkpoint, then sends a signal to the program, or to one of its processes.
  private func interrupted(_ run: URL, _ signal: String, process: Int?) throws -> Program.Outcome {
    let checkpoint = run.appendingPathComponent("checkpoints/step-00000020").path
    let target =
      process.map { "$(cat /proc/$program/task/*/children | cut -d ' ' -f \($0 + 1))" }
      ?? "$program"
    let meanwhile = """
      for i in {1..3000}; do [ -e '\(checkpoint)' ] && break; sleep 0.01; done
      kill -\(signal) \(target)
      """
    return try Program.run(
      try Self.training(run) + ["--processes", "2"], meanwhile: meanwhile)
  }

  @Test(arguments: [("KILL", 1, 69), ("TERM", 1, 130), ("USR1", nil, 130)])
  func goOnAfterASignal(_ signal: String, _ process: Int?, _ code: Int32) throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      let stopped = try interrupted(run, signal, process: process)
      #expect(stopped.code == code, "\(stopped.messages)")
      let errors = stopped.messages.split(separator: "\n").filter { $0.contains("error: ") }
      #expect(errors.count == 1, "\(stopped.messages)")
      #expect(errors.first?.contains("--resume") == true)
      if code == 69, let process {
        #expect(errors.first?.contains("process \(process) of 2 was ended by signal 9") == true)
      }
      #expect(!RunFolder(run).isTrained)
      let resumed = try Program.run(
        ["train", "--resume", "--output", run.path, "--processes", "2"])
      #expect(resumed.code == 0, "\(resumed.messages)")
      #expect(
        try MetricsFile.read(run).map(\.step).sorted()
          == Array(stride(from: 20, through: 600, by: 20)))
      try expectSameModel(try Self.two.get().run, run)
    }
  }

  @Test func aNumberThatDoesNotDivideTheBatchWritesNothing() throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      try Program.expectFailure(
        65, try Self.training(run) + ["--processes", "3"],
        naming: ["a batch of 4", "3 processes"])
      #expect(!RunFolder(run).exists)
    }
  }

  @Test func whatOneProcessDoesAloneIsRefused() throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      let file = SetupSandbox.packageRoot.appendingPathComponent(
        "Configurations/autoencoder-64.yaml")
      try Program.expectFailure(
        65, ["train", file.path, "--output", run.path, "--processes", "2"],
        naming: ["an autoencoder of single frames", "one process"])
      #expect(!FileManager.default.fileExists(atPath: run.path))
    }
  }

  @Test func variablesThatContradictEachOtherAreNamed() throws {
    try withTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run")
      try Program.expectFailure(
        65, try Self.training(run), naming: ["RANK", "“2”"],
        environment: [
          "RANK": "2", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "1",
        ])
      #expect(!RunFolder(run).exists)
    }
  }
}
