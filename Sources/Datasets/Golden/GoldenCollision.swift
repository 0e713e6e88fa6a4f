/// What the official `evaluate_xy_collision` says about a video of two balls.
///
/// World units and units per second; NaN where the official value is not a number.
public struct GoldenCollision: Decodable, Sendable {
  /// The scored frames.
  public let frameIndices: [Int]
  /// Parsed velocities before the impact, by row and ball.
  public let velocityBefore: [[Double]]
  /// True velocities before the impact.
  public let trueVelocityBefore: [[Double]]
  /// Parsed velocities after the impact.
  public let velocityAfter: [[Double]]
  /// True velocities after the impact.
  public let trueVelocityAfter: [[Double]]
  /// Largest range of a ball's parsed radius.
  public let radiusRange: Double
  /// Mean absolute position error before the impact.
  public let meanXErrorBefore: Double
  /// Mean absolute position error after the impact.
  public let meanXErrorAfter: Double
  /// Mean absolute velocity error before the impact.
  public let meanVelocityErrorBefore: Double
  /// Mean absolute velocity error after the impact.
  public let meanVelocityErrorAfter: Double
  /// Mean absolute momentum error before the impact.
  public let meanMomentumErrorBefore: Double
  /// Mean absolute momentum error after the impact.
  public let meanMomentumErrorAfter: Double
  /// Mean absolute energy error before the impact.
  public let meanEnergyErrorBefore: Double
  /// Mean absolute energy error after the impact.
  public let meanEnergyErrorAfter: Double
  /// Error of the mean velocity before the impact, averaged over the balls.
  public let velocityErrorBefore: Double
  /// Error of the mean velocity after the impact, averaged over the balls.
  public let velocityErrorAfter: Double
  /// Position and radius (x, y, r) of every object in every scored frame.
  public let parsed: [[[Double]]]

  private enum CodingKeys: String, CodingKey {
    case parsed
    case frameIndices = "frame_indices"
    case velocityBefore = "pre_x_vel"
    case trueVelocityBefore = "gt_pre_x_vel"
    case velocityAfter = "post_x_vel"
    case trueVelocityAfter = "gt_post_x_vel"
    case radiusRange = "delta_r"
    case meanXErrorBefore = "pre_x_err_avg"
    case meanXErrorAfter = "post_x_err_avg"
    case meanVelocityErrorBefore = "pre_vel_err_avg"
    case meanVelocityErrorAfter = "post_vel_err_avg"
    case meanMomentumErrorBefore = "pre_momentum_error_avg"
    case meanMomentumErrorAfter = "post_momentum_error_avg"
    case meanEnergyErrorBefore = "pre_energy_error_avg"
    case meanEnergyErrorAfter = "post_energy_error_avg"
    case velocityErrorBefore = "pre_vel_error"
    case velocityErrorAfter = "post_vel_error"
  }

  /// Reads the official fields; null is NaN.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    frameIndices = try values.decode([Int].self, forKey: .frameIndices)
    velocityBefore = try values.rows(.velocityBefore)
    trueVelocityBefore = try values.rows(.trueVelocityBefore)
    velocityAfter = try values.rows(.velocityAfter)
    trueVelocityAfter = try values.rows(.trueVelocityAfter)
    radiusRange = try values.number(.radiusRange)
    meanXErrorBefore = try values.number(.meanXErrorBefore)
    meanXErrorAfter = try values.number(.meanXErrorAfter)
    meanVelocityErrorBefore = try values.number(.meanVelocityErrorBefore)
    meanVelocityErrorAfter = try values.number(.meanVelocityErrorAfter)
    meanMomentumErrorBefore = try values.number(.meanMomentumErrorBefore)
    meanMomentumErrorAfter = try values.number(.meanMomentumErrorAfter)
    meanEnergyErrorBefore = try values.number(.meanEnergyErrorBefore)
    meanEnergyErrorAfter = try values.number(.meanEnergyErrorAfter)
    velocityErrorBefore = try values.number(.velocityErrorBefore)
    velocityErrorAfter = try values.number(.velocityErrorAfter)
    parsed = try values.decode([[[NullableNumber]]].self, forKey: .parsed)
      .map { $0.map { $0.map(\.value) } }
  }
}
