import Testing
import Videos
import Worlds

/// The fast renderer against the plain rule, byte for byte.
struct FastRenderingTests {
  /// Bodies of every kind anywhere: inside, outside, on the edges, tiny, huge, over one another.
  static func bodies(_ count: Int, using random: inout CounterRandom) -> [Body] {
    let crowded = random.unit() < 0.5
    let middle = Vector2(x: random.uniform(0, 10), y: random.uniform(0, 10))
    return (0..<count).map { _ in
      let shape = Shape.allCases[Int(random.unit() * 4)]
      let color = BodyColor.allCases[Int(random.unit() * 3)]
      let radius =
        switch random.unit() {
        case ..<0.1: random.uniform(1e-9, 0.05)
        case ..<0.2: random.uniform(2, 9)
        default: random.uniform(0.05, 2)
        }
      let position =
        crowded
        ? Vector2(
          x: middle.x + random.uniform(-1.5, 1.5), y: middle.y + random.uniform(-1.5, 1.5))
        : Vector2(x: random.uniform(-2, 12), y: random.uniform(-2, 12))
      // As the simulator gives them: single precision, and often on round numbers.
      let exact = random.unit() < 0.8
      let place = exact ? position : Vector2(x: position.x.rounded(), y: position.y.rounded())
      var body = Body(
        shape: shape, color: color, radius: exact ? radius : (radius * 4).rounded(.up) / 4,
        position: Vector2(x: Double(Float(place.x)), y: Double(Float(place.y))))
      if shape == .bar { body.halfHeight = random.uniform(0.01, 3) }
      return body
    }
  }

  /// A trajectory that shows other bodies in every frame would need other scenes; here the bodies
  /// keep their looks and jump.
  static func film(
    bodies count: Int, frames: Int, using random: inout CounterRandom
  ) -> (scene: Scene, trajectory: Trajectory) {
    let scene = Scene(bodies: bodies(count, using: &random), frames: frames)
    var positions = scene.bodies.map(\.position)
    for _ in 1..<max(frames, 2) where positions.count < frames * count {
      positions += bodies(count, using: &random).map(\.position)
    }
    return (scene, Trajectory(bodyCount: count, positions: positions))
  }

  @Test(arguments: [2, 16, 17, 32, 48, 64, 100, 128, 160, 192, 255, 256])
  func equalsThePlainRule(size: Int) throws {
    let fast = Renderer(size: size)
    let plain = PlainRenderer(size: size)
    let buffer = VideoBuffer(fast)
    for index in 0..<(size > 150 ? 40 : 120) {
      var random = CounterRandom(recipe: "plain", seed: UInt64(size), index: UInt64(index))
      let (scene, path) = Self.film(bodies: 1 + index % 4, frames: 2, using: &random)
      let expected = plain.render(scene, path)
      #expect(fast.render(scene, path) == expected, "scene \(index): \(scene)")
      #expect(buffer.video(of: scene, path) == expected, "scene \(index) in a used buffer")
    }
  }

  @Test(arguments: [(256, 128), (256, 64), (256, 32), (256, 16), (192, 64), (96, 32), (60, 12)])
  func averagesEqualTheAveragedPlainRule(size: Int, small: Int) throws {
    let fast = Renderer(size: size)
    let buffer = try VideoBuffer(fast, averagedTo: small)
    for index in 0..<40 {
      var random = CounterRandom(recipe: "averages", seed: UInt64(small), index: UInt64(index))
      let (scene, path) = Self.film(bodies: 1 + index % 4, frames: 2, using: &random)
      let expected = try PlainRenderer(size: size).render(scene, path).areaAveraged(to: small)
      #expect(
        try fast.render(scene, path, averagedTo: small) == expected, "scene \(index): \(scene)")
      #expect(buffer.video(of: scene, path) == expected, "scene \(index) in a used buffer")
    }
  }

  /// Discs whose rims pass through pixel centres: where an estimate is off by rounding.
  @Test func rimsThroughPixelCentresAreExact() {
    for size in [33, 101, 129, 251] {
      let spacing = 10 / Double(size - 1)
      let bodies = (1..<12).map {
        Body(
          shape: $0.isMultiple(of: 3) ? .ring : .disc, radius: Double($0) * spacing,
          position: Vector2(x: 5, y: 5))
      }
      for body in bodies {
        for shift in [0, 0.5, 1e-12] {
          let place = Vector2(x: 5 + shift * spacing, y: 5 - shift * spacing)
          let scene = Scene(bodies: [body], frames: 1)
          let path = Trajectory(bodyCount: 1, positions: [place])
          #expect(
            Renderer(size: size).render(scene, path)
              == PlainRenderer(size: size).render(scene, path))
        }
      }
    }
  }
}
