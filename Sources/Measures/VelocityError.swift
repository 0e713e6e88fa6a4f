import Foundation
import Videos
import Worlds

/// The three ways of turning a video and its truth into one velocity error.
public enum VelocityForm: String, CaseIterable, Codable, Hashable, Sendable, CodingKeyRepresentable
{
  /// |mean v̂x − v|, bit for bit the released evaluator, wrong pixel scale included.
  case official
  /// The paper's formula: mean over frames of |v̂ₜ − vₜ|, both components.
  case perFrame = "per_frame"
  /// Mean velocity first, right pixel scale, sub-pixel centroid, component along the motion.
  case unbiased
}

/// How fast one generated body moves, beside how fast it should.
public struct VelocityError: Hashable, Sendable {
  /// The released form; NaN with fewer than two scored frames.
  public var official: Double
  /// The paper's formula through the released parser; NaN with fewer than two scored frames.
  public var perFrame: Double
  /// The unbiased form; NaN with fewer than two scored frames in which the body is visible.
  public var unbiased: Double
  /// Mean generated speed along the true motion, unbiased ruler, world units/s.
  public var generatedSpeed: Double
  /// Mean generated speed across the true motion, unbiased ruler, world units/s.
  public var crossSpeed: Double
  /// True mean speed over the same frames, world units/s.
  public var trueSpeed: Double

  /// The error in one form.
  public subscript(form: VelocityForm) -> Double {
    switch form {
    case .official: official
    case .perFrame: perFrame
    case .unbiased: unbiased
    }
  }

  /// Measures from the released evaluation and from the sub-pixel readings of the same frames.
  /// - Parameters:
  ///   - evaluation: The released evaluator's view of the video.
  ///   - readings: One per scored frame, nil where no body is visible.
  public init(evaluation: OneObjectEvaluation, readings: [WeightedReading?]) {
    official = evaluation.velocityError
    perFrame = evaluation.vectorVelocityError

    let visible = zip(zip(evaluation.frameIndices, evaluation.truth), readings).compactMap {
      frame, reading in reading.map { (frame: frame.0, truth: frame.1, seen: $0) }
    }
    // A body that is faster than the truth leaves the frame first; half of it has the wrong centre.
    let seen = WeightedParser.whole(visible) { $0.seen }
    guard let first = seen.first, let last = seen.last, last.frame > first.frame else {
      unbiased = .nan
      generatedSpeed = .nan
      crossSpeed = .nan
      trueSpeed = evaluation.initialSpeed
      return
    }
    // The mean of velocities telescopes to first and last; the truth is taken over the same span.
    let duration = Double(last.frame - first.frame) * Scene.frameInterval
    let truth = Self.velocity(from: first.truth, to: last.truth, over: duration)
    let generated = Self.velocity(from: first.seen.position, to: last.seen.position, over: duration)
    let along = Self.direction(of: truth)
    trueSpeed = truth.x * along.x + truth.y * along.y
    generatedSpeed = generated.x * along.x + generated.y * along.y
    crossSpeed = generated.y * along.x - generated.x * along.y
    unbiased = abs(generatedSpeed - trueSpeed)
  }

  /// Unit vector of a velocity; a body at rest is measured along x, as the released code does.
  static func direction(of velocity: Vector2) -> Vector2 {
    let speed = hypot(velocity.x, velocity.y)
    return speed > 1e-9
      ? Vector2(x: velocity.x / speed, y: velocity.y / speed) : Vector2(x: 1, y: 0)
  }

  private static func velocity(
    from start: Vector2, to end: Vector2, over duration: Double
  ) -> Vector2 {
    Vector2(x: (end.x - start.x) / duration, y: (end.y - start.y) / duration)
  }
}
