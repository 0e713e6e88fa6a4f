import Worlds

/// The gray balls: types A and B, which differ in nothing but their name.
enum DynamicBall {
  /// Width of the ball as a share of the scene's.
  static let scale = 0.06...0.12

  /// The outline of a ball: half a unit more than whole units.
  static func radius(scale: Double) -> Double {
    (scale * CombinatorialScene.extent / 2).rounded(.down) + 0.5
  }

  static func bodies(_ type: ObjectType, using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    let radius = radius(scale: random.uniform(scale.lowerBound, scale.upperBound))
    var ball = Placement(
      type, mobility: .free, shapes: [.circle(radius: radius)], diameter: 2 * radius)
    ball.setCenterX(random.uniform(0.3, 0.6) * extent)
    ball.setBottom(random.uniform(0.4, 0.85) * extent)
    return [ball.body]
  }
}
