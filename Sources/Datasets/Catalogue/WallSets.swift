import Worlds

/// One ball bouncing off a wall, the half of Figure 14 that has a law of its own. The paper gives no
/// numbers; radii and speeds are those of uniform motion, above the speed at which bodies stick.
enum WallSets {
  static let sets: [SceneSet] =
    [
      SceneSet(
        "wall/train-30k", figure: "Figure 14", "a ball bouncing off a wall", origin: .ours,
        parts: [part(.lin(0.7, 1.4, 100), .lin(1.25, 4, 300))], count: 30_000),
      SceneSet(
        "wall/eval", figure: "Figure 14", "in distribution and out of it", origin: .ours,
        parts: levels, count: 576),
    ]
    + levels.map { level in
      SceneSet(
        "wall/eval/\((level.level ?? "").replacing("_", with: "-"))", figure: "Figure 14",
        "a ball bouncing off a wall", origin: .ours, parts: [level],
        count: level.level == "id" ? 160 : level.level == "r_low" ? 32 : 128)
    }

  private static let levels = [
    part(.lin(0.7, 1.4, 10), .lin(1.25, 4, 16), "id"),
    part(.lin(0.3, 0.6, 8), .lin(1.25, 4, 4), "r_low"),
    part(.lin(1.5, 2, 8), .lin(1.25, 4, 16), "r_high"),
    part(.lin(0.7, 1.4, 8), .lin(4.5, 6, 16), "v_high"),
    part(.lin(1.5, 2, 8), .lin(4.5, 6, 16), "rv_high"),
  ]

  private static func part(
    _ r: Grid.Values, _ v: Grid.Values, _ level: String? = nil
  ) -> SceneRecipe.Part {
    SceneRecipe.Part(
      scenario: WallBounce(), grid: .ball(r: r, v: v), level: level)
  }
}
