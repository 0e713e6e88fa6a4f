import Datasets
import Worlds

/// Every law in wider ranges than any set of it has: what a codec for many bodies is fitted to and learns from.
public enum BroadScenes {
  /// Radii, world units.
  static let radius = 0.3...2.0
  /// Speeds, world units per second.
  static let speed = 0.0...6.0
  /// Speeds of balls that must bounce off a wall.
  static let bounce = 1.05...6.0

  /// The laws but for uniform motion, one recipe each for every way in which they look different.
  public static var recipes: [SceneRecipe] { thrown + met + walled }

  /// One body that falls.
  private static var thrown: [SceneRecipe] {
    [Shape.disc, .square, .ring].flatMap { shape in
      [BodyColor.red, .blue].map { color in
        recipe(
          Parabola(direction: color == .red ? .right : .left, shape: shape, color: color),
          ["r": radius, "v": speed])
      }
    }
  }

  /// Two bodies that meet: early as in the evaluations of the holes, and late.
  private static var met: [SceneRecipe] {
    [4, 8].map { preFrames in
      recipe(
        Collision(preFrames: preFrames),
        ["r1": radius, "r2": radius, "v1": speed, "v2": speed])
    }
  }

  /// Balls and squares with walls and blocks.
  static var walled: [SceneRecipe] {
    let (still, pixels) = (0.0...0.0, -20.0...20.0)
    let moving = 0.1...6.0
    return [
      recipe(WallBounce(), ["r": radius, "v": bounce]),
      recipe(
        SquareAndBall(event: .squareMoves), ["rs": radius, "vs": moving, "rb": radius, "vb": still]),
      recipe(
        SquareAndBall(event: .ballBounces), ["rs": radius, "vs": still, "rb": radius, "vb": bounce]),
      recipe(
        SquareAndBall(event: .both), ["rs": radius, "vs": moving, "rb": radius, "vb": bounce]),
      recipe(
        CollisionThenBounce(event: .collision),
        ["r1": radius, "r2": radius, "v1": speed, "v2": speed]),
      recipe(
        CollisionThenBounce(event: .bounce),
        ["r1": radius, "r2": still, "v1": bounce, "v2": still]),
      recipe(
        CollisionThenBounce(event: .both), ["r1": radius, "r2": radius, "v1": speed, "v2": speed]),
      recipe(Gap(), ["r": radius, "excess": pixels]),
      recipe(BlockEdge(), ["r": radius, "offset": pixels]),
    ]
  }

  private static func recipe(
    _ scenario: some Scenario, _ box: [String: ClosedRange<Double>]
  ) -> SceneRecipe {
    SceneRecipe(scenario: scenario, region: Region(boxes: [box]))
  }
}
