import Foundation
import Models
import Tensors

/// What a step of training costs, measured.
public struct StepCost: Codable, Hashable, Sendable {
  /// Seconds of a step.
  public var seconds: Double
  /// Steps or smaller pieces that were run to find out.
  public var probed: Int
  /// Floating-point operations of the products of a whole step that libtorch's own operators made; nil where smaller
  /// steps were run. What kernels of our own multiply is not among them.
  public var operations: Double?
  /// Whether whole steps were run, or smaller ones and a straight line through them.
  public var isWhole: Bool

  /// Runs whole steps: one or two to warm up, then for about `budget` seconds. Weights stay what they are.
  public static func measure(
    _ subject: some Trainable, budget: Double, of steps: Int = 1_000_000
  ) throws -> StepCost {
    subject.weights.requireGradients(true)
    defer { subject.weights.requireGradients(false) }
    var step = 0
    func run() throws -> Double {
      let clock = ContinuousClock.now
      // A rate of nothing costs the same.
      let result = try TrainingStep.take(subject, step: step, of: steps, factor: 0)
      _ = StepResult.values([result])
      Torch.synchronize()
      step += 1
      return clock.duration(to: .now).inSeconds
    }
    let (first, operations) = try Torch.countingOperations { try run() }
    if first < budget / 4 { _ = try run() }
    var times: [Double] = []
    var sum = 0.0
    repeat {
      times.append(try run())
      sum += times[times.count - 1]
    } while sum + sum / Double(times.count) / 2 < budget && times.count < 200
    // The mean, not the median: what disturbs now and then will do so all along.
    return StepCost(
      seconds: sum / Double(times.count), probed: times.count, operations: operations,
      isWhole: true)
  }

  /// Runs whole steps where they are short, else steps of fewer videos, whose costs lie on a straight line.
  ///
  /// - Parameters:
  ///   - one: seconds of one video, from `MemoryNeed.measure`.
  ///   - budget: seconds that may be spent, roughly; three steps of one video a thread are the least.
  public static func measure(
    _ trainer: DiffusionTrainer, one: Double, budget: Double
  ) throws -> StepCost {
    // A GPU takes a whole batch in little more time than a single video: no line leads from the one to the other.
    if trainer.device != .cpu { return try measure(trainer, budget: budget) }
    let whole = one * Double(trainer.batch) / Double(trainer.concurrentShards)
    if whole * 4 < budget { return try measure(trainer, budget: budget) }
    // A part has one video, or as many as a third of the budget holds.
    let parts = min(trainer.configuration.shards, trainer.batch)
    let unit = one * Double(parts) / Double(trainer.concurrentShards)
    let larger = max(Int(budget / 3 / unit), 2) * parts
    guard larger < trainer.batch else { return try measure(trainer, budget: budget) }
    let a = try measure(SmallerBatch(trainer, batch: parts, inShards: true), budget: budget / 4)
    let b = try measure(SmallerBatch(trainer, batch: larger, inShards: true), budget: budget / 2)
    // No steeper than without any fixed cost, and no flatter than with half of it fixed: two points on a busy machine
    // say anything.
    let steepest = b.seconds / Double(larger)
    let slope = min(max((b.seconds - a.seconds) / Double(larger - parts), steepest / 2), steepest)
    return StepCost(
      seconds: b.seconds + slope * Double(trainer.batch - larger), probed: a.probed + b.probed,
      isWhole: false)
  }
}

extension DiffusionTrainer {
  /// Shards of a batch that are computed at the same time.
  var concurrentShards: Int {
    device == .cpu ? min(configuration.shards, Workers.limit, batch) : 1
  }

  /// Where the weights are.
  var device: Device { weights.tensors.first?.device ?? .cpu }
}

extension MemoryNeed {
  /// What a diffusion training will take, and the seconds of one video forward and back, from running one video; on a
  /// GPU one and several, because there the libraries' own room, which one video needs as well, is most of it.
  ///
  /// - Parameters:
  ///   - data: bytes of training data that are kept in memory.
  ///   - unmade: how many of those are not there yet.
  ///   - processes: how many share the batch.
  public static func measure(
    _ trainer: DiffusionTrainer, data: Int, unmade: Int = 0, processes: Int = 1
  ) throws -> (need: MemoryNeed, seconds: Double) {
    trainer.weights.requireGradients(true)
    defer { trainer.weights.requireGradients(false) }
    func run(_ step: Int, videos: Int = 1) throws {
      try SmallerBatch(trainer, batch: videos, inShards: false).loss(step: step, of: 2).backward()
      Torch.synchronize()
    }
    let device = trainer.device
    /// The most that tensors take while some videos are run, over what they took before.
    func peak(videos: Int) throws -> Int {
      if device == .cpu { return try MemoryWatch.peak { try run(1, videos: videos) }.peak }
      MachineMemory.resetDevicePeak(device)
      let before = MachineMemory.devicePeak(device)?.used ?? 0
      try run(1, videos: videos)
      return max((MachineMemory.devicePeak(device)?.used ?? before) - before, 0)
    }
    // The first makes the gradients, which are counted with the weights.
    try run(0)
    let clock = ContinuousClock.now
    var activations = try peak(videos: 1)
    let seconds = clock.duration(to: .now).inSeconds
    var libraries = 0
    let several = min(trainer.batch, 4)
    if device != .cpu, several > 1 {
      let more = max((try peak(videos: several) - activations) / (several - 1), 0)
      (activations, libraries) = (more, max(activations - more, 0))
    }
    for tensor in trainer.weights.tensors { tensor.zeroGrad() }
    var need = MemoryNeed()
    let weights = trainer.weights.elementCount * 4
    let state = trainer.optimizers.flatMap { $0.optimizer.stateTensors().values }
      .reduce(0) { $0 + $1.count * $1.dtype.size }
    // Processes send gradients from places of their own.
    need.state = weights * (processes > 1 ? 4 : 3) + state
    need.activationsPerExample = activations
    let piece = trainer.batch / processes / trainer.accumulation
    let shard =
      device == .cpu && processes == 1
      ? (piece + trainer.configuration.shards - 1) / trainer.configuration.shards : piece
    need.examplesAtOnce = min(shard * trainer.concurrentShards, piece)
    need.data = data
    need.program =
      device == .cpu
      ? max(MachineMemory.used.now - need.state + weights - (data - unmade), 0) : libraries
    need.missing = need.activations + weights + unmade + libraries
    need.available = MachineMemory.available(on: device)
    need.knobs = knobs(
      trainer.configuration, recomputes: trainer.model.recomputesBlocks)
    return (need, seconds)
  }
}
