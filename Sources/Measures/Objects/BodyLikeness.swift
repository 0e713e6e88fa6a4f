import Foundation
import Worlds

/// How unlike an object is to what is looked for, as a cost: 0 is the same, 1 a unit of distance.
struct BodyLikeness {
  /// Where it should be, world units: the centre of what the picture shows of it.
  var place: Vector2
  /// Half its width and height.
  var halfExtent: Vector2
  /// What it should look like.
  var color: BodyColor
  var shape: Shape

  /// Costs at and above this mean that the object is something else.
  ///
  /// A body that stays in its path may change one attribute, or jump by some units, and is still
  /// taken for itself; what is elsewhere and looks different is not.
  static let limit = 6.0

  /// A colour for another one, in units of distance.
  private static let colorCost = 2.5
  /// A shape for another one, if it is certain.
  private static let shapeCost = 1.0
  /// Twice the size, or half of it.
  private static let sizeCost = 0.7

  /// The cost of taking an object for this.
  func cost(of object: SeenObject) -> Double {
    let dx = object.position.x - place.x
    let dy = object.position.y - place.y
    var cost = (dx * dx + dy * dy).squareRoot()
    if object.color != color { cost += Self.colorCost * object.colorConfidence }
    if object.shape != shape { cost += Self.shapeCost * object.shapeConfidence }
    let scale =
      max(object.halfExtent.x, object.halfExtent.y, 1e-3)
      / max(halfExtent.x, halfExtent.y, 1e-3)
    return cost + Self.sizeCost * abs(log2(scale))
  }
}

extension BodyLikeness {
  /// A body at its true place, as far as it is in the picture; nil where it is not.
  init?(_ body: Body, at position: Vector2) {
    let half = body.halfExtent
    guard let x = Self.visible(position.x, half.x), let y = Self.visible(position.y, half.y) else {
      return nil
    }
    self.init(
      place: Vector2(x: (x.low + x.high) / 2, y: (y.low + y.high) / 2),
      halfExtent: Vector2(x: (x.high - x.low) / 2, y: (y.high - y.low) / 2),
      color: body.color, shape: body.shape)
  }

  private static func visible(_ centre: Double, _ half: Double) -> (low: Double, high: Double)? {
    let low = max(centre - half, 0)
    let high = min(centre + half, Scene.extent)
    return low < high ? (low, high) : nil
  }
}
