import Worlds

/// One body of a combinatorial scene before the first step.
///
/// Density, friction and restitution are the same for all bodies.
public struct CombinatorialBody: Hashable, Codable, Sendable {
  /// The object type that made it.
  public var objectType: ObjectType
  /// Whether forces and impacts move it.
  public var mobility: Mobility
  /// The colour in the picture.
  public var color: TestbedColor
  /// The origin of its shapes, scene units, y up. It need not be the centre of mass.
  public var position: Vector2
  /// The turn about the origin, radians, counter-clockwise.
  public var angle: Double
  /// Its convex parts, in the order in which they are added to the engine and painted.
  public var shapes: [Outline]
  /// The size that the released features and the red ball's sampler go by, scene units.
  public var diameter: Double

  /// A body from its parts.
  public init(
    objectType: ObjectType, mobility: Mobility, color: TestbedColor, position: Vector2,
    angle: Double = 0, shapes: [Outline], diameter: Double
  ) {
    self.objectType = objectType
    self.mobility = mobility
    self.color = color
    self.position = position
    self.angle = angle
    self.shapes = shapes
    self.diameter = diameter
  }
}
