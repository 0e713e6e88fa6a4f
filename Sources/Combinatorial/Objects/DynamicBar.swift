import Worlds

/// The gray bar at any angle: type D.
enum DynamicBar {
  /// Length as a share of the scene's width.
  static let scale = 0.15...0.5

  static func bodies(using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    var bar = Bar.placement(
      .dynamicBar, scale: random.uniform(scale.lowerBound, scale.upperBound), mobility: .free)
    bar.setCenterX(random.uniform(0.3, 0.6) * extent)
    bar.setBottom(random.uniform(0.2, 0.8) * extent)
    bar.turn(by: random.uniform(-90, 90) * .pi / 180)
    return [bar.body]
  }
}
