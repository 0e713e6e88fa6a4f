import Measures

/// Speeds left out of the middle of the training range (Figure 7, section 4.1).
public struct Figure7: Experiment {
  /// `figure-7`.
  public let name = "figure-7"
  /// What it is about.
  public let title = "How wide a gap of speeds is bridged?"
  /// The paper's words.
  public let paper = """
    The larger the gap, the larger the error in it: the generated speed is pulled to the nearest trained range. When \
    the gap is small, or part of the missing range is put back, the model interpolates.
    """
  /// How it is asked.
  public let method = """
    Five training sets of uniform motion at speeds 1 to 4 with a gap in the middle, or with narrow bands put back into \
    it. Each model continues scenes of all speeds from 1 to 4.
    """

  private static let sets: [(name: String, title: String, trained: [ClosedRange<Double>])] = [
    ("hole-1.25-3.75", "gap 1.25 to 3.75", [1...1.25, 3.75...4]),
    ("hole-1.5-3.5", "gap 1.5 to 3.5", [1...1.5, 3.5...4]),
    ("hole-1.75-3.25", "gap 1.75 to 3.25", [1...1.75, 3.25...4]),
    ("three-bands", "three bands", [1...1.25, 2.375...2.625, 3.75...4]),
    ("four-bands", "four bands", [1...1.25, 1.875...2.125, 2.875...3.125, 3.75...4]),
  ]

  /// One for each training set.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    Self.sets.map { set in
      Arm(
        set.name, set.title, set: "uniform/\(set.name)",
        probes: [
          Probe(set.name, "speeds 1 to 4", set: "uniform/\(set.name)/eval", share: 1.5)
        ])
    }
  }

  private static func error(_ set: Int, _ level: String) -> Claim.Cell {
    Mean.error(sets[set].name, sets[set].name, level: level)
  }

  /// How far the generated speed is pulled from the true one to the nearest trained one, 0 to 1.
  private static func pull(_ scene: SceneEvidence, _ trained: [ClosedRange<Double>]) -> Double? {
    guard scene.isKept, let speed = scene.number("true_speed.unbiased"),
      let generated = scene.number("generated_speed.unbiased"),
      let nearest = trained.flatMap({ [$0.lowerBound, $0.upperBound] })
        .min(by: { abs($0 - speed) < abs($1 - speed) }), abs(nearest - speed) > 0.1
    else { return nil }
    return (generated - speed) / (nearest - speed)
  }

  /// The gap's error, its pull, its width, and what bands do.
  public var claims: [Claim] {
    let widest = Self.sets[0]
    return [
      Claim(
        "gap-error", "In the widest gap the error is at least three times that at trained speeds.",
        effect: "error in the gap over error at trained speeds", .above(3),
        cells: [Self.error(0, "hole"), Self.error(0, "seen")]
      ) { $0[0] / $0[1] },
      Claim(
        "wider-is-worse", "The error in the gap grows with its width.",
        effect: "smaller of the ratios of errors: widest over middle gap, middle over narrowest",
        .above(1),
        cells: [Self.error(0, "hole"), Self.error(1, "hole"), Self.error(2, "hole")]
      ) { min($0[0] / $0[1], $0[1] / $0[2]) },
      Claim(
        "pulled-to-trained",
        "In the widest gap the generated speed moves to the nearest trained one, by a quarter of the way or more.",
        effect: "share of the way to the nearest trained speed", .above(0.25),
        cells: [
          Claim.Cell(widest.name, widest.name) { scene in
            scene.score.level == "hole" ? Self.pull(scene, widest.trained) : nil
          }
        ]
      ) { $0[0] },
      Claim(
        "bands-help", "Two narrow bands put back into the gap at least halve the error in it.",
        effect: "error between four bands over error in the widest gap", .below(0.5),
        cells: [Self.error(4, "hole"), Self.error(0, "hole")]
      ) { $0[0] / $0[1] },
    ]
  }

  /// Speed against speed for every set.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.sets.map { set in
      Charts.speeds(
        "speeds-\(set.name)", "Trained with \(set.title)", evidence, arm: set.name,
        probes: [set.name], trained: set.trained)
    }
  }

  /// What differs from the paper.
  public var notes: [String] {
    [
      "Start places of all speeds within 1 to 4 overlap: no start-matched form is needed inside the range."
    ]
  }
}
