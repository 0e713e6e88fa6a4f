import Worlds

/// Outcomes that a picture cannot tell: a gap within pixels of a ball's width, and a ball landing
/// within pixels of a block's edge (Figure 16). The paper gives no numbers; all are ours.
enum AmbiguitySets {
  static let sets: [SceneSet] =
    family("gap", Gap(), parameter: "excess", "a ball falling on a gap of nearly its width")
    + family("edge", BlockEdge(), parameter: "offset", "a ball landing beside a block's edge")

  private static let radii = Grid.Values.lin(0.7, 1.4, 20)

  /// Pixels by which the two outcomes are apart, on either side of the border.
  private static let steps: [(level: String, pixels: [Double])] = [
    ("subpixel", [0.125, 0.25, 0.5, 0.75]), ("pixels", [1, 1.5, 2, 3]), ("clear", [4, 6, 8, 12]),
  ]

  private static func family(
    _ name: String, _ law: some Scenario, parameter: String, _ summary: String
  ) -> [SceneSet] {
    func grid(_ r: Grid.Values, _ pixels: Grid.Values) -> Grid {
      Grid(axes: [.init("r", r), .init(parameter, pixels)])
    }
    let levels = steps.map { step in
      SceneRecipe.Part(
        scenario: law,
        grid: grid(radii, .list(step.pixels.reversed().map { -$0 } + step.pixels)),
        level: step.level)
    }
    return [
      SceneSet(
        "figure-16/\(name)/train-30k", figure: "Figure 16",
        summary + ", 16 pixels either way", origin: .ours,
        parts: [
          SceneRecipe.Part(scenario: law, grid: grid(.lin(0.7, 1.4, 100), .lin(-16, 16, 300)))
        ], count: 30_000),
      SceneSet(
        "figure-16/\(name)/eval", figure: "Figure 16",
        summary + ", by the pixels between the outcomes", origin: .ours, parts: levels, count: 480),
    ]
      + zip(steps, levels).map { step, part in
        SceneSet(
          "figure-16/\(name)/eval/\(step.level)", figure: "Figure 16",
          summary + ", \(step.pixels.map { "\($0)" }.joined(separator: ", ")) pixels either way",
          origin: .ours, parts: [part], count: 160)
      }
  }
}
