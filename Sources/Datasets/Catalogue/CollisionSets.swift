import Worlds

/// Collisions (Figure 3; official `two_balls_collision`).
enum CollisionSets {
  /// Training sets keep the scenes that fill the picture exactly, as their counts by the rule
  /// 0.8(v1 + v2) + 2(r1 + r2) <= 10 do. The official rounding drops some of these: its own file of
  /// level 3 has 3,187,380 scenes, which is what the official stream gives.
  static let law = Collision(keepsExactFits: true)

  /// The grid of the released generator, and the coarser one of its comments, which the evaluator's
  /// run names (10K, 110K, 1M) belong to.
  static let sets: [SceneSet] =
    [
      train("train-level1", r: 8, v: 21, count: 26_066, of: 28_224),
      train("train-level2", r: 14, v: 41, count: 306_782, of: 329_476),
      train("train-level3", r: 26, v: 71, count: 3_189_021, of: 3_407_716),
      train("train-level4", r: 41, v: 121, count: 23_076_353, of: 24_611_521),
      old("train-old-level1", r: 6, v: 16, count: 8494, of: 9216),
      old("train-old-level2", r: 11, v: 31, count: 108_201, of: 116_281),
      old("train-old-level3", r: 21, v: 61, count: 1_534_633, of: 1_640_961),
      old("train-old-level4", r: 41, v: 121, count: 23_076_353, of: 24_611_521),
      SceneSet(
        "collision/train-1.6m-v1", figure: "Figure 8",
        "the file that the collision holes are cut from: at least 4 frames before the impact",
        origin: .inferred,
        parts: [
          SceneRecipe.Part(scenario: Collision(preFrames: 4), grid: training(r: 21, v: 61))
        ], count: 1_640_961, officialName: "1.6M_v1", layout: OfficialLayout()),
      SceneSet(
        "collision/eval-random", "in distribution: sorted random radii and speeds",
        parts: [SceneRecipe.Part(scenario: Collision(), grid: random, level: "id")], count: 5607,
        gridCount: 5625, layout: OfficialLayout(drawsBefore: 20)),
    ] + CollisionEvaluation.sets

  static func training(
    r: Int, v: Int, holes: [[String: ClosedRange<Double>]] = [],
    keeping: [[String: ClosedRange<Double>]]? = nil
  ) -> Grid {
    let (radii, speeds) = (Grid.Values.lin(0.5, 1.5, r), Grid.Values.lin(1, 4, v))
    return .balls(radii, radii, speeds, speeds, holes: holes, keeping: keeping)
  }

  private static let random: Grid = {
    let radii = Grid.Values.drawn(from: 0.5, to: 1.5, count: 5, after: 15)
    let speeds = Grid.Values.drawn(from: 1, to: 4, count: 15, after: 0)
    return .balls(radii, radii, speeds, speeds)
  }()

  private static func train(
    _ name: String, r: Int, v: Int, count: Int, of gridCount: Int,
    origin: SceneSet.Origin = .official, _ summary: String = "two balls meeting head on"
  ) -> SceneSet {
    SceneSet(
      "collision/\(name)", figure: "Figure 3", summary, origin: origin,
      parts: [SceneRecipe.Part(scenario: law, grid: training(r: r, v: v))], count: count,
      gridCount: gridCount, layout: OfficialLayout())
  }

  private static func old(
    _ name: String, r: Int, v: Int, count: Int, of gridCount: Int
  ) -> SceneSet {
    train(
      name, r: r, v: v, count: count, of: gridCount, origin: .inferred,
      "two balls meeting head on, on the script's older grid")
  }
}
