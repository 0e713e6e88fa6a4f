import Worlds

// Short forms for the tables of this folder.

extension Grid {
  /// Radius in the outer loop, speed in the inner one, as in the official one-ball scripts.
  static func ball(
    r: Values, v: Values, holes: [[String: ClosedRange<Double>]] = [],
    keeping: [[String: ClosedRange<Double>]]? = nil
  ) -> Grid {
    Grid(axes: [Axis("r", r), Axis("v", v)], holes: holes, keeping: keeping)
  }

  /// Radii in the outer loops, speeds in the inner ones, as in the official two-ball scripts.
  static func balls(
    _ r1: Values, _ r2: Values, _ v1: Values, _ v2: Values,
    holes: [[String: ClosedRange<Double>]] = [], keeping: [[String: ClosedRange<Double>]]? = nil
  ) -> Grid {
    Grid(
      axes: [Axis("r1", r1), Axis("r2", r2), Axis("v1", v1), Axis("v2", v2)], holes: holes,
      keeping: keeping)
  }
}

extension Grid.Values {
  /// Evenly spaced, both ends included.
  static func lin(_ from: Double, _ to: Double, _ count: Int) -> Grid.Values {
    .linear(from: from, to: to, count: count)
  }
}

extension SceneSet {
  /// A set from a single law and grid.
  static func ball(
    _ name: String, figure: String? = nil, _ summary: String, origin: Origin = .official,
    _ scenario: some Scenario, _ grid: Grid, count: Int, officialName: String? = nil,
    layout: OfficialLayout? = nil
  ) -> SceneSet {
    SceneSet(
      name, figure: figure, summary, origin: origin,
      parts: [SceneRecipe.Part(scenario: scenario, grid: grid)], count: count,
      officialName: officialName, layout: layout)
  }
}
