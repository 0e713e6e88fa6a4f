/// What the official `evaluate_xy` says about a video of one object.
///
/// World units and units per second; NaN where the official value is not a number.
public struct GoldenOneObject: Decodable, Sendable {
  /// The scored frames.
  public let frameIndices: [Int]
  /// Parsed horizontal positions, one per scored frame.
  public let x: [Double]
  /// Parsed vertical positions.
  public let y: [Double]
  /// Parsed radii.
  public let radius: [Double]
  /// Differences of `x` per 0.1 s; one fewer than frames.
  public let xVelocity: [Double]
  /// Differences of `y` per 0.1 s.
  public let yVelocity: [Double]
  /// True horizontal positions.
  public let trueX: [Double]
  /// True vertical positions.
  public let trueY: [Double]
  /// Mean absolute error of `x`.
  public let meanXError: Double
  /// Mean absolute error of `y`.
  public let meanYError: Double
  /// Mean absolute error of `xVelocity` against the true differences.
  public let meanXVelocityError: Double
  /// Mean absolute error of `yVelocity` against the true differences.
  public let meanYVelocityError: Double
  /// Largest minus smallest parsed radius.
  public let radiusRange: Double
  /// Distance between the mean of `xVelocity` and the initial speed.
  public let velocityError: Double
  /// Position and radius (x, y, r) of every object in every scored frame.
  public let parsed: [[[Double]]]

  private enum CodingKeys: String, CodingKey {
    case parsed
    case frameIndices = "frame_indices"
    case x = "x_pos"
    case y = "y_pos"
    case radius = "r"
    case xVelocity = "x_vel"
    case yVelocity = "y_vel"
    case trueX = "gt_x_pos"
    case trueY = "gt_y_pos"
    case meanXError = "abs_x_err_avg"
    case meanYError = "abs_y_err_avg"
    case meanXVelocityError = "abs_x_vel_err_avg"
    case meanYVelocityError = "abs_y_vel_err_avg"
    case radiusRange = "delta_r"
    case velocityError = "vel_error"
  }

  /// Reads the official fields; null is NaN.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    frameIndices = try values.decode([Int].self, forKey: .frameIndices)
    x = try values.numbers(.x)
    y = try values.numbers(.y)
    radius = try values.numbers(.radius)
    xVelocity = try values.numbers(.xVelocity)
    yVelocity = try values.numbers(.yVelocity)
    trueX = try values.numbers(.trueX)
    trueY = try values.numbers(.trueY)
    meanXError = try values.number(.meanXError)
    meanYError = try values.number(.meanYError)
    meanXVelocityError = try values.number(.meanXVelocityError)
    meanYVelocityError = try values.number(.meanYVelocityError)
    radiusRange = try values.number(.radiusRange)
    velocityError = try values.number(.velocityError)
    parsed = try values.decode([[[NullableNumber]]].self, forKey: .parsed)
      .map { $0.map { $0.map(\.value) } }
  }
}
