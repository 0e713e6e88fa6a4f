import Foundation
import Models
import Perception
import Tensors
import Training

/// Trains a spatial autoencoder in a folder of its own.
public struct SpatialAutoencoderStage {
  /// Where checkpoints and the result go; the result is the folder `autoencoder` in it.
  public let folder: URL
  /// What is trained, and how.
  public let run: SpatialAutoencoderRun
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked at every step; true writes a checkpoint and stops.
  public var shouldStop: () -> Bool
  /// Those that train together, if this process is not alone: process 0 writes the folder.
  public var processes: Processes?

  /// The training of a spatial autoencoder.
  public init(
    folder: URL, run: SpatialAutoencoderRun, observer: any StageObserver,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.folder = folder
    self.run = run
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// The result's folder.
  public var result: URL { folder.appendingPathComponent("autoencoder") }

  /// Trains, or goes on from the last checkpoint, measures and saves the result.
  ///
  /// `reconstruction-cost.json` tells what the result costs on every kind of scene.
  /// - Returns: the autoencoder; nil where another process measures and saves it.
  /// - Throws: `RunError.interrupted` after a checkpoint when asked to stop; `.reconstructionTooDear` when the
  ///   result is not good enough to be used.
  @discardableResult public func train(resume: Bool) throws -> SpatialAutoencoder? {
    try processes?.requireEqualShares(batch: run.training.batch)
    let trainer = try SpatialAutoencoderTrainer(
      run.training, start: try startingWeights(), perceptualDistance: try perceptualDistance())
    observer.began(
      "training the autoencoder",
      "\(trainer.weights.elementCount) parameters, \(run.loop.steps) steps of "
        + "\(run.training.batch) clips")
    var steps = try TrainingLoop(folder: folder, options: run.loop)
    steps.observer = observer
    steps.shouldStop = shouldStop
    steps.processes = processes
    let store = CheckpointStore(folder: folder)
    let outcome = try steps.run(trainer, resume: resume && store.latest != nil)
    if outcome.reason == .interrupted {
      throw RunError.interrupted(
        stage: "training the autoencoder at step \(outcome.steps)", remedy: "go on with --resume")
    }
    guard processes?.isFirst ?? true else { return nil }
    let trained = try trainer.finish()
    let autoencoder = run.isHalfPrecision ? try trained.rounded(to: .float16) : trained
    var notes: [String: any Encodable] = [:]
    if run.measuredScenes > 0 {
      observer.began("measuring", "what reconstruction costs on the released ruler")
      let cost = try ReconstructionCost.measure(autoencoder, videos: run.measuredScenes) {
        observer.advanced($0, of: $1, "kinds of scenes")
      }
      try writing(result) {
        try AtomicFolder.write(
          json: cost, to: folder.appendingPathComponent("reconstruction-cost.json"))
      }
      guard cost.dearestLaw <= run.maximumCost else {
        throw RunError.reconstructionTooDear(
          folder.path, cost: cost.dearestLaw, allowed: run.maximumCost)
      }
      notes["reconstruction-cost"] = cost
    }
    try writing(result) {
      try autoencoder.save(
        to: result, notes: notes, dtype: run.isHalfPrecision ? .float16 : .float32)
    }
    return autoencoder
  }

  private func startingWeights() throws -> [String: Tensor] {
    guard run.start != TrainingData.none else { return [:] }
    return try SpatialAutoencoder(folder: ReleasedWeights.folder(run.start)).coder.parameters.byName
  }

  private func perceptualDistance() throws -> ((Tensor, Tensor) -> Tensor)? {
    guard run.training.losses.perceptual > 0 else { return nil }
    guard run.training.population.side >= PerceptualLoss.leastSide else {
      throw TrainingError.option(
        field: "population.side", value: "\(run.training.population.side)",
        remedy: "LPIPS needs windows of \(PerceptualLoss.leastSide) pixels or more")
    }
    let loss = try PerceptualLoss()
    return { loss($0, $1) }
  }
}
