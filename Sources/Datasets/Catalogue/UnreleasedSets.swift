import Worlds

/// Sets of the paper whose code was never released. What the page says is kept; all numbers, where
/// not noted otherwise, are ours.
enum UnreleasedSets {
  static let sets: [SceneSet] =
    colorShape + ring + flips + WallSets.sets + CompositionSets.sets + AmbiguitySets.sets

  // MARK: Figure 11 (1): colour against shape, and Figure 19: ring against ball

  /// Sizes and evaluation are those of the names in the evaluator, `color_shape_600K` and 1.4K.
  private static let colorShape = pair(
    "pairs/color-shape", figure: "Figure 11", red: .disc, blue: .square,
    "red discs and blue squares", official: true)

  private static let ring = pair(
    "figure-19", figure: "Figure 19", red: .ring, blue: .disc, "red rings and blue discs",
    official: false)

  private static func pair(
    _ name: String, figure: String, red: Shape, blue: Shape, _ summary: String, official: Bool
  ) -> [SceneSet] {
    func parts(
      _ a: Shape, _ b: Shape, r: Int, v: Int, _ level: String
    ) -> [SceneRecipe.Part] {
      let (radii, speeds) = (PairSets.anyRadius(r), PairSets.anySpeed(v))
      return [
        PairSets.part(.red, a, r: radii, v: speeds, "\(level)_red_\(a.rawValue)"),
        PairSets.part(.blue, b, r: radii, v: speeds, "\(level)_blue_\(b.rawValue)"),
      ]
    }
    let seen = parts(red, blue, r: 11, v: 31, "seen")
    let unseen = parts(blue, red, r: 11, v: 31, "unseen")
    let origin = official ? SceneSet.Origin.inferred : .ours
    return [
      SceneSet(
        "\(name)/train-60k", figure: figure, summary, origin: .ours,
        parts: parts(red, blue, r: 100, v: 300, "seen"), count: 60_000),
      SceneSet(
        "\(name)/train-600k", figure: figure, summary, origin: origin,
        parts: parts(red, blue, r: 300, v: 1000, "seen"), count: 600_000,
        officialName: official ? "color_shape_600K" : nil),
      SceneSet(
        "\(name)/eval", figure: figure, "all four combinations of colour and shape",
        origin: origin, parts: seen + unseen, count: 1364, officialName: official ? "1.4K" : nil),
      SceneSet(
        "\(name)/eval/unseen", figure: figure, "the two combinations that training does not have",
        origin: origin, parts: unseen, count: 682),
    ]
  }

  // MARK: Figure 9: one direction and both

  /// Set 1 is the official baseline; set 2 has every ball in both directions, as flips at training
  /// time would show them.
  private static let flips: [SceneSet] =
    PairSets.sizes.flatMap { size in
      [
        SceneSet(
          "figure-9/one-way/train-\(size.name)", figure: "Figure 9", "fast balls moving right",
          origin: .inferred, parts: [fast(.right, r: size.r, v: size.v)], count: size.v * size.r),
        SceneSet(
          "figure-9/two-way/train-\(size.name)", figure: "Figure 9",
          "fast balls moving right and as many moving left", origin: .ours,
          parts: [fast(.right, r: size.r, v: size.v), fast(.left, r: size.r, v: size.v)],
          count: 2 * size.v * size.r),
      ]
    } + [
      SceneSet(
        "figure-9/eval", figure: "Figure 9", "slow balls moving right, and fast ones to compare",
        origin: .ours,
        parts: [
          SceneRecipe.Part(
            scenario: ball(.right),
            grid: .ball(r: PairSets.anyRadius(36), v: PairSets.slow(11)), level: "slow"),
          SceneRecipe.Part(
            scenario: ball(.right),
            grid: .ball(
              r: PairSets.anyRadius(36), v: PairSets.fast(11)), level: "seen"),
        ], count: 792),
      SceneSet(
        "figure-9/eval-start-matched", figure: "Figure 9",
        "the slow balls of figure-9/eval, started as fast ones are", origin: .ours,
        parts: [
          SceneRecipe.Part(
            scenario: UniformMotion(direction: .right, color: .blue, startSpeed: 2.5...4),
            grid: .ball(r: PairSets.anyRadius(36), v: PairSets.slow(11)), level: "slow")
        ], count: 396),
    ]

  private static func ball(_ direction: Direction) -> UniformMotion {
    UniformMotion(direction: direction, color: .blue)
  }

  private static func fast(_ direction: Direction, r: Int, v: Int) -> SceneRecipe.Part {
    SceneRecipe.Part(
      scenario: ball(direction), grid: .ball(r: PairSets.anyRadius(r), v: PairSets.fast(v)),
      level: "seen_\(direction.rawValue)")
  }
}
