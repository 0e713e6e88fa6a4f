import Datasets
import Foundation
import Videos
import Worlds

/// The frames that a codec for many bodies learns from: a red and a blue body, as a rule with black walls or
/// blocks, put anywhere beside each other; and frames that the laws themselves lead to.
///
/// Frame i is a pure function of (seed, i).
public struct SceneFrames: Codable, Hashable, Sendable {
  /// Radii (half-sides of squares), world units; as many of each octave, because small bodies are the hardest.
  public var radius = 0.25...2.1
  /// Centres, world units, along both axes; the world is 0...10.
  public var centre = -1.0...11.0
  /// How often each shape comes, in the order disc, square, ring.
  public var shapes = [0.45, 0.33, 0.22]
  /// Share of frames that lack the red body, and apart from that of those that lack the blue one.
  public var missing = 0.08
  /// Share of bodies that have a second one of their colour.
  public var twins = 0.08
  /// Share of pairs that touch, or nearly.
  public var meeting = 0.3
  /// Share of frames with walls or blocks.
  public var bars = 0.7
  /// Share of frames out of the laws' own scenes (``BroadScenes``), at any of their times.
  public var played = 0.25

  /// Mostly two bodies and a wall or blocks.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`.
  public func validate() throws {
    for (field, value) in [
      ("missing", missing), ("twins", twins), ("meeting", meeting), ("bars", bars),
      ("played", played),
    ] where !(0...1).contains(value) {
      throw TrainingError.option(field: field, value: "\(value)", remedy: "must lie in 0...1")
    }
    guard radius.lowerBound > 0 else {
      throw TrainingError.option(field: "radius", value: "\(radius)", remedy: "must be positive")
    }
    guard shapes.count == 3, shapes.allSatisfy({ $0 >= 0 }), shapes.reduce(0, +) > 0 else {
      throw TrainingError.option(
        field: "shapes", value: "\(shapes)",
        remedy: "give shares of discs, squares and rings, not all of them 0")
    }
  }

  /// The bodies of frame `index`; there may be none.
  /// - Throws: what the laws' scenes throw.
  public func bodies(seed: UInt64, index: UInt64) throws -> [Body] {
    try bodies(seed: seed, index: index, laws: Self.laws(seed))
  }

  /// The bytes of frames `indices` at `resolution`, [count, R, R, 3].
  public func bytes(seed: UInt64, indices: Range<Int>, resolution: Int) throws -> [UInt8] {
    let laws = Self.laws(seed)
    var all: [UInt8] = []
    all.reserveCapacity(indices.count * resolution * resolution * 3)
    for index in indices {
      let bodies = try bodies(seed: seed, index: UInt64(index), laws: laws)
      if bodies.isEmpty {
        all += repeatElement(255, count: resolution * resolution * 3)
      } else {
        all += try FramePopulation.still(bodies, resolution: resolution).bytes
      }
    }
    return all
  }

  private static func laws(_ seed: UInt64) -> [SceneStream] {
    BroadScenes.recipes.map { SceneStream(recipe: $0, seed: seed) }
  }

  private func bodies(seed: UInt64, index: UInt64, laws: [SceneStream]) throws -> [Body] {
    var random = CounterRandom(recipe: "autoencoder-scenes", seed: seed, index: index)
    if random.unit() < played {
      let law = laws[Int(random.unit() * Double(laws.count))]
      return try Self.played(law, Int(random.next() >> 33), at: random.unit())
    }
    return placed(&random)
  }

  /// The bodies of a scene where they are after a share of its time.
  private static func played(
    _ law: SceneStream, _ index: Int, at share: Double
  ) throws -> [Body] {
    var scene = try law.scene(at: index)
    scene.frames = Int(share * Double(scene.frames)) + 1
    let trajectory = try Simulator().simulate(scene)
    return scene.bodies.indices.map { body in
      var moved = scene.bodies[body]
      moved.position = trajectory[frame: scene.frames - 1, body: body]
      return moved
    }
  }

  private func placed(_ random: inout CounterRandom) -> [Body] {
    let blocks = random.unit() < bars ? Blocks.draw(&random) : []
    var all = blocks
    for color in [BodyColor.red, .blue] {
      if random.unit() < missing { continue }
      let count = random.unit() < twins ? 2 : 1
      for _ in 0..<count {
        // The body that this one may touch is the first one that is no block.
        let other = all.count > blocks.count ? all[blocks.count] : nil
        if let body = body(color, beside: all, meeting: other, &random) { all.append(body) }
      }
    }
    return all
  }

  /// A body that covers none of the others; nil where there is hardly room.
  private func body(
    _ color: BodyColor, beside others: [Body], meeting other: Body?, _ random: inout CounterRandom
  ) -> Body? {
    let shape = shape(at: random.unit())
    let meets = random.unit() < meeting
    for _ in 0..<24 {
      let r = radius.lowerBound * pow(radius.upperBound / radius.lowerBound, random.unit())
      var body = Body(
        shape: shape, color: color, radius: r,
        position: Vector2(
          x: random.uniform(centre.lowerBound, centre.upperBound),
          y: random.uniform(centre.lowerBound, centre.upperBound)))
      if meets, let other {
        let angle = random.uniform(0, 2 * .pi)
        let way = r + other.radius + 0.4 * random.unit() * random.unit()
        body.position = Vector2(
          x: other.position.x + way * cos(angle), y: other.position.y + way * sin(angle))
      }
      if others.allSatisfy({ !Blocks.overlap(body, $0) }) { return body }
    }
    return nil
  }

  private func shape(at share: Double) -> Shape {
    var rest = share * shapes.reduce(0, +)
    for (shape, part) in zip([Shape.disc, .square, .ring], shapes) {
      if rest < part { return shape }
      rest -= part
    }
    return .disc
  }
}

/// Walls and blocks of the laws' kinds, where the laws have them and elsewhere.
enum Blocks {
  /// A wall at the right, two blocks with a gap, a block up to an edge, or any bar.
  static func draw(_ random: inout CounterRandom) -> [Body] {
    let kind = random.unit()
    let isUsual = random.unit() < 0.5
    let (low, high) = (0.0, Scene.extent)
    if kind < 0.35 {
      let face = isUsual ? WallRule.face : random.uniform(7.5, 9.9)
      let top =
        random.unit() < 0.5 ? high : isUsual ? SquareAndBall.middle : random.uniform(1, high)
      return [.bar(from: Vector2(x: face, y: low), to: Vector2(x: high, y: top))]
    }
    let bottom = isUsual ? Gap.heights.lowerBound : random.uniform(0.5, 7)
    let top = bottom + (isUsual ? 1 : random.uniform(0.4, 2))
    if kind < 0.85 {
      let width = kind < 0.65 ? random.uniform(0.2, 5.2) : 0
      let left = kind < 0.65 ? random.uniform(1, 9 - width) : random.uniform(2.5, 7)
      let block = Body.bar(from: Vector2(x: low, y: bottom), to: Vector2(x: left, y: top))
      guard width > 0 else { return [block] }
      return [
        block, .bar(from: Vector2(x: left + width, y: bottom), to: Vector2(x: high, y: top)),
      ]
    }
    let (x, y) = (random.uniform(-0.5, 9.5), random.uniform(-0.5, 9.5))
    return [
      .bar(
        from: Vector2(x: x, y: y),
        to: Vector2(x: x + random.uniform(0.4, 6), y: y + random.uniform(0.4, 6)))
    ]
  }

  /// Whether two bodies cover each other: round ones as discs, squares and bars as boxes.
  static func overlap(_ a: Body, _ b: Body) -> Bool {
    let way = Vector2(
      x: abs(a.position.x - b.position.x), y: abs(a.position.y - b.position.y))
    func isRound(_ body: Body) -> Bool { body.shape == .disc || body.shape == .ring }
    switch (isRound(a), isRound(b)) {
    case (true, true): return way.length < a.radius + b.radius
    case (true, false): return covers(way, box: b.halfExtent, radius: a.radius)
    case (false, true): return covers(way, box: a.halfExtent, radius: b.radius)
    case (false, false):
      return way.x < a.halfExtent.x + b.halfExtent.x && way.y < a.halfExtent.y + b.halfExtent.y
    }
  }

  private static func covers(_ way: Vector2, box: Vector2, radius: Double) -> Bool {
    Vector2(x: max(way.x - box.x, 0), y: max(way.y - box.y, 0)).length < radius
  }
}
