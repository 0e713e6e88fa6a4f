import Worlds

/// Uniform motion (Figure 3; official `one_ball_uniform_motion`).
enum UniformSets {
  private static let law = UniformMotion()

  static let sets: [SceneSet] =
    [
      train("30k", r: 100, v: 300, count: 30_000),
      train("300k", r: 300, v: 1000, count: 300_000),
      train("3m", r: 1000, v: 3000, count: 3_000_000),
    ]
    + OneBallEvaluation.sets(
      "uniform", official: law, matched: UniformMotion(startSpeed: EvaluationLevel.speed),
      idGrid: .ball(r: .lin(0.7, 1.4, 30), v: .lin(1, 4, 100)), idCount: 3000,
      levels: OneBallLevel.uniform)

  private static func train(_ size: String, r: Int, v: Int, count: Int) -> SceneSet {
    .ball(
      "uniform/train-\(size)", figure: "Figure 3", "one red ball at constant velocity", law,
      .ball(r: .lin(0.7, 1.4, r), v: .lin(1, 4, v)), count: count, layout: OfficialLayout())
  }
}
