import Foundation
import Worlds

/// The gray jar, open and wider at the top: type G.
package enum Jar {
  /// Height as a share of the scene's.
  static let scale = 0.08...0.3

  static func bodies(using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    let (shapes, diameter) = outlines(scale: random.uniform(scale.lowerBound, scale.upperBound))
    let isTilted = random.unit() < 0.7
    let angle = isTilted ? random.uniform(-45, 45) * .pi / 180 : 0
    var jar = Placement(.jar, mobility: .free, shapes: shapes, diameter: diameter, angle: angle)
    jar.setBottom(isTilted ? random.uniform(0.2, 0.8) * extent : 0)
    jar.setCenterX(random.uniform(0.3, 0.6) * extent)
    return [jar.body]
  }

  /// Base, left and right wall around the centre of the base, and the diameter.
  ///
  /// The three overlap in the corners: the engine counts mass and inertia there twice, as it does
  /// for the released scenes.
  package static func outlines(scale: Double) -> (shapes: [Outline], diameter: Double) {
    let extent = CombinatorialScene.extent
    let height = scale * extent
    let width = height / 1.2
    let base = width * 0.8
    let thickness = log(height) / log(0.3 * extent) * extent / 50
    // The walls lean outwards by `lean`; cosine and sine of their direction follow.
    let lean = (width - base) / 2
    let cosine = lean / hypot(height, lean)
    let sine = height / hypot(height, lean)
    let top = height - thickness / 2
    let bottom = -thickness / 2
    let left = [
      Vector2(x: -width / 2, y: top), Vector2(x: -base / 2, y: bottom),
      Vector2(x: -base / 2 + thickness * sine, y: thickness * cosine + bottom),
      Vector2(x: -width / 2 + thickness / sine, y: top),
    ]
    let right = [left[0], left[3], left[2], left[1]].map { Vector2(x: -$0.x, y: $0.y) }
    return (
      [.box(width: base, height: thickness), .polygon(left), .polygon(right)],
      hypot((width + base) / 2, height)
    )
  }
}
