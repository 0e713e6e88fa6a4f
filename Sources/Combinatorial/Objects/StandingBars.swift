import Worlds

/// One to four gray bars on end: type E.
enum StandingBars {
  static func bodies(using random: inout CounterRandom) -> [CombinatorialBody] {
    let extent = CombinatorialScene.extent
    let count = random.integer(1..<5)
    var offset = random.uniform(0.45, 0.6)
    var step = 0.15
    if random.unit() < 0.5 {
      step = -step
      offset = 1 - offset
    }
    // Python's floor(-count / 2): one bar stands at -1, three at -2, -1 and 0.
    let first = -(count + 1) / 2
    return (0..<count).map { index in
      var bar = Bar.placement(
        .standingBars, scale: 0.20 + 0.05 * Double(index), mobility: .free, angle: .pi / 2)
      bar.setLeft((offset + step * Double(index + first)) * extent)
      bar.setBottom(0)
      return bar.body
    }
  }
}
