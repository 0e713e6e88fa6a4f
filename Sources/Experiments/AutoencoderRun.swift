import Foundation
import Models
import Training

/// What `phyworld train` needs to train an autoencoder; a YAML file whose `train` says `autoencoder`.
public struct AutoencoderRun: Codable, Hashable, Sendable {
  /// What is trained, always "autoencoder".
  public var train = Self.kind
  /// Threads; 0 means all cores. One thread gives the same bits on every machine of a kind.
  public var threads = 1
  /// An autoencoder of frames to go on from: a folder's name under `Weights/`, a path, or "none". It may be
  /// narrower, and may see whole pictures where this one codes colours apart.
  public var start = TrainingData.none
  /// The share of shapes, colours and pairs that must survive; less is an error.
  public var minimumKept = 0.9
  /// Whether the result is stored in half precision, which halves its size.
  public var isHalfPrecision = false
  /// Everything that determines the training but for the steps.
  public var training = AutoencoderTraining()
  /// Steps, rates and checkpoints.
  public var loop = AutoencoderTraining.loop(steps: 7000)

  static let kind = "autoencoder"

  /// The released autoencoder's training.
  public init() {}

  /// Where a run folder keeps it.
  public static func file(in folder: URL) -> URL {
    folder.appendingPathComponent("autoencoder.yaml")
  }

  /// Whether a file is about an autoencoder.
  /// - Throws: `ConfigurationError`.
  public static func describes(_ file: URL) throws -> Bool {
    try ConfigurationFile.text(of: "train", in: file) == kind
  }

  /// Reads a file over the released autoencoder's settings.
  /// - Throws: `ConfigurationError`, `ModelError`, `TrainingError`.
  public static func load(_ file: URL, overrides: [String] = []) throws -> AutoencoderRun {
    let run = try ConfigurationFile.load(AutoencoderRun(), file: file, overrides: overrides)
    guard (0...1).contains(run.minimumKept) else {
      throw ConfigurationError.value(
        field: "minimumKept", value: "\(run.minimumKept)", remedy: "must lie in 0...1")
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
