import Foundation
import Models
import Training

/// What `phyworld train` needs to train a spatial autoencoder; a YAML file whose `train` says
/// `spatial-autoencoder`.
public struct SpatialAutoencoderRun: Codable, Hashable, Sendable {
  /// What is trained, always "spatial-autoencoder".
  public var train = Self.kind
  /// Threads; 0 means all cores.
  public var threads = 1
  /// Weights to start from: a folder's name under `Weights/`, a path, or "none". Layers that it lacks, such as those
  /// over time, begin as identities.
  public var start = TrainingData.none
  /// The most that reconstruction may add to the official velocity error, mean over the kinds of scenes of the dearest
  /// law, world units per second; more is an error.
  public var maximumCost = 0.001
  /// Scenes of every kind that are measured at the end; 0 measures nothing and never fails.
  public var measuredScenes = 8
  /// Whether the result is stored in half precision, which halves its size.
  public var isHalfPrecision = true
  /// Everything that determines the training but for the steps.
  public var training = SpatialAutoencoderTraining()
  /// Steps, rates and checkpoints.
  public var loop = SpatialAutoencoderTraining.loop(steps: 6000)

  static let kind = "spatial-autoencoder"

  /// The released autoencoder's training.
  public init() {}

  /// Where a run folder keeps it.
  public static func file(in folder: URL) -> URL {
    folder.appendingPathComponent("spatial-autoencoder.yaml")
  }

  /// Whether a file is about a spatial autoencoder.
  /// - Throws: `ConfigurationError`.
  public static func describes(_ file: URL) throws -> Bool {
    try ConfigurationFile.text(of: "train", in: file) == kind
  }

  /// Reads a file over the released autoencoder's settings.
  /// - Throws: `ConfigurationError`, `ModelError`, `TrainingError`.
  public static func load(_ file: URL, overrides: [String] = []) throws -> SpatialAutoencoderRun {
    let run = try ConfigurationFile.load(SpatialAutoencoderRun(), file: file, overrides: overrides)
    guard run.maximumCost >= 0, run.measuredScenes >= 0 else {
      throw ConfigurationError.value(
        field: "maximumCost, measuredScenes", value: "\(run.maximumCost), \(run.measuredScenes)",
        remedy: "must not be negative")
    }
    try run.training.validate()
    try run.loop.validate()
    return run
  }

  /// Writes the resolved settings into a run's folder, which is made.
  public func save(in folder: URL) throws {
    try writing(folder) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(ConfigurationFile.yaml(self).utf8)
        .write(to: Self.file(in: folder), options: .atomic)
    }
  }
}
