import Datasets
import Foundation
import Testing
import Worlds

struct SceneCatalogueTests {
  /// The counts of the official generators and evaluator, row by row.
  static let official: [(name: String, count: Int, grid: Int?)] = [
    // Training sets.
    ("uniform/train-30k", 30_000, nil), ("uniform/train-300k", 300_000, nil),
    ("uniform/train-3m", 3_000_000, nil), ("uniform/eval/id", 3000, nil),
    ("parabola/train-30k", 30_000, nil), ("parabola/train-300k", 300_000, nil),
    ("parabola/train-3m", 3_000_000, nil), ("parabola/id-4", 4, nil),
    ("collision/train-level1", 26_066, 28_224), ("collision/train-level2", 306_782, 329_476),
    ("collision/train-level3", 3_189_021, 3_407_716),
    ("collision/train-level4", 23_076_353, 24_611_521),
    ("collision/train-1.6m-v1", 1_640_961, nil), ("collision/eval-random", 5607, 5625),
    ("pairs/color-size/train-30k", 30_000, nil), ("pairs/color-size/train-300k", 300_000, nil),
    ("pairs/color-size/samples", 12, nil), ("pairs/color-velocity/train-300k", 300_000, nil),
    ("pairs/color-velocity/samples", 16, nil), ("baseline/blue-fast/train-30k", 30_000, nil),
    ("baseline/blue-fast/train-300k", 300_000, nil), ("baseline/red-slow/train-30k", 30_000, nil),
    ("pairs/size-velocity/train-150k", 150_000, nil), ("pairs/size-shape/train-30k", 30_000, nil),
    ("pairs/size-shape/train-300k", 300_000, nil), ("pairs/size-shape/samples", 16, nil),
    ("pairs/velocity-shape/train-30k", 30_000, nil),
    ("pairs/velocity-shape/train-300k", 300_000, nil), ("pairs/velocity-shape/samples", 16, nil),
    ("one-object/disc/train-30k", 30_000, nil), ("one-object/square/train-300k", 300_000, nil),
    ("one-object/square/train-3m", 3_000_000, nil), ("one-object/disc/eval", 100, nil),
    // Levels of uniform motion and parabolas.
    ("uniform/eval", 3992, nil), ("uniform/eval/level1", 64, nil),
    ("uniform/eval/level2", 128, nil),
    ("uniform/eval/level3", 128, nil), ("uniform/eval/xl-level1", 128, nil),
    ("uniform/eval/xl-level2", 160, nil), ("uniform/eval/xl-level3", 128, nil),
    ("uniform/eval/cross-low-r", 128, nil), ("uniform/eval/cross-high-r", 128, nil),
    ("parabola/eval", 1056, nil), ("parabola/eval/id", 160, nil), ("parabola/eval/level1", 32, nil),
    ("parabola/eval/level2", 64, nil), ("parabola/eval/xl-level2", 160, nil),
    ("uniform/eval-plain", 467, nil), ("uniform/eval-plain/level1", 88, nil),
    ("uniform/eval-plain/level2", 66, nil), ("uniform/eval-plain/level3", 121, nil),
    ("uniform/eval-plain/xl-level1", 48, nil), ("uniform/eval-plain/cross-low-r", 36, nil),
    // Levels of collisions.
    ("collision/eval", 1635, 2462), ("collision/eval/id", 225, 256),
    ("collision/eval/level1", 78, 81), ("collision/eval/level2", 108, 108),
    ("collision/eval/level6", 144, 144), ("collision/eval/xl-level6", 0, 256),
    ("collision/eval/cross-level6", 187, 192), ("collision/eval-plain/level1", 4224, 4224),
    ("collision/eval-plain/level3", 7744, 7744), ("collision/eval-plain/level6", 14_641, 14_641),
    ("collision/eval-plain/xl-level1", 1471, 2304), ("collision/eval-plain/xl-level6", 0, 1296),
    // Holes of uniform motion.
    ("uniform/hole-1.25-3.75", 50_400, nil), ("uniform/hole-1.5-3.5", 100_200, nil),
    ("uniform/hole-1.75-3.25", 150_000, nil), ("uniform/hole-2-3", 199_800, nil),
    ("uniform/three-bands", 75_600, nil), ("uniform/four-bands", 100_200, nil),
    ("uniform/hole-1.25-3.75-200k", 200_400, nil), ("uniform/three-bands-168k", 168_300, nil),
    ("uniform/hole-eval", 4356, nil), ("uniform/hole-eval-outside", 4392, nil),
    ("uniform/hole-eval-outside-5.8k", 5832, nil),
    // Holes of collisions.
    ("collision/hole-2-3", 1_446_480, nil), ("collision/hole-2-3/cut", 1_342_072, 1_446_480),
    ("collision/hole-1.75-3.25", 1_217_160, nil),
    ("collision/hole-1.75-3.25/cut", 1_118_924, 1_217_160),
    ("collision/hole-1.5-3.5", 899_640, nil), ("collision/hole-1.5-3.5/cut", 816_544, 899_640),
    ("collision/hole-1.25-3.75", 493_920, nil), ("collision/hole-1.25-3.75/cut", 441_052, 493_920),
    ("collision/hole-1.1-3.9", 257_985, nil), ("collision/hole-1.1-3.9/cut", 223_107, 257_985),
    ("collision/half-1.25", 306_936, nil), ("collision/half-1.25/cut", 306_882, 306_936),
    ("collision/multiple-holes", 1_183_203, nil),
    ("collision/multiple-holes/cut", 1_097_633, 1_183_203),
    ("collision/mass-hole-0.8-1.2", 1_402_817, nil),
    ("collision/mass-hole-0.8-1.2/cut", 1_300_640, 1_402_817),
    ("collision/hole-eval", 6825, nil), ("collision/hole-eval/scored", 4368, nil),
    ("collision/mass-hole-eval", 5912, 5915), ("collision/mass-hole-eval/scored", 4053, nil),
    // Pairs of attributes.
    ("pairs/color-size/eval", 1364, nil), ("pairs/color-velocity/eval", 1584, nil),
    ("pairs/size-shape/eval", 620, nil), ("pairs/velocity-shape/eval", 704, nil),
    ("pairs/color-shape/train-600k", 600_000, nil), ("pairs/color-shape/eval", 1364, nil),
  ]

  @Test(arguments: official)
  func officialCountsAreExact(name: String, count: Int, grid: Int?) throws {
    let set = try SceneCatalogue.set(named: name)
    #expect(set.count == count && (grid == nil || set.gridCount == grid), "\(name)")
  }

  /// What every set says of itself is what its grids give.
  @Test func everyCountIsThatOfTheGrids() throws {
    for set in SceneCatalogue.sets {
      #expect((set.recipe.count ?? 0) == set.count, "\(set.name)")
      guard let gridCount = set.gridCount else { continue }
      var total = 0
      for case .grid(let grid) in set.recipe.parts.map(\.parameters) {
        total += try GridPoints(grid, for: nil).count
      }
      #expect(total == gridCount, "\(set.name)")
    }
  }

  @Test func namesAreUniqueAndFollowTheScheme() throws {
    let sets = SceneCatalogue.sets
    #expect(Set(sets.map(\.name)).count == sets.count && sets.count > 150)
    for set in sets {
      #expect(
        set.name.wholeMatch(of: #/[a-z0-9.-]+(\/[a-z0-9.-]+){1,3}/#) != nil, "\(set.name)")
      #expect(!set.summary.isEmpty && set.recipe.frames == 32)
      #expect(try SceneCatalogue.set(named: set.name) == set)
      if set.count > 0 { try set.recipe.parts.forEach { _ = try set.outline(for: $0) } }
    }
  }

  /// Every scene of a small set, and the ends of a large one, lies where its set says.
  @Test func scenesAreMadeAndLieInTheirGrids() throws {
    for set in SceneCatalogue.sets where (1..<10_000_000).contains(set.count) {
      let stream = set.stream(seed: 3)
      for index in Set([0, 1, set.count / 3, set.count / 2, set.count - 1]) where index < set.count
      {
        let labelled = try stream.labelledScene(at: index)
        let boxes = set.recipe.parts.filter { $0.level == labelled.level }
          .compactMap(\.parameters.grid)
        #expect(boxes.contains { $0.leaves(labelled.parameters) }, "\(set.name) \(index)")
        #expect(labelled.index == index)
        try labelled.scene.validate()
      }
      #expect(throws: RecipeError.index(set.count, count: set.count)) {
        try stream.labelledScene(at: set.count)
      }
    }
  }

  @Test func levelsGroupTheEvaluations() throws {
    let uniform = try SceneCatalogue.set(named: "uniform/eval")
    #expect(Set(uniform.levels) == Set(EvaluationLevel.allCases.map(\.rawValue)))
    let stream = uniform.stream(seed: 1)
    for index in stride(from: 0, to: 3992, by: 37) {
      let labelled = try stream.labelledScene(at: index)
      let level = try #require(labelled.level.flatMap(EvaluationLevel.init))
      #expect(level.region.contains(labelled.parameters))
      #expect(stream.level(at: index) == level.rawValue)
    }
    let hole = try SceneCatalogue.set(named: "uniform/hole-1.5-3.5/eval").stream(seed: 1)
    for index in stride(from: 0, to: 4356, by: 11) {
      let labelled = try hole.labelledScene(at: index)
      let isHole = (1.5...3.5).contains(labelled.parameters["v"] ?? 0)
      #expect(labelled.level == (isHole ? "hole" : "seen"))
    }
    #expect(
      try SceneCatalogue.set(named: "collision/multiple-holes/eval").levels
        == ["seen", "hole", "outside"])
  }

  /// Slow objects of a start-matched set start where trained ones do.
  @Test func matchedStartsAreThoseOfTraining() throws {
    func farthest(_ name: String) throws -> Double {
      let set = try SceneCatalogue.set(named: name)
      let stream = set.stream(seed: 1)
      return try (0..<set.count).map { index in
        let body = try stream.scene(at: index).bodies[0]
        return body.position.x + body.radius
      }.max() ?? 0
    }
    // A body of the slowest trained speed, 1, keeps 2.4 units for its way.
    #expect(try farthest("uniform/eval-start-matched/level2") <= 7.6)
    #expect(try farthest("parabola/eval-start-matched/level2") <= 7.6)
    #expect(try farthest("uniform/eval/level2") > 9)
  }

  /// Slow balls of a start-matched collision start as far apart as trained ones; without, closer.
  @Test func matchedCollisionsHaveTheDistancesOfTraining() throws {
    func nearest(_ name: String) throws -> Double {
      let set = try SceneCatalogue.set(named: name)
      let stream = set.stream(seed: 1)
      return try (0..<set.count).map { index in
        let (left, right) = (
          try stream.scene(at: index).bodies[0], try stream.scene(at: index).bodies[1]
        )
        return right.position.x - left.position.x - left.radius - right.radius
      }.min() ?? 0
    }
    // Balls of the slowest trained speed, 1, start 8 frames before they meet at the latest.
    for level in ["level2", "level4", "level5", "level6"] {
      #expect(try nearest("collision/eval-start-matched/\(level)") >= 1.6 - 1e-9)
    }
    #expect(try nearest("collision/eval/level4") < 0.1)
  }

  @Test func unknownNamesSuggestNearOnes() {
    #expect("near names") {
      try SceneCatalogue.set(named: "uniform/train-30K")
    } throws: { error in
      guard case CatalogueError.unknownSet("uniform/train-30K", let near) = error else {
        return false
      }
      return near.first == "uniform/train-30k" && near.count == 3
        && "\(error)".contains("'uniform/train-30k'")
    }
    #expect("names below a path") {
      try SceneCatalogue.set(named: "figure-14/spatial")
    } throws: { error in
      guard case CatalogueError.unknownSet(_, let near) = error else { return false }
      return near.allSatisfy { $0.hasPrefix("figure-14/spatial/") }
    }
    #expect(throws: CatalogueError.self) { try SceneCatalogue.set(named: "") }
    #expect(throws: CatalogueError.self) {
      try SceneCatalogue.set(named: String(repeating: "x", count: 100_000))
    }
  }

  @Test func jsonComesBack() throws {
    for name in ["uniform/eval", "collision/hole-2-3/cut", "figure-14/temporal/test"] {
      let set = try SceneCatalogue.set(named: name)
      let data = try JSONEncoder().encode(set)
      #expect(try JSONDecoder().decode(SceneSet.self, from: data) == set)
    }
  }
}

extension SceneSet {
  fileprivate func outline(for part: SceneRecipe.Part) throws -> SetOutline {
    try outline(x: plane.x, y: plane.y)
  }
}

extension Grid {
  /// Whether a point is outside the holes and in a box to keep.
  fileprivate func leaves(_ point: [String: Double]) -> Bool {
    func isIn(_ box: [String: ClosedRange<Double>]) -> Bool {
      box.allSatisfy { name, range in point[name].map(range.contains) ?? false }
    }
    return Set(parameterNames) == Set(point.keys) && !holes.contains(where: isIn)
      && keeping.map { $0.contains(where: isIn) } ?? true
  }
}
