/// One record of a run's course; also a line of `metrics.jsonl`.
public struct TrainingProgress: Codable, Hashable, Sendable {
  /// Steps done.
  public var step: Int
  /// Mean loss since the last record.
  public var loss: Double
  /// Norm of the last gradient before clipping.
  public var gradientNorm: Double
  /// Share of the full learning rate.
  public var learningRate: Double
  /// Training examples per second since the last record.
  public var videosPerSecond: Double
  /// Seconds of training so far, without probes.
  public var seconds: Double
  /// Probed values, where this record is one.
  public var probe: [String: Double]?

  /// A record without probed values.
  public init(
    step: Int, loss: Double, gradientNorm: Double, learningRate: Double, videosPerSecond: Double,
    seconds: Double
  ) {
    self.step = step
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.learningRate = learningRate
    self.videosPerSecond = videosPerSecond
    self.seconds = seconds
  }
}

/// Hears how a run goes. Called on the training thread, between steps.
public protocol TrainingObserver: AnyObject {
  /// A record of the run's course.
  func progress(_ progress: TrainingProgress, of steps: Int)
  /// A probe's values.
  func probed(_ progress: TrainingProgress)
  /// A checkpoint was written; `path` is its folder.
  func wroteCheckpoint(step: Int, path: String)
  /// Something is not as it should be, but the run goes on.
  func warning(_ message: String)
}

extension TrainingObserver {
  /// Ignores it.
  public func progress(_ progress: TrainingProgress, of steps: Int) {}
  /// Ignores it.
  public func probed(_ progress: TrainingProgress) {}
  /// Ignores it.
  public func wroteCheckpoint(step: Int, path: String) {}
  /// Ignores it.
  public func warning(_ message: String) {}
}
