import Training

/// Hears how a run goes, stage by stage.
public protocol StageObserver: TrainingObserver {
  /// A stage begins.
  func began(_ stage: String, _ detail: String)
  /// `done` of `total` things of the present stage are done.
  func advanced(_ done: Int, of total: Int, _ unit: String)
}

/// Says nothing.
public final class SilentObserver: StageObserver {
  /// Says nothing.
  public init() {}
  /// Ignores it.
  public func began(_ stage: String, _ detail: String) {}
  /// Ignores it.
  public func advanced(_ done: Int, of total: Int, _ unit: String) {}
}
