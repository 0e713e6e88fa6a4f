import Foundation
import Worlds

/// Two crossed gray sticks, a narrow X: type H.
package enum StandingSticks {
  /// Length as a share of the scene's width; what is built is two thirds of it.
  static let scale = 0.3...0.6
  /// How far each stick is turned from level.
  static let tilt = 77.5 * Double.pi / 180

  static func bodies(using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    let (shapes, diameter) = outlines(scale: random.uniform(scale.lowerBound, scale.upperBound))
    let isTilted = random.unit() < 0.7
    let angle = isTilted ? random.uniform(-90, 90) * .pi / 180 : 0
    var sticks = Placement(
      .standingSticks, mobility: .free, shapes: shapes, diameter: diameter, angle: angle)
    sticks.setBottom(isTilted ? random.uniform(0.2, 0.5) * extent : 0)
    sticks.setCenterX(random.uniform(0.3, 0.6) * extent)
    return [sticks.body]
  }

  /// Both sticks around their crossing, and the diameter, which is that of a whole stick.
  package static func outlines(scale: Double) -> (shapes: [Outline], diameter: Double) {
    let length = scale * CombinatorialScene.extent
    let thickness = Bar.thickness
    let shapes = [-tilt, tilt].map { angle in
      let (sine, cosine) = (sin(angle), cos(angle))
      let (x, y) = (length / 3, thickness / 3)
      return Outline.polygon(
        [(x, y), (-x, y), (-x, -y), (x, -y)].map { x, y in
          Vector2(x: x * cosine - y * sine, y: x * sine + y * cosine)
        })
    }
    return (shapes, hypot(length, thickness))
  }
}
