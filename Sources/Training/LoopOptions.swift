import Foundation

/// How a run is cut into steps, checkpoints and records.
public struct LoopOptions: Codable, Hashable, Sendable {
  /// Steps in all.
  public var steps = 2000
  /// Warm-up and decay of the learning rates.
  public var learningRate = LearningRate()
  /// Seconds of training (without probes) after which the run stops as it is; none when nil.
  public var maximumSeconds: Double?
  /// Whether the learning rate also falls with `maximumSeconds`, whichever comes first; a run so
  /// annealed depends on the machine's speed.
  public var annealWithinSeconds = false
  /// Steps between checkpoints; 0 writes one at the end only.
  public var checkpointEvery = 500
  /// Checkpoints that are kept.
  public var keepCheckpoints = 2
  /// Steps between probes; 0 never probes.
  public var probeEvery = 0
  /// Steps between records.
  public var recordEvery = 20

  /// 2000 steps.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`.
  public func validate() throws {
    for (field, value, least) in [
      ("steps", steps, 1), ("checkpointEvery", checkpointEvery, 0),
      ("keepCheckpoints", keepCheckpoints, 1), ("probeEvery", probeEvery, 0),
      ("recordEvery", recordEvery, 1), ("warmup", learningRate.warmup, 0),
    ] where value < least {
      throw TrainingError.option(
        field: field, value: "\(value)", remedy: "must be at least \(least)")
    }
    guard (0...1).contains(learningRate.floor) else {
      throw TrainingError.option(
        field: "floor", value: "\(learningRate.floor)", remedy: "must lie in 0...1")
    }
    if let maximumSeconds, !(maximumSeconds > 0) {
      throw TrainingError.option(
        field: "maximumSeconds", value: "\(maximumSeconds)", remedy: "must be positive")
    }
  }
}

/// How a run ended.
public struct TrainingOutcome: Hashable, Sendable {
  /// Why it ended.
  public enum Reason: String, Codable, Sendable {
    /// All steps are done.
    case finished
    /// It was asked to stop; it can be resumed.
    case interrupted
    /// `maximumSeconds` have passed; it can be resumed with more.
    case outOfTime
  }

  /// Why it ended.
  public let reason: Reason
  /// Steps done.
  public let steps: Int
  /// Seconds of training, without probes, over all resumptions.
  public let seconds: Double
  /// The folder of the last checkpoint.
  public let checkpoint: URL
}
