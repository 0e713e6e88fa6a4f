import Models
import Tensors
import Testing
import Training

@Suite struct AccumulationTests {
  /// The weights after some steps.
  private func weights(
    accumulation: Int?, recomputes: Bool = false, threads: Int = 1,
    _ change: (inout DiffusionTraining) -> Void = { _ in }
  ) throws -> [[Float]] {
    let before = Workers.limit
    Workers.limit = threads
    defer { Workers.limit = before }
    var training = tinyDiffusionTraining()
    training.transformer.depth = 2
    training.accumulation = accumulation
    change(&training)
    let trainer = try DiffusionTrainer(
      training, latents: CachedLatents(lineLatents(16), seed: 0), recomputes: recomputes)
    trainer.weights.requireGradients(true)
    for step in 0..<3 { _ = try TrainingStep.take(trainer, step: step, of: 3, factor: 1) }
    return trainer.weights.tensors.map { $0.detached().floats() }
  }

  private func difference(_ a: [[Float]], _ b: [[Float]]) -> Float {
    zip(a.joined(), b.joined()).map { abs($0 - $1) }.max() ?? .nan
  }

  @Test(arguments: [2, 4, 8]) func piecesGiveTheGradientOfTheWhole(_ pieces: Int) throws {
    let adamW: (inout DiffusionTraining) -> Void = { $0.optimizer = .adamW }
    let (whole, divided) = (
      try weights(accumulation: nil, adamW), try weights(accumulation: pieces, adamW)
    )
    // Adam's first steps divide by gradients near zero.
    #expect(difference(whole, divided) < 2e-4)
  }

  @Test(arguments: [2, 4]) func threadsChangeNoBit(_ pieces: Int) throws {
    let one = try weights(accumulation: pieces)
    #expect(try weights(accumulation: pieces, threads: 2) == one)
  }

  @Test(arguments: [nil, 2]) func recomputedBlocksChangeNoBit(_ pieces: Int?) throws {
    let kept = try weights(accumulation: pieces)
    #expect(try weights(accumulation: pieces, recomputes: true) == kept)
    #expect(try weights(accumulation: pieces, recomputes: true, threads: 2) == kept)
  }

  @Test func piecesThatAreNotWholeAreRefused() {
    var training = tinyDiffusionTraining()
    training.accumulation = 3
    #expect(
      throws: TrainingError.option(
        field: "accumulation", value: "3", remedy: "must divide the batch of 8 into whole pieces")
    ) { try training.validate() }
  }
}
