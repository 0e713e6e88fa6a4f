/// A point or a velocity in the plane: world units (or world units per second), y up.
///
/// In JSON a vector is the array `[x, y]`.
public struct Vector2: Hashable, Sendable {
  /// The horizontal component, growing to the right.
  public var x: Double
  /// The vertical component, growing upwards.
  public var y: Double

  /// The origin, and the velocity of a body at rest.
  public static let zero = Vector2(x: 0, y: 0)

  /// A vector from its components.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The Euclidean length.
  public var length: Double { (x * x + y * y).squareRoot() }

  /// Whether both components are numbers.
  public var isFinite: Bool { x.isFinite && y.isFinite }
}

extension Vector2: Codable {
  /// Reads `[x, y]`.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    self.init(x: try values.decode(Double.self), y: try values.decode(Double.self))
    guard values.isAtEnd else {
      throw DecodingError.dataCorruptedError(
        in: values, debugDescription: "a vector has two components, [x, y]; this one has more")
    }
  }

  /// Writes `[x, y]`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(x)
    try values.encode(y)
  }
}

extension Vector2: CustomStringConvertible {
  /// The vector as `(x, y)`.
  public var description: String { "(\(x), \(y))" }
}
