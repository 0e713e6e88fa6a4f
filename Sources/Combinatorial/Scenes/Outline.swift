import Worlds

/// One convex part of a body: it is collided with and painted as it stands here.
///
/// In JSON: `{"circle": {"radius": r}}`, `{"polygon": [[x, y], …]}` or, as the released tasks have
/// it, `{"polygon": {"vertices": [[x, y], …]}}`.
public enum Outline: Hashable, Sendable {
  /// A disc around the body's origin; radius in scene units.
  case circle(radius: Double)
  /// A convex polygon of 3 to 8 corners, counter-clockwise, relative to the body's origin, scene
  /// units.
  case polygon([Vector2])

  /// A rectangle around the body's origin, from its whole width and height in scene units.
  public static func box(width: Double, height: Double) -> Outline {
    let x = width / 2
    let y = height / 2
    return .polygon([
      Vector2(x: x, y: y), Vector2(x: -x, y: y), Vector2(x: -x, y: -y), Vector2(x: x, y: -y),
    ])
  }
}

extension Outline: Codable {
  private enum CodingKeys: String, CodingKey {
    case circle, polygon
  }

  private struct Circle: Codable {
    var radius: Double
  }

  private struct Polygon: Codable {
    var vertices: [Vector2]
  }

  /// Reads one of the forms.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch (values.contains(.circle), values.contains(.polygon)) {
    case (true, false):
      self = .circle(radius: try values.decode(Circle.self, forKey: .circle).radius)
    case (false, true):
      let isKeyed = (try? values.nestedContainer(keyedBy: CodingKeys.self, forKey: .polygon)) != nil
      self = .polygon(
        isKeyed
          ? try values.decode(Polygon.self, forKey: .polygon).vertices
          : try values.decode([Vector2].self, forKey: .polygon))
    default:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "a shape is either a circle or a polygon"))
    }
  }

  /// Writes the first of the forms of a polygon.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .circle(let radius): try values.encode(Circle(radius: radius), forKey: .circle)
    case .polygon(let corners): try values.encode(corners, forKey: .polygon)
    }
  }
}
