import Measures

/// Fast balls one way and both ways, then slow ones (Figure 9, section 4.2).
public struct Figure9: Experiment {
  /// `figure-9`.
  public let name = "figure-9"
  /// What it is about.
  public let title = "Memorisation: slow balls speed up, or turn round"
  /// The paper's words.
  public let paper = """
    Trained on balls of 2.5 to 4 that move right, a model shows slow balls too fast. Trained with horizontal flips as \
    well, it sometimes lets a slow ball turn round after the given frames: the nearest training case moves left.
    """
  /// How it is asked.
  public let method = """
    One model on fast balls that move right, one on the same with half of the videos mirrored. Both continue slow balls \
    (1 to 2.5) that move right, from official starts and from starts that fast balls have, and fast ones to compare.
    """

  private static let probes = [
    Probe("official", "official starts", set: "figure-9/eval", share: 2),
    Probe(
      "matched", "starts as in training", set: "figure-9/eval-start-matched", side: .outside,
      share: 1.5),
  ]

  /// One way, and with flips.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    let set = "figure-9/one-way/train-30k"
    let large = "figure-9/one-way/train-300k"
    let oneWay = Arm("one-way", "one way", set: set, largeSet: large, probes: Self.probes)
    var flips = oneWay
    flips.name = "flips"
    flips.title = "with flips"
    flips.flips = true
    return [oneWay, flips]
  }

  /// The way of the generated ball along its true direction; nil where it is lost.
  private static func speed(_ scene: SceneEvidence) -> (generated: Double, given: Double)? {
    guard scene.isKept, let generated = scene.number("generated_speed.unbiased"),
      let given = scene.number("true_speed.unbiased")
    else { return nil }
    return (generated, given)
  }

  private static func speedUp(_ arm: String, _ probe: String) -> Claim.Cell {
    Claim.Cell(arm, probe) { scene in
      guard scene.score.level == "slow", let speed = speed(scene), speed.given < 2.3,
        speed.generated > 0
      else { return nil }
      return (speed.generated - speed.given) / (Attribute.middleSpeed - speed.given)
    }
  }

  /// Whether a slow ball ends up moving left.
  private static func reversals(_ arm: String) -> Claim.Cell {
    Mean.share(arm, "matched", level: "slow") { scene in
      scene.bodies.first?.shown.map { $0.velocity.x < -0.1 }
    }
  }

  /// Speeding up, reversals, and that reversals come from flips.
  public var claims: [Claim] {
    [
      Claim(
        "speeds-up",
        "Slow balls from trained starts speed up by a quarter of the way to the trained speeds or more.",
        effect: "share of the way from the given speed to 2.5", .above(0.25),
        cells: [Self.speedUp("one-way", "matched")]
      ) { $0[0] },
      Claim(
        "no-reversal-one-way",
        "Without flips in training, fewer than one slow ball in fifty turns round.",
        effect: "share of slow balls that move left", .below(0.02),
        cells: [Self.reversals("one-way")]
      ) { $0[0] },
      Claim(
        "reversal-with-flips", "With flips, more than one slow ball in a hundred turns round.",
        effect: "share of slow balls that move left", .above(0.01),
        cells: [Self.reversals("flips")]
      ) { $0[0] },
    ]
  }

  /// Speed against speed, both models.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    [("one-way", "one way"), ("flips", "with flips")].map { arm, title in
      Charts.speeds(
        "speeds-\(arm)", "Trained \(title)", evidence, arm: arm, probes: ["official", "matched"],
        trained: [2.5...4])
    }
  }
}
