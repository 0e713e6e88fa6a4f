import Foundation
import Worlds

/// What bars have in common.
enum Bar {
  /// Thickness of every bar, scene units.
  static let thickness = CombinatorialScene.extent / 50

  static func placement(
    _ type: ObjectType, scale: Double, mobility: Mobility, angle: Double = 0
  ) -> Placement {
    let length = scale * CombinatorialScene.extent
    return Placement(
      type, mobility: mobility, shapes: [.box(width: length, height: thickness)],
      diameter: hypot(length, thickness), angle: angle)
  }
}
