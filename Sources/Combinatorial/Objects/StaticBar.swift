import Worlds

/// The black bar at the left: type F. It may stick out of the scene at the left and below.
enum StaticBar {
  /// Length as a share of the scene's width.
  static let scale = 0.2...0.5

  static func bodies(using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    var bar = Bar.placement(
      .staticBar, scale: random.uniform(scale.lowerBound, scale.upperBound), mobility: .fixed)
    bar.setRight(random.uniform(0.3, 0.4) * extent)
    bar.setBottom(random.uniform(0.1, 0.5) * extent)
    bar.turn(by: random.uniform(-60, 60) * .pi / 180)
    return [bar.body]
  }
}
