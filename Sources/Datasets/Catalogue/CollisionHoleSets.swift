import Worlds

/// Collisions with velocities or radii left out of training (Figure 8).
///
/// The official files are cut from one file of all collisions that keep 4 frames before the impact,
/// which refuses nothing in the training range. Each set exists once more with the usual 8 frames,
/// under the name's `cut`.
enum CollisionHoleSets {
  private typealias Boxes = [[String: ClosedRange<Double>]]

  private struct Training {
    let name: String
    let summary: String
    let holes: Boxes
    let keeping: Boxes?
    let count: Int
    let cutCount: Int
    let officialName: String?

    func grid(r: Grid.Values, v1: Grid.Values, v2: Grid.Values) -> Grid {
      .balls(r, r, v1, v2, holes: holes, keeping: keeping)
    }

    var full: Grid { CollisionSets.training(r: 21, v: 61, holes: holes, keeping: keeping) }
  }

  private static let training: [Training] =
    [
      square("2-3", 2...3, 1_446_480, 1_342_072, "1.4M"),
      square("1.75-3.25", 1.75...3.25, 1_217_160, 1_118_924, nil),
      square("1.5-3.5", 1.5...3.5, 899_640, 816_544, nil),
      square("1.25-3.75", 1.25...3.75, 493_920, 441_052, "493.9K"),
      square("1.1-3.9", 1.1...3.9, 257_985, 223_107, "258.0K"),
      Training(
        name: "half-1.25", summary: "at least one ball no faster than 1.25", holes: [],
        keeping: [["v1": 0...1.25], ["v2": 0...1.25]], count: 306_936, cutCount: 306_882,
        officialName: "306.9K"),
      Training(
        name: "multiple-holes", summary: "three squares of speeds left out",
        holes: [
          ["v1": 1.2...2.2, "v2": 2.7...3.7], ["v1": 2.7...3.7, "v2": 1.2...2.2],
          ["v1": 2.9...3.5, "v2": 3.3...3.9],
        ], keeping: nil, count: 1_183_203, cutCount: 1_097_633, officialName: "1.2M"),
      Training(
        name: "mass-hole-0.8-1.2", summary: "both radii from 0.8 to 1.2 left out",
        holes: [["r1": 0.8...1.2, "r2": 0.8...1.2]], keeping: nil, count: 1_402_817,
        cutCount: 1_300_640, officialName: nil),
    ]

  private static func square(
    _ name: String, _ hole: ClosedRange<Double>, _ count: Int, _ cutCount: Int,
    _ officialName: String?
  ) -> Training {
    Training(
      name: "hole-\(name)",
      summary: "both speeds from \(hole.lowerBound) to \(hole.upperBound) left out",
      holes: [["v1": hole, "v2": hole]], keeping: nil, count: count, cutCount: cutCount,
      officialName: officialName)
  }

  static let sets: [SceneSet] = training.flatMap(trainingSets) + evaluations

  private static func trainingSets(_ set: Training) -> [SceneSet] {
    [
      SceneSet(
        "collision/\(set.name)", figure: "Figure 8", set.summary, origin: .inferred,
        parts: [SceneRecipe.Part(scenario: Collision(preFrames: 4), grid: set.full)],
        count: set.count, officialName: set.officialName,
        layout: OfficialLayout(filter: .stored)),
      SceneSet(
        "collision/\(set.name)/cut", set.summary + "; at least 8 frames before the impact",
        parts: [SceneRecipe.Part(scenario: CollisionSets.law, grid: set.full)], count: set.cutCount,
        gridCount: set.count, layout: OfficialLayout(filter: .stored)),
    ]
  }

  // The evaluator leaves out balls of radius 0.5 and less.
  private static let unscored: Boxes = [["r1": 0...0.5], ["r2": 0...0.5]]
  private static let law = Collision(preFrames: 4)
  private static let layout = OfficialLayout(chunkSize: 100)

  private static func speeds(_ boxes: Boxes) -> Grid {
    let r = Grid.Values.lin(0.5, 1.5, 5)
    return .balls(r, r, .lin(0, 4.5, 21), .lin(1, 4, 13), holes: boxes)
  }

  private static func masses(_ boxes: Boxes) -> Grid {
    let v = Grid.Values.lin(1, 4, 13)
    return .balls(.lin(0.5, 2, 7), .lin(0.5, 1.5, 5), v, v, holes: boxes)
  }

  private static let evaluations: [SceneSet] =
    [
      SceneSet(
        "collision/hole-eval", figure: "Figure 8", "speeds inside and outside of all holes",
        parts: [SceneRecipe.Part(scenario: law, grid: speeds([]))], count: 6825,
        officialName: "6.8K", layout: layout),
      SceneSet(
        "collision/hole-eval/scored", figure: "Figure 8",
        "those of collision/hole-eval that the evaluator scores: radii above 0.5",
        parts: [SceneRecipe.Part(scenario: law, grid: speeds(unscored))], count: 4368),
      SceneSet(
        "collision/mass-hole-eval", "radii inside and outside of the hole",
        parts: [SceneRecipe.Part(scenario: law, grid: masses([]))], count: 5912, gridCount: 5915,
        officialName: "5.9K", layout: layout),
      SceneSet(
        "collision/mass-hole-eval/scored",
        "those of collision/mass-hole-eval that the evaluator scores: radii above 0.5",
        parts: [SceneRecipe.Part(scenario: law, grid: masses(unscored))], count: 4053),
    ] + training.filter { !$0.name.hasPrefix("mass") }.map(grouped)

  /// The official evaluation of speeds, grouped by what a training set has and has not seen: speeds
  /// in its range, in its holes, and outside of the training range.
  private static func grouped(_ set: Training) -> SceneSet {
    let r = Grid.Values.lin(0.5, 1.5, 5)
    let (v1, v2) = (Grid.Values.lin(0, 4.5, 21), Grid.Values.lin(1, 4, 13))
    let inside = ["v1": EvaluationLevel.speed]
    func part(_ grid: Grid, _ level: String) -> SceneRecipe.Part {
      SceneRecipe.Part(scenario: law, grid: grid, level: level)
    }
    // What is seen lies in the training range and in no hole; what is left of the range is a hole.
    var seen = set.grid(r: r, v1: v1, v2: v2)
    var hole = seen
    if let keeping = set.keeping {
      seen.keeping = keeping.map { $0.merging(inside) { kept, whole in kept.clamped(to: whole) } }
      hole.keeping = [inside]
      hole.holes = keeping
    } else {
      seen.keeping = [inside]
      hole.holes = []
      hole.keeping = set.holes
    }
    var outside = Grid.balls(r, r, v1, v2)
    outside.holes = [inside]
    return SceneSet(
      "collision/\(set.name)/eval", figure: "Figure 8",
      "collision/hole-eval, grouped by speeds seen, left out and outside (\(set.summary))",
      origin: .ours, parts: [part(seen, "seen"), part(hole, "hole"), part(outside, "outside")],
      count: 6825)
  }
}
