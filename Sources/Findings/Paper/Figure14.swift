/// Two events side by side (Figure 14 left, section 4.4).
public struct Figure14Spatial: Experiment {
  /// `figure-14-spatial`.
  public let name = "figure-14-spatial"
  /// What it is about.
  public let title = "Spatial composition: two events at once"
  /// The paper's words.
  public let paper = """
    Trained on a moving square beside a resting ball, and on a bouncing ball beside a resting square, the model shows \
    both at once when both are given.
    """
  /// How it is asked.
  public let method = """
    One model on both kinds of events; it continues those, and scenes in which the square moves while the ball bounces.
    """

  private static let composition = Composition(
    arm: "spatial", title: "square and ball", train: "figure-14/spatial/train-30k",
    largeTrain: "figure-14/spatial/train-300k", test: "figure-14/spatial/eval")

  /// One.
  public func arms(at scale: ExperimentScale) -> [Arm] { [Self.composition.value] }
  /// That the combination is not much worse than its parts.
  public var claims: [Claim] { Self.composition.claims }
  /// Errors by event.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.composition.figures(
      evidence,
      levels: [
        ("seen_square_moves", "square moves"), ("seen_ball_bounces", "ball bounces"),
        ("unseen_both", "both (unseen)"),
      ])
  }
}

/// Two events in turn (Figure 14 right, section 4.4).
public struct Figure14Temporal: Experiment {
  /// `figure-14-temporal`.
  public let name = "figure-14-temporal"
  /// What it is about.
  public let title = "Temporal composition: one event after the other"
  /// The paper's words.
  public let paper = """
    Trained on balls that collide away from the wall, and on a ball that bounces off the wall, the model lets two balls \
    collide near the wall and then the blue one bounce.
    """
  /// How it is asked.
  public let method = """
    One model on both kinds of events; it continues those, and scenes in which the collision is followed by the bounce.
    """

  private static let composition = Composition(
    arm: "temporal", title: "collision and bounce", train: "figure-14/temporal/train-30k",
    largeTrain: "figure-14/temporal/train-300k", test: "figure-14/temporal/eval")

  /// One.
  public func arms(at scale: ExperimentScale) -> [Arm] { [Self.composition.value] }
  /// That the combination is not much worse than its parts.
  public var claims: [Claim] { Self.composition.claims }
  /// Errors by event.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.composition.figures(
      evidence,
      levels: [
        ("seen_collision", "collision"), ("seen_bounce", "bounce"),
        ("unseen_both", "both (unseen)"),
      ])
  }
}

/// Events that are trained apart and asked together.
private struct Composition {
  let arm, title, train, largeTrain, test: String

  var value: Arm {
    Arm(
      arm, title, set: train, largeSet: largeTrain, bodies: .many,
      probes: [Probe("events", "each event and both", set: test, share: 2)])
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

  var claims: [Claim] {
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

  func figures(
    _ evidence: Evidence, levels: [(level: String, name: String)]
  ) -> [FigureContent] {
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
}
