import Foundation

/// Linear warm-up, then half a cosine down to a floor: a pure function of the step, so that a resumed
/// run continues the same curve.
public struct LearningRate: Codable, Hashable, Sendable {
  /// Steps until the full rate is reached.
  public var warmup = 50
  /// The last step's share of the full rate.
  public var floor = 0.02

  /// Fifty steps of warm-up, down to a fiftieth.
  public init() {}

  /// A schedule with the given numbers.
  public init(warmup: Int, floor: Double) {
    self.warmup = warmup
    self.floor = floor
  }

  /// The share of the full rate at step `step` (from 0) when `fraction` (0...1) of the run is done.
  public func factor(step: Int, fraction: Double) -> Double {
    let rise = warmup > 0 ? min(1, Double(step + 1) / Double(warmup)) : 1
    let cosine = 0.5 * (1 + cos(.pi * min(max(fraction, 0), 1)))
    return rise * (floor + (1 - floor) * cosine)
  }

  /// The share of the full rate at step `step` (from 0) of `steps`.
  public func factor(step: Int, of steps: Int) -> Double {
    factor(step: step, fraction: Double(step + 1) / Double(max(steps, 1)))
  }
}
