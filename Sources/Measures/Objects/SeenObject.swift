import Worlds

/// One object as the pixels of one frame show it, measured to a fraction of a pixel.
public struct SeenObject: Hashable, Sendable {
  /// Centre: the centroid of its coverage, world units, y up.
  public var position: Vector2
  /// Painted area, square world units.
  public var area: Double
  /// Half the width and half the height of its extent, world units.
  public var halfExtent: Vector2
  /// Colour of most of its weight.
  public var color: BodyColor
  /// How sure the colour is, 0 to 1: the share of `color` in whatever of its mean pixel is not white.
  public var colorConfidence: Double
  /// The shape it looks most like.
  public var shape: Shape
  /// How sure the shape is, 0 (no evidence) to 1.
  public var shapeConfidence: Double
  /// Radius of a disc or ring, half the side of a square, half the width of a bar; world units.
  public var radius: Double
  /// False where it touches the border of the frame, which may cut part of it off.
  public var isWhole: Bool

  /// An object from its readings.
  public init(
    position: Vector2, area: Double, halfExtent: Vector2, color: BodyColor,
    colorConfidence: Double, shape: Shape, shapeConfidence: Double, radius: Double, isWhole: Bool
  ) {
    self.position = position
    self.area = area
    self.halfExtent = halfExtent
    self.color = color
    self.colorConfidence = colorConfidence
    self.shape = shape
    self.shapeConfidence = shapeConfidence
    self.radius = radius
    self.isWhole = isWhole
  }
}
