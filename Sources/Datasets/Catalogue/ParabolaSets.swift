import Worlds

/// Parabolas (Figure 3; official `one_ball_parabola`).
enum ParabolaSets {
  private static let law = Parabola()

  static let sets: [SceneSet] =
    [
      train("30k", r: 100, v: 300, count: 30_000),
      train("300k", r: 300, v: 1000, count: 300_000),
      train("3m", r: 1000, v: 3000, count: 3_000_000),
      drawn("parabola/id-4", "the script's test run: two radii and two speeds", r: 2, v: 2, 4),
    ]
    + OneBallEvaluation.sets(
      "parabola", official: law, matched: Parabola(startSpeed: EvaluationLevel.speed),
      idGrid: .ball(r: .lin(0.7, 1.4, 10), v: .lin(1, 4, 16)), idCount: 160,
      levels: OneBallLevel.parabola)

  private static func train(_ size: String, r: Int, v: Int, count: Int) -> SceneSet {
    drawn(
      "parabola/train-\(size)", figure: "Figure 3", "one red ball thrown horizontally", r: r, v: v,
      count)
  }

  /// Radii and speeds are sorted random lists; the speeds are drawn first.
  private static func drawn(
    _ name: String, figure: String? = nil, _ summary: String, r: Int, v: Int, _ count: Int
  ) -> SceneSet {
    .ball(
      name, figure: figure, summary, law,
      .ball(
        r: .drawn(from: 0.7, to: 1.4, count: r, after: v),
        v: .drawn(from: 1, to: 4, count: v, after: 0)), count: count,
      layout: OfficialLayout(drawsBefore: r + v))
  }
}
