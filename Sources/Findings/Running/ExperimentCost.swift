import Experiments
import Models

/// What an experiment's training takes, in operations, before anything is run.
public struct ExperimentCost: Codable, Hashable, Sendable {
  /// Models that are trained.
  public var models: Int
  /// Floating-point operations of their training.
  public var operations: Double
  /// Videos that are generated and measured.
  public var videos: Int

  /// Of an experiment at a scale.
  ///
  /// - Throws: `CatalogueError`, `ModelError`, `RunError`.
  public init(_ experiment: any Experiment, scale: ExperimentScale, seeds: Int) throws {
    models = 0
    operations = 0
    videos = 0
    for arm in experiment.askedArms(at: scale) {
      let run = try arm.configuration(scale: scale, seed: 0)
      let training = try run.training(on: run.latentLayout)
      models += seeds
      operations +=
        training.transformer.trainingOperations * Double(training.batch * run.loop.steps * seeds)
      for probe in arm.probes { videos += try probe.count(scale) * seeds }
    }
  }

  /// Operations per second of the laptop's recipe on this machine, from a few steps.
  public static func rate(observer: any StageObserver) throws -> Double {
    let run = RunConfiguration()
    var stage = EstimateStage(observer: observer)
    stage.budget = 1.5
    let estimate = try stage.estimate(run.training(on: run.latentLayout), steps: 1000)
    return estimate.flopsPerSecond ?? .nan
  }
}
