/// The wall at the right edge and the start of a ball that is to bounce off it.
///
/// The paper shows such a wall but gives no number. Ours is a black bar whose left face stands at
/// x = 9.5; the ball meets it at least 8 frames after the start and at least 8 frames before the end
/// of 32, as the balls of the official collisions meet each other.
public enum WallRule {
  /// Where the wall's face stands, world units.
  public static let face = 9.5
  /// World seconds before the impact, at least.
  public static let earliest = 0.8
  /// World seconds from the start until the impact, at most.
  public static let latest = 2.4

  /// The wall between two heights, the whole height unless told otherwise.
  public static func wall(from low: Double = 0, to high: Double = Scene.extent) -> Body {
    .bar(from: Vector2(x: face, y: low), to: Vector2(x: Scene.extent, y: high))
  }

  /// Whether the engine takes an impact of this speed for elastic: slower ones stick.
  public static func bounces(_ speed: Double) -> Bool {
    Float(speed) > Float(Scene.officialRestitutionThreshold)
  }

  /// The ways to the wall that a ball may have at the start, world units; nil where it cannot be in
  /// view and far enough away.
  public static func ways(radius: Double, speed: Double) -> ClosedRange<Double>? {
    let nearest = earliest * speed
    let farthest = min(latest * speed, face - 2 * radius)
    return nearest <= farthest ? nearest...farthest : nil
  }
}

extension Scenario {
  /// Checks the speed of a body that must bounce.
  func requireBounce(
    _ name: String, of parameters: [String: Double]
  ) throws(SceneError) -> Double {
    try require(
      name, of: parameters,
      "above 1, the speed at which the engine lets bodies stick, to "
        + "\(Scene.maximumSpeed)"
    ) { WallRule.bounces($0) && $0 <= Scene.maximumSpeed }
  }

  /// The ways to the wall of a ball, or the reason why there are none.
  func requireWays(
    radius: Double, speed: Double, of parameters: [String: Double]
  ) throws(SceneError) -> ClosedRange<Double> {
    guard let ways = WallRule.ways(radius: radius, speed: speed) else {
      throw .infeasible(
        scenario: Self.name, parameters: parameters,
        reason: "8 frames before the wall need \(WallRule.earliest * speed + 2 * radius) of "
          + "\(WallRule.face) units; use a smaller or slower ball")
    }
    return ways
  }
}
