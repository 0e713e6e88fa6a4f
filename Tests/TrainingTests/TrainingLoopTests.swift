import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// One number that learns to be 3, and can be made to fail.
private final class Number: Trainable {
  struct Configuration: Codable, Equatable { var rate = 0.1 }
  let configuration: Configuration
  let weights: Parameters
  let average: MovingAverage
  let optimizers: [(name: String, optimizer: any Optimizer, rate: Double)]
  let maximumGradientNorm = 100.0
  let batch = 4
  var poisonedStep = -1

  init(rate: Double = 0.1) {
    configuration = Configuration(rate: rate)
    var list = Parameters()
    list.append("x", Tensor.zeros([1]))
    weights = list
    average = MovingAverage(of: list, decay: 0.5)
    optimizers = [("adamw", AdamW([("x", list.tensors[0])], weightDecay: 0), rate)]
  }

  func loss(step: Int, of steps: Int) throws -> Tensor {
    let loss = (weights.tensors[0] - 3).square().sum()
    return step == poisonedStep ? loss * .nan : loss
  }
}

@Suite struct TrainingLoopTests {
  @Test func trainsRecordsAndKeepsTheLastCheckpoints() throws {
    try withTemporaryFolder { folder in
      let listener = Listener()
      var loop = try loop(folder, steps: 60) {
        $0.checkpointEvery = 20
        $0.recordEvery = 10
        $0.probeEvery = 30
      }
      loop.observer = listener
      loop.probe = { step, _ in ["step": Double(step)] }
      let subject = Number(rate: 0.3)
      let outcome = try loop.run(subject)
      #expect(outcome.reason == .finished)
      #expect(outcome.steps == 60)
      #expect(abs(subject.weights.tensors[0].item() - 3) < 0.5)
      #expect(listener.records.map(\.step) == [10, 20, 30, 40, 50, 60])
      #expect(listener.probes.map { $0.probe?["step"] } == [30, 60])
      #expect(listener.checkpoints == [20, 40, 60])
      let store = CheckpointStore(folder: folder)
      #expect(store.steps == [60, 40])
      #expect(store.latest == outcome.checkpoint)
      #expect(outcome.checkpoint.lastPathComponent == "step-00000060")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: outcome.checkpoint.path).sorted() == [
          "README.md", "config.json", "ema.safetensors", "model.safetensors",
          "optimizer.safetensors", "state.json",
        ])
      let metrics = try MetricsFile.read(folder)
      #expect(metrics.count == 8)
      #expect(metrics.last?.probe == ["step": 60])
    }
  }

  @Test func aNotANumberStopsWithTheLastGoodState() throws {
    try withTemporaryFolder { folder in
      let subject = Number()
      subject.poisonedStep = 7
      let loop = try loop(folder, steps: 10) { $0.checkpointEvery = 5 }
      let good = CheckpointStore(folder: folder).url(7)
      #expect(
        throws: TrainingError.diverged(
          step: 7, quantity: "loss", value: "nan", lastGood: good.path)
      ) { try loop.run(subject) }
      #expect(CheckpointStore(folder: folder).steps == [7, 5])
      #expect(subject.weights.tensors[0].isAllFinite)
      // What was kept is the state before the step, optimiser included.
      let resumed = Number()
      let outcome = try TrainingTests.loop(folder, steps: 10).run(resumed, resume: true)
      let straight = Number()
      _ = try TrainingTests.loop(folder.appendingPathComponent("b"), steps: 10).run(straight)
      #expect(outcome.reason == .finished)
      #expect(resumed.weights.tensors[0].item() == straight.weights.tensors[0].item())
    }
  }

  @Test func askingToStopLeavesAResumableCheckpoint() throws {
    try withTemporaryFolder { folder in
      var first = try loop(folder, steps: 10)
      first.shouldStop = { true }
      #expect(try first.run(Number()).reason == .interrupted)
      let outcome = try loop(folder, steps: 10).run(Number(), resume: true)
      #expect(outcome.reason == .finished)
      #expect(try MetricsFile.read(folder).map(\.step) == Array(1...10))
    }
  }

  @Test func timeRunsOut() throws {
    try withTemporaryFolder { folder in
      let outcome = try loop(folder, steps: 1_000_000) {
        $0.maximumSeconds = 0.05
        $0.annealWithinSeconds = true
        $0.recordEvery = 1000
      }.run(Number())
      #expect(outcome.reason == .outOfTime)
      #expect(outcome.steps > 0 && outcome.steps < 1_000_000)
    }
  }

  @Test func nothingToResumeFromIsSaid() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("checkpoints").path
      #expect(throws: TrainingError.noCheckpoint(folder: path)) {
        try loop(folder, steps: 3).run(Number(), resume: true)
      }
    }
  }

  @Test func anotherConfigurationIsNotResumed() throws {
    try withTemporaryFolder { folder in
      _ = try loop(folder, steps: 3).run(Number(rate: 0.1))
      #expect {
        try loop(folder, steps: 5).run(Number(rate: 0.2), resume: true)
      } throws: {
        "\($0)".contains("0.1") && "\($0)".contains("0.2")
      }
    }
  }

  @Test func aDamagedCheckpointFallsBackToTheOneBefore() throws {
    try withTemporaryFolder { folder in
      let outcome = try loop(folder, steps: 4) { $0.checkpointEvery = 2 }.run(Number())
      let file = outcome.checkpoint.appendingPathComponent("model.safetensors")
      try Data(contentsOf: file).prefix(20).write(to: file)
      let listener = Listener()
      var second = try loop(folder, steps: 4)
      second.observer = listener
      #expect(try second.run(Number(), resume: true).reason == .finished)
      #expect(listener.warnings.count == 1)
      #expect(listener.warnings.first?.contains("step-00000004") == true)
      #expect(listener.records.map(\.step) == [3, 4])
    }
  }

  @Test(arguments: ["model.safetensors", "optimizer.safetensors", "state.json", "config.json"])
  func withoutASoundCheckpointTheNewestIsNamed(_ name: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try loop(folder, steps: 2).run(Number())
      try FileManager.default.removeItem(at: outcome.checkpoint.appendingPathComponent(name))
      #expect {
        try loop(folder, steps: 4).run(Number(), resume: true)
      } throws: {
        if case TrainingError.damagedCheckpoint(let path, _) = $0 {
          path == outcome.checkpoint.path
        } else {
          false
        }
      }
    }
  }

  @Test func impossibleOptionsAreRefused() {
    let changes: [(inout LoopOptions) -> Void] = [
      { $0.steps = 0 }, { $0.keepCheckpoints = 0 }, { $0.recordEvery = 0 },
      { $0.maximumSeconds = 0 }, { $0.learningRate.floor = 2 }, { $0.checkpointEvery = -1 },
    ]
    for change in changes {
      var options = LoopOptions()
      change(&options)
      #expect(throws: TrainingError.self) { try options.validate() }
    }
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      #expect {
        try loop(file.appendingPathComponent("run"), steps: 1).run(Number())
      } throws: {
        if case TrainingError.cannotWrite = $0 { true } else { false }
      }
    }
  }
}
