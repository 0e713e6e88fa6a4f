import Worlds

/// The levels of the collision evaluation: with `--data_for_vis`, which the paper uses, and without,
/// which has more scenes. Infeasible scenes are listed by the script but not stored.
enum CollisionEvaluation {
  /// Which list a parameter takes its values from.
  private enum Range {
    case id, low, high

    /// The radii of the lists; the crossed levels of the larger run have shorter lists.
    func radii(plain: Bool, crossed: Bool) -> Grid.Values {
      switch self {
      case .id: .lin(0.5, 1.5, plain ? 6 : 3)
      case .low: .lin(0.3, 0.4, plain ? (crossed ? 6 : 11) : 3)
      case .high: .lin(1.7, 2, plain ? 6 : 4)
      }
    }

    /// The speeds of the lists.
    func speeds(plain: Bool, crossed: Bool) -> Grid.Values {
      switch self {
      case .id: plain ? .every(2, of: .lin(1, 4, 16)) : .lin(1, 4, 3)
      case .low: .lin(0, 0.8, plain ? (crossed ? 6 : 11) : 4)
      case .high: .lin(4.5, 6, plain ? 6 : 4)
      }
    }
  }

  /// A level: the lists of `r1`, `r2`, `v1` and `v2`, and the scenes kept and listed by both runs.
  private struct Level {
    let name: String
    let label: String
    let summary: String
    let lists: [Range]
    let kept: Int
    let listed: Int
    let plainKept: Int
    let plainListed: Int
    let officialName: String?

    init(
      _ name: String, _ label: String, _ summary: String, _ lists: [Range], _ kept: Int,
      of listed: Int, plain plainKept: Int, of plainListed: Int, officialName: String? = nil
    ) {
      self.name = name
      self.label = label
      self.summary = summary
      self.lists = lists
      self.kept = kept
      self.listed = listed
      self.plainKept = plainKept
      self.plainListed = plainListed
      self.officialName = officialName
    }

    /// The scenes of the level, with official starts or those of a `law`.
    func part(plain: Bool, law: Collision = Collision()) -> SceneRecipe.Part {
      let crossed = lists.contains(.low) && lists.contains(.high)
      let (r1, r2) = (lists[0], lists[1])
      let (v1, v2) = (lists[2], lists[3])
      return SceneRecipe.Part(
        scenario: law,
        grid: .balls(
          r1.radii(plain: plain, crossed: crossed), r2.radii(plain: plain, crossed: crossed),
          v1.speeds(plain: plain, crossed: crossed), v2.speeds(plain: plain, crossed: crossed)),
        level: label)
    }
  }

  private static let levels: [Level] = [
    Level(
      "level1", "r1_low", "left ball smaller than in training", [.low, .id, .id, .id],
      78, of: 81, plain: 4224, of: 4224, officialName: "level1_r1"),
    Level(
      "level2", "v1_low", "left ball slower", [.id, .id, .low, .id],
      108, of: 108, plain: 3168, of: 3168, officialName: "level2_v1"),
    Level(
      "level3", "r_low", "both balls smaller", [.low, .low, .id, .id],
      81, of: 81, plain: 7744, of: 7744, officialName: "level3_r1_r2"),
    Level(
      "level4", "v_low", "both balls slower", [.id, .id, .low, .low],
      144, of: 144, plain: 4356, of: 4356, officialName: "level4_v1_v2"),
    Level(
      "level5", "r1_v1_low", "left ball smaller and slower", [.low, .id, .low, .id],
      108, of: 108, plain: 5808, of: 5808, officialName: "level5_r1_v1"),
    Level(
      "level6", "rv_low", "both balls smaller and slower", [.low, .low, .low, .low],
      144, of: 144, plain: 14_641, of: 14_641, officialName: "level6_r1_r2_v1_v2"),
    Level(
      "xl-level1", "r1_high", "left ball larger than in training", [.high, .id, .id, .id],
      64, of: 108, plain: 1471, of: 2304, officialName: "xl_level1_r1"),
    Level(
      "xl-level2", "v1_high", "left ball faster", [.id, .id, .high, .id],
      52, of: 108, plain: 807, of: 1728, officialName: "xl_level2_v1"),
    Level(
      "xl-level3", "r_high", "both balls larger", [.high, .high, .id, .id],
      22, of: 144, plain: 327, of: 2304, officialName: "xl_level3_r1_r2"),
    Level(
      "xl-level4", "v_high", "both balls faster", [.id, .id, .high, .high],
      6, of: 144, plain: 17, of: 1296, officialName: "xl_level4_v1_v2"),
    Level(
      "xl-level5", "r1_v1_high", "left ball larger and faster", [.high, .id, .high, .id],
      12, of: 144, plain: 88, of: 1728, officialName: "xl_level5_r1_v1"),
    Level(
      "xl-level6", "rv_high", "both balls larger and faster: no such scene is feasible",
      [.high, .high, .high, .high], 0, of: 256, plain: 0, of: 1296,
      officialName: "xl_level6_r1_r2_v1_v2"),
    Level(
      "cross-level3", "cross_r", "left ball smaller, right ball larger", [.low, .high, .id, .id],
      94, of: 108, plain: 2184, of: 2304, officialName: "cross_level3_r1_r2"),
    Level(
      "cross-level4", "cross_v", "left ball slower, right ball faster", [.id, .id, .low, .high],
      123, of: 144, plain: 1180, of: 1296, officialName: "cross_level4_v1_v2"),
    Level(
      "cross-level6", "cross_rv", "left ball smaller and slower, right ball larger and faster",
      [.low, .high, .low, .high], 187, of: 192, plain: 1283, of: 1296,
      officialName: "cross_level6_r1_r2_v1_v2"),
    Level(
      "cross-level6-swapped", "cross_rv_swapped",
      "left ball larger and slower, right ball smaller and faster", [.high, .low, .low, .high],
      187, of: 192, plain: 1282, of: 1296, officialName: "cross_level6_r2_r1_v1_v2"),
  ]

  private static let id = SceneRecipe.Part(
    scenario: Collision(), grid: CollisionSets.training(r: 4, v: 4), level: "id")

  /// Levels of slow balls, and how many of their scenes have starts that training has. Two balls
  /// that never meet in time from such a start are left out.
  private static let matchedCounts = ["level2": 106, "level4": 76, "level5": 101, "level6": 90]
  private static let matched = Collision(startSpeed: EvaluationLevel.speed)

  /// The evaluation once more with the starts of training. Fast balls start no farther apart than
  /// trained ones do, so that only slow ones differ from the official sets.
  private static let startMatched: [SceneSet] =
    [
      SceneSet(
        "collision/eval-start-matched",
        "as collision/eval, but slow balls start as far from each other as trained ones do",
        origin: .ours,
        parts: [id]
          + levels.map { level in
            matchedCounts[level.name] == nil
              ? level.part(plain: false) : level.part(plain: false, law: matched)
          }, count: 1504, gridCount: 2462)
    ]
    + levels.compactMap { level in
      matchedCounts[level.name].map { count in
        SceneSet(
          "collision/eval-start-matched/\(level.name)",
          level.summary + "; starts drawn as for a trained speed", origin: .ours,
          parts: [level.part(plain: false, law: matched)], count: count, gridCount: level.listed)
      }
    }

  static let sets: [SceneSet] =
    [
      SceneSet(
        "collision/eval", figure: "Figure 3", "in distribution and every level out of it",
        parts: [id] + levels.map { $0.part(plain: false) }, count: 1635, gridCount: 2462,
        layout: OfficialLayout()),
      SceneSet(
        "collision/eval/id", figure: "Figure 3", "in distribution", parts: [id], count: 225,
        gridCount: 256, layout: OfficialLayout()),
    ]
    + levels.map { level in
      SceneSet(
        "collision/eval/\(level.name)", figure: "Figure 3", level.summary,
        parts: [level.part(plain: false)], count: level.kept, gridCount: level.listed,
        officialName: level.officialName)
    }
    + ["level", "xl-level", "cross-level"].flatMap { family in
      let levels = levels.filter { $0.name.hasPrefix(family) }
      return levels.indices.map { index in
        // The script shuffles the lists of a family one after the other and stores each by itself.
        let level = levels[index]
        return SceneSet(
          "collision/eval-plain/\(level.name)", level.summary, parts: [level.part(plain: true)],
          count: level.plainKept, gridCount: level.plainListed, officialName: level.officialName,
          layout: OfficialLayout(shufflesBefore: levels[..<index].map(\.plainListed)))
      }
    } + startMatched
}
