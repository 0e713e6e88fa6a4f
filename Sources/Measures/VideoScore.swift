/// All that was measured on one generated video: one line of `scores.jsonl`.
///
/// Every table and figure of a report can be recomputed from these records.
public struct VideoScore: Codable, Hashable, Sendable {
  /// Number of the scene within its level.
  public var index: Int
  /// Evaluation level: `id`, `r_low`, … (see `MetricsDocument.levels`).
  public var level: String
  /// Radius or half-side of the scene, world units.
  public var r: Double
  /// Initial speed of the scene, world units/s.
  public var v: Double
  /// Velocity error, released form.
  @NullableNumber public var official: Double
  /// Velocity error, the paper's formula.
  @NullableNumber public var perFrame: Double
  /// Velocity error, unbiased form.
  @NullableNumber public var unbiased: Double
  /// Mean generated speed along the motion, world units/s, unbiased ruler.
  @NullableNumber public var generatedSpeed: Double
  /// Mean generated speed across the motion, world units/s, unbiased ruler.
  @NullableNumber public var crossSpeed: Double
  /// True mean speed over the same frames, world units/s.
  @NullableNumber public var trueSpeed: Double
  /// Number of scored frames.
  public var scoredFrames: Int
  /// Scored frames without a visible body.
  public var lostFrames: Int
  /// Whether the body is visible and on its path in 80 % of the scored frames.
  public var ballKept: Bool
  /// Whether it keeps its colour.
  public var colorKept: Bool
  /// Whether its mean radius is within 15 % of the true one.
  public var sizeKept: Bool
  /// Whether it keeps its shape.
  public var shapeKept: Bool
  /// Mean generated radius over true radius, minus 1.
  @NullableNumber public var radiusError: Double
  /// Largest minus smallest generated radius, world units.
  @NullableNumber public var radiusDrift: Double
  /// Mean squareness: about 0 for a disc, 1 for a square.
  @NullableNumber public var squareness: Double

  /// Makes a record; what is not given is unknown or kept.
  public init(
    index: Int, level: String, r: Double, v: Double,
    official: Double = .nan, perFrame: Double = .nan, unbiased: Double = .nan,
    generatedSpeed: Double = .nan, crossSpeed: Double = .nan, trueSpeed: Double = .nan,
    scoredFrames: Int = 0, lostFrames: Int = 0, ballKept: Bool = true, colorKept: Bool = true,
    sizeKept: Bool = true, shapeKept: Bool = true, radiusError: Double = .nan,
    radiusDrift: Double = .nan, squareness: Double = .nan
  ) {
    self.index = index
    self.level = level
    self.r = r
    self.v = v
    self.official = official
    self.perFrame = perFrame
    self.unbiased = unbiased
    self.generatedSpeed = generatedSpeed
    self.crossSpeed = crossSpeed
    self.trueSpeed = trueSpeed
    self.scoredFrames = scoredFrames
    self.lostFrames = lostFrames
    self.ballKept = ballKept
    self.colorKept = colorKept
    self.sizeKept = sizeKept
    self.shapeKept = shapeKept
    self.radiusError = radiusError
    self.radiusDrift = radiusDrift
    self.squareness = squareness
  }

  /// The error in one form.
  public subscript(form: VelocityForm) -> Double {
    switch form {
    case .official: official
    case .perFrame: perFrame
    case .unbiased: unbiased
    }
  }

  enum CodingKeys: String, CodingKey {
    case index, level, r, v, official, unbiased, squareness
    case perFrame = "per_frame"
    case generatedSpeed = "generated_speed"
    case crossSpeed = "cross_speed"
    case trueSpeed = "true_speed"
    case scoredFrames = "scored_frames"
    case lostFrames = "lost_frames"
    case ballKept = "ball_kept"
    case colorKept = "color_kept"
    case sizeKept = "size_kept"
    case shapeKept = "shape_kept"
    case radiusError = "radius_error"
    case radiusDrift = "radius_drift"
  }
}
