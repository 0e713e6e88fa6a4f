import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct EstimatingTests {
  private func trainer(
    batch: Int = 8, recomputes: Bool = false, _ change: (inout DiffusionTraining) -> Void = { _ in }
  ) throws -> DiffusionTrainer {
    var training = tinyDiffusionTraining()
    training.batch = batch
    training.transformer.depth = 3
    change(&training)
    return try DiffusionTrainer(
      training, latents: CachedLatents(lineLatents(8), seed: 0), recomputes: recomputes)
  }

  @Test(arguments: DiffusionTraining.MatrixOptimizer.allCases)
  func whatAConfigurationTakesIsAboutWhatIsMeasured(_ optimizer: DiffusionTraining.MatrixOptimizer)
    throws
  {
    let trainer = try trainer {
      $0.optimizer = optimizer
      ($0.transformer.time, $0.transformer.width) = (4, 64)
    }
    let rough = MemoryNeed(trainer.configuration, recomputes: false, data: 0)
    let measured = try MemoryNeed.measure(trainer, data: 0).need
    #expect(abs(Double(rough.state) / Double(measured.state) - 1) < 0.2)
    #expect(
      (0.4..<2).contains(
        Double(rough.activationsPerExample) / Double(measured.activationsPerExample)))
    #expect(rough.examplesAtOnce == measured.examplesAtOnce)
    // One thread: one of two shards at a time.
    #expect(measured.examplesAtOnce == 4)
    #expect(!measured.isTooMuch)
  }

  @Test func halfPrecisionNeedsAboutHalf() throws {
    var training = DiffusionTraining()
    let full = MemoryNeed(training, recomputes: false, data: 0)
    training.precision = .bfloat16
    let half = MemoryNeed(training, recomputes: false, data: 0)
    #expect((0.5..<0.7).contains(Double(half.activations) / Double(full.activations)))
    #expect(half.state == full.state)
  }

  @Test func measuringChangesNothing() throws {
    func end(measuring: Bool) throws -> [[Float]] {
      let trainer = try trainer()
      if measuring {
        let (_, one) = try MemoryNeed.measure(trainer, data: 0)
        _ = one
      }
      trainer.weights.requireGradients(true)
      for step in 0..<2 { _ = try TrainingStep.take(trainer, step: step, of: 2, factor: 1) }
      return trainer.weights.tensors.map { $0.detached().floats() }
    }
    #expect(try end(measuring: true) == end(measuring: false))
  }

  @Test func recomputingAndAccumulatingLowerTheNeed() throws {
    let kept = try MemoryNeed.measure(trainer(), data: 0).need
    let recomputed = try MemoryNeed.measure(trainer(recomputes: true), data: 0).need
    #expect(Double(recomputed.activationsPerExample) < 0.8 * Double(kept.activationsPerExample))
    let divided = try MemoryNeed.measure(trainer { $0.accumulation = 4 }, data: 0).need
    #expect(divided.activations * 3 < kept.activations)
    #expect(kept.knobs.contains("optimization.accumulation=2"))
    #expect(kept.knobs.contains("optimization.recompute=true"))
    #expect(divided.knobs.contains("optimization.accumulation=8"))
    #expect(!recomputed.knobs.contains("optimization.recompute=true"))
  }

  @Test func stepsOfAFewVideosTellTheCostOfWholeOnes() throws {
    let trainer = try trainer(batch: 64) { $0.transformer.width = 64 }
    let one = try MemoryNeed.measure(trainer, data: 0).seconds
    let whole = try StepCost.measure(trainer, budget: 0.3)
    #expect(whole.isWhole)
    let line = try StepCost.measure(trainer, one: one, budget: one * 20)
    #expect(!line.isWhole)
    // How right it is says Benchmarks/estimate.sh: times on a busy machine prove nothing.
    #expect(line.seconds.isFinite && line.seconds > 0)
  }

  @Test func aModelThatDoesNotFitIsRefusedBeforeItIsMade() throws {
    var training = DiffusionTraining()
    training.transformer.width = 1 << 17
    do {
      let latents = CachedLatents(Tensor.zeros([1] + training.transformer.latentShape), seed: 0)
      _ = try DiffusionTrainer(training, latents: latents)
      Issue.record("terabytes were found")
    } catch let error as TrainingError {
      guard case .outOfMemory(let need, _) = error else { throw error }
      #expect(need.isTooMuch)
      #expect("\(error)".contains("estimated to need"))
      #expect("\(error)".contains("optimization.batch=32"))
    }
  }

  @Test func aNeedIsReadByPeople() {
    var need = MemoryNeed()
    (need.state, need.activationsPerExample, need.examplesAtOnce) = (2_000_000_000, 500_000_000, 4)
    need.program = 300_000_000
    need.missing = 4_000_000_000
    need.available = 3_000_000_000
    need.knobs = ["optimization.recompute=true"]
    #expect(need.isTooMuch)
    #expect(
      need.description
        == "the run is estimated to need 4.3 GB (weights and optimisers 2.0 GB, activations of 4 "
        + "examples 2.0 GB, program and libraries 300 MB), available 3.0 GB; lower it with "
        + "optimization.recompute=true")
    need.available = nil
    #expect(!need.isTooMuch)
  }
}
