/// The outline a body is drawn with. Every body collides as a disc of its radius.
public enum Shape: String, Codable, CaseIterable, Sendable {
  /// A soft-edged disc.
  case disc
  /// An axis-parallel square with hard edges.
  case square
}

/// The flat colours the official videos use.
public enum BodyColor: String, Codable, CaseIterable, Sendable {
  /// Pure red, (255, 0, 0).
  case red
  /// Pure blue, (0, 0, 255).
  case blue

  /// The colour as red, green and blue, 0 to 255.
  public var rgb: (UInt8, UInt8, UInt8) {
    switch self {
    case .red: (255, 0, 0)
    case .blue: (0, 0, 255)
    }
  }
}

/// One moving object of a scene, as it is before the first physics step.
///
/// Density 1, restitution 1 and friction 0.2 are the same for every body.
public struct Body: Hashable, Codable, Sendable {
  /// The outline in the picture.
  public var shape: Shape
  /// The colour in the picture.
  public var color: BodyColor
  /// Radius of a disc or half the side of a square, world units, above 0.
  public var radius: Double
  /// Centre before the first step, world units.
  public var position: Vector2
  /// Velocity before the first step, world units per second.
  public var velocity: Vector2

  /// A body; a red disc unless told otherwise.
  public init(
    shape: Shape = .disc, color: BodyColor = .red, radius: Double, position: Vector2,
    velocity: Vector2 = .zero
  ) {
    self.shape = shape
    self.color = color
    self.radius = radius
    self.position = position
    self.velocity = velocity
  }
}
