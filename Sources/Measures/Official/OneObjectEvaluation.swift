import Foundation
import Videos
import Worlds

/// Every number of the released one-object evaluator (`evaluate_xy`), with its NaN rules.
///
/// Lengths are in the released parser's scale, speeds in world units per second.
public struct OneObjectEvaluation: Hashable, Sendable {
  /// Scored frames (see `ScoredFrames`).
  public let frameIndices: [Int]
  /// Parsed centres and radii on the scored frames.
  public let parsed: [ParsedObject]
  /// True positions on the scored frames.
  public let truth: [Vector2]
  /// Speed that the video was asked to show: the second entry of the init vector.
  public let initialSpeed: Double

  /// Evaluates a video against the true positions, one per frame.
  /// - Throws: `MeasureError.frameMismatch` when the lengths differ.
  public init(
    video: Video, truth positions: [Vector2], radius: Double, speed: Double,
    color: BodyColor = .red, conditionFrames: Int = 3
  ) throws {
    try self.init(
      video: video, truth: positions, radius: radius, speed: speed, color: color,
      conditionFrames: conditionFrames, areas: nil)
  }

  /// - Parameter areas: What is darker than 128 in each frame, or more, where it is known already.
  init(
    video: Video, truth positions: [Vector2], radius: Double, speed: Double, color: BodyColor,
    conditionFrames: Int, areas: [PixelArea?]?
  ) throws {
    guard video.frames == positions.count else {
      throw MeasureError.frameMismatch(video: video.frames, truth: positions.count)
    }
    frameIndices = ScoredFrames.indices(
      truth: positions, radius: radius, conditionFrames: conditionFrames)
    parsed = OfficialParser(color: color).track(
      video, frames: frameIndices, areas: areas)
    truth = frameIndices.map { positions[$0] }
    initialSpeed = speed
  }

  /// Evaluates a video as the released code does, from its init vector (r, v[, colour[, shape]]).
  /// - Throws: `MeasureError.invalidColor` where the released code raises, `.shortInit`.
  public init(video: Video, truth positions: [Vector2], initVector: [Double]) throws {
    guard initVector.count >= 2 else { throw MeasureError.shortInit(initVector.count) }
    let color: BodyColor
    switch initVector.count > 2 ? initVector[2] : 0 {
    case 0: color = .red
    case 1: color = .blue
    case let code: throw MeasureError.invalidColor(code)
    }
    try self.init(
      video: video, truth: positions, radius: initVector[0], speed: initVector[1], color: color)
  }

  /// Parsed x of each scored frame.
  public var xPositions: [Double] { parsed.map(\.x) }
  /// Parsed y of each scored frame.
  public var yPositions: [Double] { parsed.map(\.y) }
  /// Parsed radius of each scored frame.
  public var radii: [Double] { parsed.map(\.radius) }
  /// Parsed x velocity between neighbouring scored frames.
  public var xVelocities: [Double] { Self.velocities(xPositions) }
  /// Parsed y velocity between neighbouring scored frames.
  public var yVelocities: [Double] { Self.velocities(yPositions) }
  /// True x velocity between neighbouring scored frames.
  public var trueXVelocities: [Double] { Self.velocities(truth.map(\.x)) }
  /// True y velocity between neighbouring scored frames.
  public var trueYVelocities: [Double] { Self.velocities(truth.map(\.y)) }

  /// `abs_x_err_avg`: mean |x̂ − x|.
  public var xError: Double { Self.meanDistance(xPositions, truth.map(\.x)) }
  /// `abs_y_err_avg`: mean |ŷ − y|; NaN when the ball was missing from the first scored frame.
  public var yError: Double { Self.meanDistance(yPositions, truth.map(\.y)) }
  /// `abs_x_vel_err_avg`: mean |v̂x − vx| per frame.
  public var xVelocityError: Double { Self.meanDistance(xVelocities, trueXVelocities) }
  /// `abs_y_vel_err_avg`: mean |v̂y − vy| per frame.
  public var yVelocityError: Double { Self.meanDistance(yVelocities, trueYVelocities) }

  /// `delta_r`: largest minus smallest parsed radius; NaN as soon as one radius is NaN.
  ///
  /// The released code takes Python's order-dependent max and min. A missing ball repeats its last
  /// radius, so NaN can only lead the list, where Python's answer is NaN too.
  public var radiusSpread: Double {
    guard !radii.contains(where: \.isNaN), let low = radii.min(), let high = radii.max() else {
      return .nan
    }
    return high - low
  }

  /// `vel_error`: |mean v̂x − v|, the paper's headline number.
  public var velocityError: Double { abs(xVelocities.mean - initialSpeed) }

  /// The paper's formula: mean |v̂ − v| over the rows, both components.
  ///
  /// Where y was never seen the ball counts as having no vertical velocity, so that a lost ball
  /// raises the mean instead of dropping out of it.
  public var vectorVelocityError: Double {
    let horizontal = zip(xVelocities, trueXVelocities).map { $0 - $1 }
    return zip(horizontal, verticalDifferences).map { hypot($0, $1) }.mean
  }

  /// The same of the vertical component alone.
  public var verticalVelocityError: Double { verticalDifferences.map(abs).mean }

  private var verticalDifferences: [Double] {
    zip(yVelocities, trueYVelocities).map { ($0.isNaN ? 0 : $0) - $1 }
  }

  private static func velocities(_ positions: [Double]) -> [Double] {
    zip(positions.dropFirst(), positions).map { ($0 - $1) / Scene.frameInterval }
  }

  private static func meanDistance(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).map { abs($0 - $1) }.mean
  }
}
