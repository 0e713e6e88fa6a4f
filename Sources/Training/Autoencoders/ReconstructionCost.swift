import Datasets
import Measures
import Models
import Videos
import Worlds

/// What an autoencoder costs on the released evaluators' ruler: the velocity error of reconstructed truth over
/// that of the truth itself.
///
/// Laws, levels, shapes and colours are measured group by group, because the mean over all would hide that
/// small squares, say, are moved. A model of latents cannot do better than this.
public struct ReconstructionCost: Codable, Hashable, Sendable {
  /// Scenes of one kind.
  public struct Group: Codable, Hashable, Sendable {
    /// The law, the level, and shape and colour of the bodies, such as `uniform_motion id square blue`.
    public var name: String
    /// The measure, such as `velocity_error.official`.
    public var measure: String
    /// Videos on which the truth has that measure.
    public var videos: Int
    /// Mean of the truth, world units per second.
    public var floor: Double
    /// Mean of its reconstruction.
    public var reconstruction: Double
    /// Where the cost lies with 95 % confidence: scenes drawn anew with replacement, each with both its errors
    /// (paired bootstrap). Nil where only one video has the measure.
    public var interval: ClosedRange<Double>?

    /// What the autoencoder adds.
    public var cost: Double { reconstruction - floor }
  }

  /// Every kind of scene and every official velocity error it has; unbiased ones, and distances from the true
  /// tracks, where there is no official one.
  public var groups: [Group]

  /// The dearest group.
  public var worst: Group? { groups.max { $0.cost < $1.cost } }

  /// The mean cost of all groups.
  public var mean: Double {
    groups.reduce(0) { $0 + $1.cost } / Double(max(groups.count, 1))
  }

  /// The mean cost of the dearest law.
  public var dearestLaw: Double { laws.map(\.cost).max() ?? 0 }

  /// The mean cost of every law, by the first word of its groups' names.
  public var laws: [(law: String, cost: Double)] {
    let byLaw = Dictionary(grouping: groups) { $0.name.split(separator: " ").first ?? "" }
    return byLaw.sorted { $0.key < $1.key }.map { law, groups in
      (String(law), groups.reduce(0) { $0 + $1.cost } / Double(groups.count))
    }
  }

  /// The kinds of scenes that are measured.
  public static var kinds: [(name: String, recipe: SceneRecipe)] {
    let plain: [(Shape, BodyColor)] = [(.disc, .red)]
    let others: [(Shape, BodyColor)] = [
      (.disc, .blue), (.square, .red), (.square, .blue), (.ring, .red), (.ring, .blue),
    ]
    var kinds: [(String, SceneRecipe)] = []
    for level in EvaluationLevel.allCases {
      let looks = [.idLevel, .rvLow, .rvHigh].contains(level) ? plain + others : plain
      for (shape, color) in looks {
        kinds.append(
          (
            "uniform_motion \(level.rawValue) \(shape.rawValue) \(color.rawValue)",
            SceneRecipe(
              scenario: UniformMotion(shape: shape, color: color), region: level.region)
          ))
        if level == .idLevel || shape == .disc, color == .red {
          kinds.append(
            (
              "parabola \(level.rawValue) \(shape.rawValue) \(color.rawValue)",
              SceneRecipe(
                scenario: Parabola(shape: shape, color: color), region: level.region)
            ))
        }
      }
    }
    let ranges: [(String, ClosedRange<Double>, ClosedRange<Double>)] = [
      ("id", 0.5...1.5, 1...4), ("r_low", 0.3...0.4, 1...4), ("v_low", 0.5...1.5, 0...0.8),
      ("r_high", 1.7...2, 1...1.6), ("v_high", 0.5...0.9, 4.5...4.8),
    ]
    for (level, radius, speed) in ranges {
      kinds.append(
        (
          "collision \(level)",
          SceneRecipe(
            scenario: Collision(),
            region: Region(boxes: [["r1": radius, "r2": radius, "v1": speed, "v2": speed]]))
        ))
    }
    return kinds
  }

  /// Scenes with walls, blocks and gaps, which the released evaluators have no say on; measured like the others,
  /// but without the released ruler's numbers.
  public static var walledKinds: [(name: String, recipe: SceneRecipe)] {
    let (still, pixels) = (0.0...0.0, -16.0...16.0)
    let levels: [(String, ClosedRange<Double>, ClosedRange<Double>)] = [
      ("id", 0.7...1.4, 1.2...4), ("r_low", 0.3...0.6, 1.2...4), ("r_high", 1.5...2, 1.2...4),
      ("v_high", 0.7...1.4, 4.5...6),
    ]
    return levels.flatMap { level, r, v in
      var kinds: [(any Scenario, [String: ClosedRange<Double>])] = [
        (WallBounce(), ["r": r, "v": v]),
        (SquareAndBall(event: .squareMoves), ["rs": r, "vs": v, "rb": r, "vb": still]),
        (SquareAndBall(event: .both), ["rs": r, "vs": v, "rb": r, "vb": v]),
      ]
      if level != "r_high", level != "v_high" {
        // Larger or faster balls have no room for both impacts.
        kinds.append(
          (CollisionThenBounce(event: .both), ["r1": r, "r2": r, "v1": v, "v2": v]))
      }
      if level != "v_high" {
        // Nothing but gravity moves these.
        kinds += [(Gap(), ["r": r, "excess": pixels]), (BlockEdge(), ["r": r, "offset": pixels])]
      }
      return kinds.map { law, box in
        let scenario = AnyScenario(law)
        let recipe = SceneRecipe(scenario: law, region: Region(boxes: [box]))
        let event = (law as? SquareAndBall)?.event.rawValue
        return ([scenario.name, level, event].compactMap { $0 }.joined(separator: " "), recipe)
      }
    }
  }

  /// Measures a codec on `videos` scenes of every kind.
  ///
  /// - Parameter progress: called with what is done and how much there is, kind by kind.
  /// - Throws: what simulation, rendering and the codec throw.
  public static func measure(
    _ codec: any LatentCodec, videos: Int = 16, seed: UInt64 = 0,
    kinds: [(name: String, recipe: SceneRecipe)] = ReconstructionCost.kinds,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> ReconstructionCost {
    var groups: [Group] = []
    for (number, kind) in kinds.enumerated() {
      let stream = SceneStream(recipe: kind.recipe, seed: seed)
      let truths = try (0..<videos).map {
        try LabelledVideo(stream, index: $0, size: codec.resolution)
      }
      groups += try Self.groups(kind.name, truths, codec)
      progress(number + 1, kinds.count)
    }
    return ReconstructionCost(groups: groups)
  }

  private static func groups(
    _ name: String, _ truths: [LabelledVideo], _ codec: any LatentCodec
  ) throws -> [Group] {
    let scorer = SceneScorer()
    var pairs: [String: [(Double, Double)]] = [:]
    for truth in truths {
      let drawn = try Reconstruction(codec)
        .continuation(of: [truth.video], frames: truth.video.frames)
      let (floor, reached) = try (
        errors(truth, truth.video, scorer), errors(truth, drawn[0], scorer)
      )
      for (measure, value) in floor where value.isFinite {
        // What the reconstruction has lost counts as standing still.
        let other = reached[measure].flatMap { $0.isFinite ? $0 : nil }
        pairs[measure, default: []].append((value, other ?? value + Scene.extent))
      }
    }
    return pairs.sorted { $0.key < $1.key }.map { measure, values in
      let count = Double(values.count)
      return Group(
        name: name, measure: measure, videos: values.count,
        floor: values.reduce(0) { $0 + $1.0 } / count,
        reconstruction: values.reduce(0) { $0 + $1.1 } / count,
        interval: interval(values))
    }
  }

  private static func interval(_ values: [(Double, Double)]) -> ClosedRange<Double>? {
    guard values.count > 1 else { return nil }
    let mean = Bootstrap().mean(values.map { $0.1 - $0.0 })
    return mean.low...mean.high
  }

  private static func errors(
    _ truth: LabelledVideo, _ video: Video, _ scorer: SceneScorer
  ) throws -> [String: Double] {
    let all = try scorer.score(
      video, scene: truth.scene, truth: truth.trajectory, scenario: truth.scenario, id: "",
      index: truth.index
    ).measures
    let official = all.filter {
      $0.key.hasPrefix("velocity_error") && $0.key.hasSuffix(".official")
    }
    guard official.isEmpty else { return official }
    // Where the released evaluators have no say: moving bodies together, and where walls and blocks stand.
    let own =
      ["velocity_error.unbiased", "track_error"]
      + truth.scene.bodies.indices.filter { truth.scene.bodies[$0].mobility == .fixed }
      .map { "track_error.body_\($0)" }
    return all.filter { own.contains($0.key) }
  }
}
