import Foundation
import Worlds

/// A body that is moved and turned until it stands where a generator wants it.
///
/// Edges are those of the bounding box of the body as it is turned at that moment: of its turned
/// corners, or of a circle's square.
struct Placement {
  private(set) var body: CombinatorialBody

  init(
    _ objectType: ObjectType, mobility: Mobility, shapes: [Outline], diameter: Double,
    angle: Double = 0
  ) {
    body = CombinatorialBody(
      objectType: objectType, mobility: mobility, color: mobility == .free ? .gray : .black,
      position: .zero, angle: angle, shapes: shapes, diameter: diameter)
  }

  mutating func setLeft(_ value: Double) { body.position.x += value - body.bounds.low.x }
  mutating func setRight(_ value: Double) { body.position.x += value - body.bounds.high.x }
  mutating func setBottom(_ value: Double) { body.position.y += value - body.bounds.low.y }

  mutating func setCenterX(_ value: Double) {
    let bounds = body.bounds
    body.position.x += value - (bounds.low.x + bounds.high.x) / 2
  }

  /// Turns the body about its origin, not about the middle of its box.
  mutating func turn(by angle: Double) { body.angle += angle }
}

extension CombinatorialBody {
  /// The bounding box of the body as it is turned.
  var bounds: (low: Vector2, high: Vector2) {
    var low = Vector2(x: .infinity, y: .infinity)
    var high = Vector2(x: -.infinity, y: -.infinity)
    func include(_ x: Double, _ y: Double) {
      low = Vector2(x: min(low.x, x), y: min(low.y, y))
      high = Vector2(x: max(high.x, x), y: max(high.y, y))
    }
    for shape in shapes {
      switch shape {
      case .circle(let radius):
        include(position.x - radius, position.y - radius)
        include(position.x + radius, position.y + radius)
      case .polygon(let corners):
        for corner in corners { let p = world(corner); include(p.x, p.y) }
      }
    }
    return (low, high)
  }

  /// A point of the body in the scene.
  func world(_ point: Vector2) -> Vector2 {
    let (sine, cosine) = (sin(angle), cos(angle))
    return Vector2(
      x: position.x + point.x * cosine - point.y * sine,
      y: position.y + point.x * sine + point.y * cosine)
  }
}
