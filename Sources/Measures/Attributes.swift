import Foundation
import Worlds

/// What became of the generated body besides its speed: is it still there, and still itself?
public struct Attributes: Hashable, Sendable {
  /// Scored frames without a visible body.
  public var lostFrames: Int
  /// Visible, and within `Limits.offTrack` of the true path, in at least 80 % of the scored frames.
  public var ballKept: Bool
  /// Of the true colour in at least 80 % of the frames where it is visible.
  public var colorKept: Bool
  /// Mean radius within 15 % of the true one.
  public var sizeKept: Bool
  /// Read as the true shape in at least 80 % of the frames where it is wholly visible.
  public var shapeKept: Bool
  /// Mean generated radius over true radius, minus 1; NaN when never visible.
  public var radiusError: Double
  /// Largest minus smallest generated radius, world units; NaN when never visible.
  public var radiusDrift: Double
  /// Mean squareness: about 0 for a disc, 1 for a square (`ShapeReader`).
  public var squareness: Double

  /// What counts as kept.
  public struct Limits: Hashable, Codable, Sendable {
    /// Fraction of frames that must agree; default 0.8.
    public var fraction = 0.8
    /// Largest distance from the true path, across the motion, world units; default 1.
    public var offTrack = 1.0
    /// Largest relative error of the mean radius; default 0.15.
    public var radius = 0.15

    /// The default limits.
    public init() {}
  }

  /// Reads the attributes from one reading per scored frame, nil where no body is visible.
  public init(
    readings: [WeightedReading?], truth: [Vector2], body: Body, limits: Limits = Limits()
  ) {
    let visible = readings.compactMap { $0 }
    lostFrames = readings.count - visible.count

    let along = VelocityError.direction(of: body.velocity)
    let onTrack = zip(readings, truth).count { reading, actual in
      guard let reading else { return false }
      let dx = reading.position.x - actual.x
      let dy = reading.position.y - actual.y
      return abs(dy * along.x - dx * along.y) <= limits.offTrack
    }
    ballKept = Self.holds(onTrack, of: readings.count, limits)
    colorKept = Self.holds(visible.count { $0.color == body.color }, of: visible.count, limits)
    let whole = WeightedParser.whole(visible) { $0 }
    shapeKept = Self.holds(
      whole.count { ShapeReader.shape(squareness: $0.squareness) == body.shape },
      of: whole.count, limits)

    let radii = whole.map { $0.radius(as: body.shape) }
    radiusError = radii.mean / body.radius - 1
    sizeKept = abs(radiusError) < limits.radius
    radiusDrift = if let low = radii.min(), let high = radii.max() { high - low } else { .nan }
    squareness = whole.map(\.squareness).finiteMean
  }

  private static func holds(_ agreeing: Int, of total: Int, _ limits: Limits) -> Bool {
    total > 0 && Double(agreeing) >= limits.fraction * Double(total)
  }
}
