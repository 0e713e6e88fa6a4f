import Worlds

/// A level of the one-ball evaluations: part of the grid of radii and speeds.
struct OneBallLevel {
  let name: String
  let label: EvaluationLevel
  let officialName: String
  let r: Grid.Values
  let v: Grid.Values
  let count: Int

  /// Whether the speeds are outside the training range, so that starts differ from training's.
  var hasOtherSpeeds: Bool { label != .idLevel && label != .rLow && label != .rHigh }

  var grid: Grid { .ball(r: r, v: v) }

  private init(
    _ name: String, _ label: EvaluationLevel, _ officialName: String, r: Grid.Values,
    v: Grid.Values, _ count: Int
  ) {
    self.name = name
    self.label = label
    self.officialName = officialName
    self.r = r
    self.v = v
    self.count = count
  }

  /// The evaluation of uniform motion (`--data_for_vis`) behind its ID grid.
  static let uniform: [OneBallLevel] = [
    .init("level1", .rLow, "level1_r1", r: .lin(0.3, 0.6, 8), v: .lin(1, 4, 8), 64),
    .init("level2", .vLow, "level2_v1", r: .lin(0.7, 1.4, 8), v: .lin(0, 0.8, 16), 128),
    .init("level3", .rvLow, "level3_r1_r2", r: .lin(0.3, 0.6, 8), v: .lin(0, 0.8, 16), 128),
    .init("xl-level1", .rHigh, "xl_level1_r1", r: .lin(1.5, 2, 8), v: .lin(1, 4, 16), 128),
    .init("xl-level2", .vHigh, "xl_level2_v1", r: .lin(0.7, 1.4, 10), v: .lin(4.5, 6, 16), 160),
    .init("xl-level3", .rvHigh, "xl_level3_r1_r2", r: .lin(1.5, 2, 8), v: .lin(4.5, 6, 16), 128),
    .init(
      "cross-low-r", .cross, "cross_level6_r1_r2_v1_v2", r: .lin(0.3, 0.6, 8),
      v: .lin(4.5, 6, 16), 128),
    .init(
      "cross-high-r", .cross, "cross_level6_r2_r1_v1_v2", r: .lin(1.5, 2, 8),
      v: .lin(0, 0.8, 16), 128),
  ]

  /// The evaluation of parabolas: other numbers of trained radii and speeds at the first two levels.
  static let parabola: [OneBallLevel] =
    [
      .init("level1", .rLow, "level1_r1", r: .lin(0.3, 0.6, 8), v: .lin(1, 4, 4), 32),
      .init("level2", .vLow, "level2_v1", r: .lin(0.7, 1.4, 4), v: .lin(0, 0.8, 16), 64),
    ] + uniform.dropFirst(2)

  /// The levels of both scripts without `--data_for_vis`. Their command line does not reach them.
  static let plain: [OneBallLevel] = {
    let v = Grid.Values.every(2, of: .lin(1, 4, 16))
    let r = Grid.Values.lin(0.7, 1.4, 6)
    return [
      .init("level1", .rLow, "level1_r1", r: .lin(0.3, 0.6, 11), v: v, 88),
      .init("level2", .vLow, "level2_v1", r: r, v: .lin(0, 0.8, 11), 66),
      .init("level3", .rvLow, "level3_r1_r2", r: .lin(0.3, 0.6, 11), v: .lin(0, 0.8, 11), 121),
      .init("xl-level1", .rHigh, "xl_level1_r1", r: .lin(1.5, 2, 6), v: v, 48),
      .init("xl-level2", .vHigh, "xl_level2_v1", r: r, v: .lin(4.5, 6, 6), 36),
      .init("xl-level3", .rvHigh, "xl_level3_r1_r2", r: .lin(1.5, 2, 6), v: .lin(4.5, 6, 6), 36),
      .init(
        "cross-low-r", .cross, "cross_level6_r1_r2_v1_v2", r: .lin(0.3, 0.6, 6),
        v: .lin(4.5, 6, 6), 36),
      .init(
        "cross-high-r", .cross, "cross_level6_r2_r1_v1_v2", r: .lin(1.5, 2, 6),
        v: .lin(0, 0.8, 6), 36),
    ]
  }()
}

/// The sets that one-ball laws have in common: the evaluation, its levels, and both once more with
/// starts like those of training.
enum OneBallEvaluation {
  /// Sets of a law given twice: as the official script has it and with starts matched to training.
  static func sets<Law: Scenario>(
    _ law: String, official: Law, matched: Law, idGrid: Grid, idCount: Int, levels: [OneBallLevel]
  ) -> [SceneSet] {
    let id = SceneRecipe.Part(
      scenario: official, grid: idGrid, level: EvaluationLevel.idLevel.rawValue)
    let total = idCount + levels.reduce(0) { $0 + $1.count }
    let plainTotal = OneBallLevel.plain.reduce(0) { $0 + $1.count }
    let speeds = levels.filter(\.hasOtherSpeeds)
    return [
      SceneSet(
        "\(law)/eval", figure: "Figure 3", "in distribution and every level out of it",
        parts: [id] + levels.map { part($0, official) }, count: total, layout: OfficialLayout()),
      SceneSet(
        "\(law)/eval/id", figure: "Figure 3", "in distribution", parts: [id], count: idCount,
        layout: OfficialLayout()),
    ]
      + levels.map { level in
        SceneSet(
          "\(law)/eval/\(level.name)", figure: "Figure 3", text(level),
          parts: [part(level, official)], count: level.count, officialName: level.officialName)
      } + [
        SceneSet(
          "\(law)/eval-start-matched",
          "as \(law)/eval, but objects of other speeds start where trained ones do", origin: .ours,
          parts: [id] + levels.map { part($0, $0.hasOtherSpeeds ? matched : official) },
          count: total)
      ]
      + speeds.map { level in
        SceneSet(
          "\(law)/eval-start-matched/\(level.name)",
          text(level) + "; starts drawn as for a trained speed", origin: .ours,
          parts: [part(level, matched)], count: level.count, officialName: nil)
      } + [
        SceneSet(
          "\(law)/eval-plain", "every level of the script without --data_for_vis",
          parts: OneBallLevel.plain.map { part($0, official) }, count: plainTotal)
      ]
      + OneBallLevel.plain.map { level in
        SceneSet(
          "\(law)/eval-plain/\(level.name)", text(level), parts: [part(level, official)],
          count: level.count, officialName: level.officialName)
      }
  }

  private static func part(_ level: OneBallLevel, _ scenario: some Scenario) -> SceneRecipe.Part {
    SceneRecipe.Part(scenario: scenario, grid: level.grid, level: level.label.rawValue)
  }

  private static func text(_ level: OneBallLevel) -> String {
    switch level.label {
    case .idLevel: "in distribution"
    case .rLow: "smaller than in training"
    case .rHigh: "larger than in training"
    case .vLow: "slower than in training"
    case .vHigh: "faster than in training"
    case .rvLow: "smaller and slower than in training"
    case .rvHigh: "larger and faster than in training"
    case .cross: level.name == "cross-low-r" ? "smaller and faster" : "larger and slower"
    }
  }
}
