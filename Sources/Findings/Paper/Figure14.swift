/// Two events that are trained apart and asked together (Figure 14, section 4.4).
public struct Figure14: Experiment {
  /// `figure-14-spatial` or `figure-14-temporal`.
  public let name: String
  /// What it is about.
  public let title: String
  /// The paper's words.
  public let paper: String
  /// How it is asked.
  public let method: String
  /// The arm.
  private let arm, armTitle: String
  /// The levels of the probe's scenes, with their names.
  private let levels: [(level: String, name: String)]
  /// The two bodies in the scenes' order.
  private let bodies: [String]
  /// A body this far from its true place on average is not followed, world units.
  private static let followed = 0.3

  /// Side by side.
  public static let spatial = Figure14(
    name: "figure-14-spatial", title: "Spatial composition: two events at once",
    paper: """
      Trained on a moving square beside a resting ball, and on a bouncing ball beside a resting square, the model shows \
      both at once when both are given.
      """,
    method: """
      One model on both kinds of events; it continues those, and scenes in which the square moves while the ball \
      bounces.
      """,
    arm: "spatial", armTitle: "square and ball",
    levels: [
      ("seen_square_moves", "square moves"), ("seen_ball_bounces", "ball bounces"),
      ("unseen_both", "both (unseen)"),
    ], bodies: ["square", "ball"])

  /// One after the other.
  public static let temporal = Figure14(
    name: "figure-14-temporal", title: "Temporal composition: one event after the other",
    paper: """
      Trained on balls that collide away from the wall, and on a ball that bounces off the wall, the model lets two \
      balls collide near the wall and then the blue one bounce.
      """,
    method: """
      One model on both kinds of events; it continues those, and scenes in which the collision is followed by the \
      bounce.
      """,
    arm: "temporal", armTitle: "collision and bounce",
    levels: [
      ("seen_collision", "collision"), ("seen_bounce", "bounce"),
      ("unseen_both", "both (unseen)"),
    ], bodies: ["red ball", "blue ball"])

  /// One.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    let sets = "figure-14/\(arm)"
    return [
      Arm(
        arm, armTitle, set: "\(sets)/train-30k", largeSet: "\(sets)/train-300k", bodies: .many,
        probes: [Probe("events", "each event and both", set: "\(sets)/eval", share: 2)])
    ]
  }

  private func track(_ isSeen: Bool) -> Claim.Cell {
    Claim.Cell(arm, "events") { scene in
      guard scene.score.level?.hasPrefix("seen") ?? false == isSeen else { return nil }
      return scene.number("track_error")
    }
  }

  private func wrong(_ isSeen: Bool) -> Claim.Cell {
    Claim.Cell(arm, "events") { scene in
      guard scene.score.level?.hasPrefix("seen") ?? false == isSeen else { return nil }
      return scene.verdict.map { $0 == .wrong ? 1 : 0 }
    }
  }

  /// That the combination is not much worse than its parts.
  public var claims: [Claim] {
    [
      Claim(
        "combines", "Both events together are followed less than twice as badly as each alone.",
        effect: "mean distance of bodies from their true places: both over each alone", .below(2),
        cells: [track(false), track(true)]
      ) { $0[0] / $0[1] },
      Claim(
        "stays-lawful",
        "Both together are judged wrong at most ten points more often than each alone.",
        effect: "share judged wrong: both less each alone", .below(0.1),
        cells: [wrong(false), wrong(true)]
      ) { $0[0] - $0[1] },
    ]
  }

  /// Distances and broken laws by event.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    let scenes = evidence.scenes(arm: arm, probe: "events")
    func series(_ name: String, _ color: Int, _ value: (SceneEvidence) -> Double?) -> MeanSeries {
      MeanSeries(
        name: name, color: color, style: .bars,
        places: levels.enumerated().map { place, level in
          (Double(place), scenes.filter { $0.score.level == level.level }.compactMap(value))
        })
    }
    let x = ChartContent.Axis("Event", names: levels.map(\.name))
    return [
      Charts.means(
        "distance", "How far bodies are from where they should be",
        "\(scenes.count) videos, means with intervals.", x: x,
        y: .init("Mean distance (world units)"),
        series: [series("model", 1) { $0.number("track_error") }]),
      Charts.means(
        "wrong", "How often a law is broken", "\(scenes.count) videos, judged automatically.", x: x,
        y: .init("Share judged wrong"),
        series: [series("model", 2) { $0.verdict.map { $0 == .wrong ? 1 : 0 } }]),
    ]
  }

  /// Which of two bodies is followed, event by event: a model that replays shows one event and forgets the other.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    let scenes = evidence.scenes(arm: arm, probe: "events").filter { $0.bodies.count == 2 }
    let rows = levels.compactMap { level, name -> [String]? in
      let own = scenes.filter { $0.score.level == level }
      guard !own.isEmpty else { return nil }
      func count(_ first: Bool, _ second: Bool) -> String {
        "\(own.count { Self.follows($0, 0) == first && Self.follows($0, 1) == second })"
      }
      return [
        name, "\(own.count)", count(true, true), count(true, false), count(false, true),
        count(false, false),
      ]
    }
    return [
      FindingTable(
        name: "followed",
        title: "Which body is followed: less than \(Self.followed) units from its place on average",
        columns: [
          "event", "videos", "both", "\(bodies[0]) alone", "\(bodies[1]) alone", "neither",
        ], rows: rows)
    ]
  }

  private static func follows(_ scene: SceneEvidence, _ body: Int) -> Bool {
    scene.number("track_error.body_\(body)").map { $0 < followed } ?? false
  }
}
