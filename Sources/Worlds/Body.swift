/// One object of a scene, as it is before the first physics step.
///
/// Density 1 and friction 0.2 are the same for every body.
public struct Body: Hashable, Sendable {
  /// The outline in the picture.
  public var shape: Shape
  /// The colour in the picture.
  public var color: BodyColor
  /// Radius of a disc or ring, half the side of a square, half the width of a bar; world units,
  /// above 0.
  public var radius: Double
  /// Half the height of a bar, world units, above 0. Only bars have one.
  public var halfHeight: Double?
  /// Centre before the first step, world units.
  public var position: Vector2
  /// Velocity before the first step, world units per second.
  public var velocity: Vector2
  /// Whether it moves.
  public var mobility: Mobility
  /// Share of the approaching speed that an impact gives back, 0 to 1; of two bodies that meet the
  /// higher one counts.
  public var restitution: Double

  /// A body; a free, perfectly elastic red disc unless told otherwise.
  public init(
    shape: Shape = .disc, color: BodyColor = .red, radius: Double, position: Vector2,
    velocity: Vector2 = .zero, mobility: Mobility = .free, restitution: Double = 1
  ) {
    self.shape = shape
    self.color = color
    self.radius = radius
    self.position = position
    self.velocity = velocity
    self.mobility = mobility
    self.restitution = restitution
  }

  /// A fixed black bar between two corners, perfectly inelastic unless told otherwise.
  public static func bar(
    from low: Vector2, to high: Vector2, color: BodyColor = .black, restitution: Double = 0
  ) -> Body {
    var body = Body(
      shape: .bar, color: color, radius: (high.x - low.x) / 2,
      position: Vector2(x: (low.x + high.x) / 2, y: (low.y + high.y) / 2),
      mobility: .fixed, restitution: restitution)
    body.halfHeight = (high.y - low.y) / 2
    return body
  }

  /// Half the width and half the height of the body's bounding box, world units.
  public var halfExtent: Vector2 { Vector2(x: radius, y: halfHeight ?? radius) }
}

extension Body: Codable {
  private enum CodingKeys: String, CodingKey {
    case shape, color, radius, halfHeight, position, velocity, mobility, restitution
  }

  /// Reads a body; mobility `free`, restitution 1 and no velocity may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      shape: try values.decode(Shape.self, forKey: .shape),
      color: try values.decode(BodyColor.self, forKey: .color),
      radius: try values.decode(Double.self, forKey: .radius),
      position: try values.decode(Vector2.self, forKey: .position),
      velocity: try values.decodeIfPresent(Vector2.self, forKey: .velocity) ?? .zero,
      mobility: try values.decodeIfPresent(Mobility.self, forKey: .mobility) ?? .free,
      restitution: try values.decodeIfPresent(Double.self, forKey: .restitution) ?? 1)
    halfHeight = try values.decodeIfPresent(Double.self, forKey: .halfHeight)
  }

  /// Writes a body; what has its usual value is left out.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(shape, forKey: .shape)
    try values.encode(color, forKey: .color)
    try values.encode(radius, forKey: .radius)
    try values.encodeIfPresent(halfHeight, forKey: .halfHeight)
    try values.encode(position, forKey: .position)
    try values.encode(velocity, forKey: .velocity)
    if mobility != .free { try values.encode(mobility, forKey: .mobility) }
    if restitution != 1 { try values.encode(restitution, forKey: .restitution) }
  }
}
