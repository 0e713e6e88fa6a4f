import Worlds

/// Uniform motion with speeds left out of training (Figure 7; official `square_out`).
enum HoleSets {
  private static let law = UniformMotion()
  private static let speeds = EvaluationLevel.speed

  /// The training sets: name, speeds of the hole or speeds that are kept, grid, and size.
  private static let training: [HoleTraining] = [
    .init("1.25-3.75", hole: 1.25...3.75, count: 50_400),
    .init("1.5-3.5", hole: 1.5...3.5, count: 100_200, officialName: "100.2K"),
    .init("1.75-3.25", hole: 1.75...3.25, count: 150_000, officialName: "150.0K"),
    .init("2-3", hole: 2...3, count: 199_800, officialName: "Step50K"),
    .init("three-bands", bands: HoleTraining.three, count: 75_600),
    .init("four-bands", bands: HoleTraining.four, count: 100_200, officialName: "100.2K"),
    .init(
      "1.25-3.75-200k", hole: 1.25...3.75, r: 600, v: 2000, count: 200_400,
      officialName: "200.7K"),
    .init(
      "three-bands-168k", bands: HoleTraining.three, r: 450, v: 1500, count: 168_300,
      officialName: "168.3K"),
  ]

  static let sets: [SceneSet] =
    training.map(\.set) + [
      evaluation(
        "uniform/hole-eval", "all speeds of the training range", [(.lin(1, 4, 121), nil)], 4356,
        "4.4K"),
      evaluation(
        "uniform/hole-eval-outside", "speeds below and above the training range",
        [(.lin(0, 1, 41), "below"), (.lin(4, 6, 81), "above")], 4392, nil),
      evaluation(
        "uniform/hole-eval-outside-5.8k", "as hole-eval-outside, more speeds below",
        [(.lin(0, 1, 81), "below"), (.lin(4, 6, 81), "above")], 5832, "5.8K", origin: .inferred),
    ] + training.filter { $0.r == 300 }.map(\.groupedEvaluation)

  private static func evaluation(
    _ name: String, _ summary: String, _ speeds: [(v: Grid.Values, level: String?)], _ count: Int,
    _ officialName: String?, origin: SceneSet.Origin = .official
  ) -> SceneSet {
    SceneSet(
      name, figure: "Figure 7", summary, origin: origin,
      parts: speeds.map {
        SceneRecipe.Part(
          scenario: law, grid: .ball(r: .lin(0.7, 1.4, 36), v: $0.v), level: $0.level)
      }, count: count, officialName: officialName, layout: OfficialLayout(chunkSize: 100))
  }
}

/// A training set of uniform motion from which speeds are left out.
private struct HoleTraining {
  static let three = [1...1.25, 2.375...2.625, 3.75...4]
  static let four = [1...1.25, 1.875...2.125, 2.875...3.125, 3.75...4]

  let name: String
  let hole: ClosedRange<Double>?
  let bands: [ClosedRange<Double>]
  let r: Int
  let v: Int
  let count: Int
  let officialName: String?

  init(
    _ name: String, hole: ClosedRange<Double>? = nil, bands: [ClosedRange<Double>] = [],
    r: Int = 300, v: Int = 1000, count: Int, officialName: String? = nil
  ) {
    self.name = name
    self.hole = hole
    self.bands = bands
    self.r = r
    self.v = v
    self.count = count
    self.officialName = officialName
  }

  private var fullName: String { hole == nil ? "uniform/\(name)" : "uniform/hole-\(name)" }

  private var summary: String {
    hole.map { "speeds \($0.lowerBound) to \($0.upperBound) left out" }
      ?? "only speeds "
      + bands.map { "\($0.lowerBound) to \($0.upperBound)" }.joined(separator: ", ")
  }

  private func grid(_ r: Grid.Values, _ v: Grid.Values) -> Grid {
    if let hole { return .ball(r: r, v: v, holes: [["v": hole]]) }
    return .ball(r: r, v: v, keeping: bands.map { ["v": $0] })
  }

  /// The points that ``grid(_:_:)`` leaves out.
  private func rest(_ r: Grid.Values, _ v: Grid.Values) -> Grid {
    if let hole { return .ball(r: r, v: v, keeping: [["v": hole]]) }
    return .ball(r: r, v: v, holes: bands.map { ["v": $0] })
  }

  var set: SceneSet {
    .ball(
      fullName, figure: "Figure 7", summary, origin: r == 300 ? .official : .inferred,
      UniformMotion(), grid(.lin(0.7, 1.4, r), .lin(1, 4, v)), count: count,
      officialName: officialName, layout: OfficialLayout())
  }

  /// The official evaluation, grouped by what this training set has and has not seen.
  var groupedEvaluation: SceneSet {
    let (r, v) = (Grid.Values.lin(0.7, 1.4, 36), Grid.Values.lin(1, 4, 121))
    return SceneSet(
      fullName + "/eval", figure: "Figure 7",
      "uniform/hole-eval, grouped by speeds seen and left out (\(summary))", origin: .ours,
      parts: [
        SceneRecipe.Part(scenario: UniformMotion(), grid: grid(r, v), level: "seen"),
        SceneRecipe.Part(scenario: UniformMotion(), grid: rest(r, v), level: "hole"),
      ], count: 4356)
  }
}
