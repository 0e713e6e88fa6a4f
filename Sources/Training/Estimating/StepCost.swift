import Foundation
import Models
import Tensors

/// What a step of training costs, measured.
public struct StepCost: Codable, Hashable, Sendable {
  /// Seconds of a step.
  public var seconds: Double
  /// Steps or smaller pieces that were run to find out.
  public var probed: Int
  /// Whether whole steps were run, or smaller ones and a straight line through them.
  public var isWhole: Bool

  /// Runs whole steps: two to warm up, then for about `budget` seconds, five at least. The subject is trained by it.
  public static func measure(
    _ subject: some Trainable, budget: Double, of steps: Int = 1_000_000
  ) throws -> StepCost {
    subject.weights.requireGradients(true)
    defer { subject.weights.requireGradients(false) }
    var step = 0
    func run() throws -> Double {
      let clock = ContinuousClock.now
      // A rate of nothing: the cost is the same, and the weights stay what they are.
      let result = try TrainingStep.take(subject, step: step, of: steps, factor: 0)
      _ = StepResult.values([result])
      Torch.synchronize()
      step += 1
      return clock.duration(to: .now).inSeconds
    }
    for _ in 0..<2 { _ = try run() }
    var times: [Double] = []
    while times.count < 5 || (times.reduce(0, +) < budget && times.count < 200) {
      times.append(try run())
    }
    // The mean, not the median: what disturbs now and then will do so all along.
    return StepCost(
      seconds: times.reduce(0, +) / Double(times.count), probed: times.count, isWhole: true)
  }

  /// Runs whole steps where they are short, else steps of fewer videos, whose costs lie on a straight line.
  ///
  /// - Parameters:
  ///   - one: seconds of one video, from `MemoryNeed.measure`.
  ///   - budget: seconds that may be spent, roughly.
  public static func measure(
    _ trainer: DiffusionTrainer, one: Double, budget: Double
  ) throws -> StepCost {
    let concurrent = trainer.concurrentShards
    let whole = one * Double(trainer.batch) / Double(concurrent)
    if whole * 7 < budget * 2 { return try measure(trainer, budget: budget) }
    // Two sizes whose steps fit the budget together, five and two runs being the least.
    let unit = one * 2 / Double(concurrent)
    let larger = min(max(Int(budget / 7 / unit), 2), trainer.batch / 2)
    guard larger >= 2 else { return try measure(trainer, budget: budget) }
    func cost(_ examples: Int) throws -> StepCost {
      try measure(
        SmallerBatch(trainer, batch: examples * 2, inShards: true), budget: budget / 2)
    }
    let (a, b) = (try cost(1), try cost(larger))
    let slope = (b.seconds - a.seconds) / Double(2 * larger - 2)
    return StepCost(
      seconds: b.seconds + slope * Double(trainer.batch - 2 * larger), probed: a.probed + b.probed,
      isWhole: false)
  }
}

extension DiffusionTrainer {
  /// Shards of a batch that are computed at the same time.
  var concurrentShards: Int {
    weights.tensors.first?.device == .cpu ? min(configuration.shards, Workers.limit, batch) : 1
  }
}

extension MemoryNeed {
  /// What a diffusion training will take, and the seconds of one video forward and back, from running one video.
  ///
  /// - Parameters:
  ///   - data: bytes of training data that are kept in memory.
  ///   - unmade: how many of those are not there yet.
  public static func measure(
    _ trainer: DiffusionTrainer, data: Int, unmade: Int = 0
  ) throws -> (need: MemoryNeed, seconds: Double) {
    let one = SmallerBatch(trainer, batch: 1, inShards: false)
    trainer.weights.requireGradients(true)
    defer { trainer.weights.requireGradients(false) }
    func run(_ step: Int) throws {
      try one.loss(step: step, of: 2).backward()
      Torch.synchronize()
    }
    let device = trainer.weights.tensors.first?.device ?? .cpu
    // The first makes the gradients, which are counted with the weights.
    try run(0)
    let clock = ContinuousClock.now
    let activations: Int
    if device == .cpu {
      activations = try MemoryWatch.peak { try run(1) }.peak
    } else {
      let before = MachineMemory.devicePeak(device, reset: true) ?? 0
      try run(1)
      activations = max((MachineMemory.devicePeak(device, reset: false) ?? before) - before, 0)
    }
    let seconds = clock.duration(to: .now).inSeconds
    for tensor in trainer.weights.tensors { tensor.zeroGrad() }
    var need = MemoryNeed()
    let weights = trainer.weights.elementCount * 4
    let state = trainer.optimizers.flatMap { $0.optimizer.stateTensors().values }
      .reduce(0) { $0 + $1.count * $1.dtype.size }
    need.state = weights * 3 + state
    need.activationsPerExample = activations
    let piece = trainer.batch / trainer.accumulation
    let shard =
      device == .cpu
      ? (piece + trainer.configuration.shards - 1) / trainer.configuration.shards : piece
    need.examplesAtOnce = min(shard * trainer.concurrentShards, piece)
    need.data = data
    need.program = max(MachineMemory.used.now - need.state + weights - (data - unmade), 0)
    need.missing = need.activations + weights + unmade
    need.available = MachineMemory.available(on: device)
    need.knobs = trainer.memoryKnobs
    return (need, seconds)
  }
}

extension DiffusionTrainer {
  /// Settings that would lower the need, the cheapest first.
  var memoryKnobs: [String] {
    var knobs: [String] = []
    let piece = batch / accumulation
    if piece > 1, let pieces = (2...piece).first(where: { piece.isMultiple(of: $0) }) {
      knobs.append("optimization.accumulation=\(accumulation * pieces)")
    }
    if !model.recomputesBlocks { knobs.append("optimization.recompute=true") }
    if batch > 1 { knobs.append("optimization.batch=\(max(batch / 2, 1))") }
    if configuration.transformer.width > 64 { knobs.append("a smaller model") }
    return knobs
  }
}
