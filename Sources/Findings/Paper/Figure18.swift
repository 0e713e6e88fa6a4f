import Models

/// What numbers and words add (Figure 18, section 5).
public struct Figure18: Experiment {
  /// `figure-18`.
  public let name = "figure-18"
  /// What it is about.
  public let title = "Do numbers or words help?"
  /// The paper's words.
  public let paper = """
    In distribution, numeric and text conditions give errors comparable to frames alone. Out of it, numbers give \
    slightly higher errors and text significantly higher ones.
    """
  /// How it is asked.
  public let method = """
    Three models on collisions: given frames alone, with the start in numbers (embedded and added layer by layer), and \
    with the start in words (a text encoder and cross-attention). All continue collisions in and out of distribution.
    """

  private static let arms: [(ConditionArm, String)] = [
    (.frames, "frames"), (.state, "frames and numbers"), (.text, "frames and words"),
  ]
  private static let probes = [
    Probe("inside", "trained speeds and radii", set: "collision/eval/id", side: .inside),
    Probe("slow", "both slower", set: "collision/eval/level4", side: .outside),
    Probe("fast", "one faster", set: "collision/eval/xl-level2", side: .outside),
    Probe(
      "slow-matched", "both slower, trained starts", set: "collision/eval-start-matched/level4",
      side: .outside, share: 0.5),
  ]

  /// One for each condition.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    Self.arms.map { condition, title in
      var arm = Arm(
        condition.rawValue, title, set: "collision/train-level2",
        largeSet: "collision/train-level3", bodies: .many, probes: Self.probes)
      arm.condition = condition
      return arm
    }
  }

  private static func ratio(
    _ name: String, _ sentence: String, _ arm: ConditionArm, outside: Bool,
    _ threshold: ClaimThreshold
  ) -> Claim {
    let probes = outside ? ["slow", "fast"] : ["inside"]
    return Claim(
      name, sentence,
      effect: "error over that with frames alone, " + (outside ? "outside" : "in distribution"),
      threshold,
      cells: [arm, .frames].flatMap { arm in probes.map { Mean.error(arm.rawValue, $0) } }
    ) { means in
      let half = means.count / 2
      return means[..<half].reduce(0, +) / means[half...].reduce(0, +)
    }
  }

  /// Inside nothing changes, outside it gets worse.
  public var claims: [Claim] {
    [
      Self.ratio(
        "numbers-inside", "In distribution, numbers do not make the error a third smaller.", .state,
        outside: false, .above(0.67)),
      Self.ratio(
        "words-inside", "In distribution, words do not make the error a third smaller.", .text,
        outside: false, .above(0.67)),
      Self.ratio(
        "numbers-outside", "Outside, numbers do not help: the error is no smaller.", .state,
        outside: true, .above(1)),
      Self.ratio(
        "words-outside", "Outside, words do harm: the error grows by a fifth or more.", .text,
        outside: true, .above(1.2)),
    ]
  }

  /// Errors by condition.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    [
      Charts.means(
        "conditions", "Error after the impact by what the model is told",
        "Means of scenes in which no ball is lost, all seeds.",
        x: .init("Told", names: Self.arms.map(\.1)),
        y: .init("Velocity error (world units/s)", isLogarithmic: true),
        series: [("inside", "in distribution", 1), ("slow", "slower", 3), ("fast", "faster", 2)].map
        {
          probe, name, color in
          MeanSeries(
            name: name, color: color,
            places: Self.arms.enumerated().map { place, arm in
              (
                Double(place),
                evidence.scenes(arm: arm.0.rawValue, probe: probe).compactMap(\.keptError)
              )
            })
        })
    ]
  }

  /// Which encoder read the words.
  public var notes: [String] {
    [
      "Words are read by all-MiniLM-L6-v2, not by T5 as in the paper; a T5 of your own can be named in a run's "
        + "model.textEncoder."
    ]
  }
}
