import Worlds

/// Events that train a model apart and test it together: side by side and one after the other
/// (Figure 14). The paper gives no numbers; all are ours.
enum CompositionSets {
  static let sets: [SceneSet] = spatial + temporal

  private static let still = Grid.Values.list([0])

  // MARK: Side by side

  private static func spatialGrid(
    rs: Grid.Values, vs: Grid.Values, rb: Grid.Values, vb: Grid.Values
  ) -> Grid {
    Grid(axes: [.init("rs", rs), .init("rb", rb), .init("vs", vs), .init("vb", vb)])
  }

  /// Both events, on a grid of sizes and speeds of what moves and sizes of what rests.
  private static func spatialTraining(
    sizes: Int, speeds: Int, resting: Int
  ) -> [SceneRecipe.Part] {
    let (moving, rest) = (Grid.Values.lin(0.7, 1.4, sizes), Grid.Values.lin(0.7, 1.4, resting))
    return [
      SceneRecipe.Part(
        scenario: SquareAndBall(event: .squareMoves),
        grid: spatialGrid(rs: moving, vs: .lin(1, 4, speeds), rb: rest, vb: still),
        level: "seen_square_moves"),
      // A ball of speed 1 would stick to the wall.
      SceneRecipe.Part(
        scenario: SquareAndBall(event: .ballBounces),
        grid: spatialGrid(rs: rest, vs: still, rb: moving, vb: .lin(1.2, 4, speeds)),
        level: "seen_ball_bounces"),
    ]
  }

  private static let spatialTest = SceneRecipe.Part(
    scenario: SquareAndBall(event: .both),
    grid: spatialGrid(
      rs: .lin(0.7, 1.4, 4), vs: .lin(1, 4, 8), rb: .lin(0.7, 1.4, 4), vb: .lin(1.2, 4, 8)),
    level: "unseen_both")

  private static let spatial: [SceneSet] = [
    SceneSet(
      "figure-14/spatial/train-30k", figure: "Figure 14",
      "a square moves past a resting ball, or a ball bounces under a resting square", origin: .ours,
      parts: spatialTraining(sizes: 10, speeds: 100, resting: 15), count: 30_000),
    SceneSet(
      "figure-14/spatial/train-300k", figure: "Figure 14",
      "a square moves past a resting ball, or a ball bounces under a resting square", origin: .ours,
      parts: spatialTraining(sizes: 20, speeds: 250, resting: 30), count: 300_000),
    SceneSet(
      "figure-14/spatial/test", figure: "Figure 14", "the square moves while the ball bounces",
      origin: .ours, parts: [spatialTest], count: 1024),
    SceneSet(
      "figure-14/spatial/eval", figure: "Figure 14", "the events of training and both at once",
      origin: .ours, parts: spatialTraining(sizes: 4, speeds: 32, resting: 4) + [spatialTest],
      count: 2048),
  ]

  // MARK: One after the other

  private static func temporalGrid(r: Int, v: Int) -> Grid {
    let (radii, speeds) = (Grid.Values.lin(0.7, 1.4, r), Grid.Values.lin(1, 4, v))
    return .balls(radii, radii, speeds, speeds)
  }

  private static func temporalTraining(
    r: Int, v: Int, bounceR: Int, bounceV: Int
  ) -> [SceneRecipe.Part] {
    [
      SceneRecipe.Part(
        scenario: CollisionThenBounce(event: .collision), grid: temporalGrid(r: r, v: v),
        level: "seen_collision"),
      SceneRecipe.Part(
        scenario: CollisionThenBounce(event: .bounce),
        grid: .balls(.lin(0.7, 1.4, bounceR), still, .lin(1.2, 4, bounceV), still),
        level: "seen_bounce"),
    ]
  }

  private static let temporalTest = SceneRecipe.Part(
    scenario: CollisionThenBounce(event: .both), grid: temporalGrid(r: 4, v: 13),
    level: "unseen_both")

  private static let temporal: [SceneSet] = [
    SceneSet(
      "figure-14/temporal/train-30k", figure: "Figure 14",
      "two balls meet and none reaches the wall, or a lone ball bounces off it", origin: .ours,
      parts: temporalTraining(r: 5, v: 44, bounceR: 50, bounceV: 300), count: 30_212),
    SceneSet(
      "figure-14/temporal/train-300k", figure: "Figure 14",
      "two balls meet and none reaches the wall, or a lone ball bounces off it", origin: .ours,
      parts: temporalTraining(r: 9, v: 78, bounceR: 150, bounceV: 1000), count: 299_939),
    SceneSet(
      "figure-14/temporal/test", figure: "Figure 14",
      "two balls meet, then the blue one bounces off the wall", origin: .ours,
      parts: [temporalTest], count: 1045, gridCount: 2704),
    SceneSet(
      "figure-14/temporal/eval", figure: "Figure 14", "the events of training and both in turn",
      origin: .ours, parts: temporalTraining(r: 3, v: 9, bounceR: 15, bounceV: 30) + [temporalTest],
      count: 1733),
  ]
}
