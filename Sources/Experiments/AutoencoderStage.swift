import Foundation
import Models
import Tensors
import Training

/// Trains a video autoencoder in a folder of its own.
public struct AutoencoderStage {
  /// Where checkpoints and the result go; the result is the folder `autoencoder` in it.
  public let folder: URL
  /// Everything that determines the training.
  public let training: AutoencoderTraining
  /// Steps, rates and checkpoints.
  public let loop: LoopOptions
  /// The share of shapes, colours and pairs inside the training radii that must survive; 0 never fails.
  public let minimumKept: Double
  /// What to go on from: a folder's name under `Weights/`, a path, or "none".
  public var start = TrainingData.none
  /// Whether the result is stored in half precision.
  public var isHalfPrecision = false
  /// Hears how it goes.
  public var observer: any StageObserver
  /// Asked at every step; true writes a checkpoint and stops.
  public var shouldStop: () -> Bool

  /// The training of an autoencoder.
  public init(
    folder: URL, training: AutoencoderTraining, loop: LoopOptions, minimumKept: Double,
    observer: any StageObserver,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.folder = folder
    self.training = training
    self.loop = loop
    self.minimumKept = minimumKept
    self.observer = observer
    self.shouldStop = shouldStop
  }

  /// The result's folder.
  public var result: URL { folder.appendingPathComponent("autoencoder") }

  /// Trains, or goes on from the last checkpoint, fits the projection and saves the result.
  ///
  /// - Throws: `RunError.interrupted` after a checkpoint when asked to stop; `.shapesLost` when the
  ///   result is not good enough to be used.
  @discardableResult public func train(resume: Bool) throws -> VideoAutoencoder {
    try MemoryScope.run { try trained(resume: resume) }
  }

  private func trained(resume: Bool) throws -> VideoAutoencoder {
    let trainer = try AutoencoderTrainer(training, start: try startingWeights())
    observer.began(
      "training the autoencoder",
      "\(trainer.weights.elementCount) parameters, \(loop.steps) steps of \(training.batch) frames")
    var steps = try TrainingLoop(folder: folder, options: loop)
    steps.observer = observer
    steps.shouldStop = shouldStop
    let store = CheckpointStore(folder: folder)
    let outcome = try steps.run(trainer, resume: resume && store.latest != nil)
    if outcome.reason == .interrupted {
      throw RunError.interrupted(
        stage: "training the autoencoder at step \(outcome.steps)", remedy: "go on with --resume")
    }
    let trained = try trainer.finish()
    let autoencoder = isHalfPrecision ? try trained.rounded(to: .float16) : trained
    // A codec of the testbed is not for discs and squares: `phyworld autoencoder --testbed` measures it.
    if training.testbed == nil { try checkShapes(autoencoder) }
    try writing(result) {
      try autoencoder.save(to: result, dtype: isHalfPrecision ? .float16 : .float32)
    }
    return autoencoder
  }

  /// Writes what became of shapes, colours and pairs; too few are an error.
  private func checkShapes(_ autoencoder: VideoAutoencoder) throws {
    let gate = try ShapeGate.measure(autoencoder)
    try writing(result) {
      try AtomicFolder.write(json: gate, to: folder.appendingPathComponent("shape-gate.json"))
    }
    guard gate.worstInside >= minimumKept else {
      throw RunError.shapesLost(folder.path, kept: gate.worstInside, needed: minimumKept)
    }
  }

  private func startingWeights() throws -> [String: Tensor] {
    guard start != TrainingData.none else { return [:] }
    return try VideoAutoencoder(folder: ReleasedWeights.folder(start)).frames.parameters.byName
  }
}
