import Measures
import Worlds

/// Collisions with squares of speeds left out (Figure 8, section 4.1).
public struct Figure8: Experiment {
  /// `figure-8`.
  public let name = "figure-8"
  /// What it is about.
  public let title = "Inside and outside the hull of trained collisions"
  /// The paper's words.
  public let paper = """
    For velocity combinations within the convex hull of the training set the error stays comparable to that in \
    distribution, even when the hole is very large; outside the hull it is large.
    """
  /// How it is asked.
  public let method = """
    Collisions at speeds 1 to 4 of both balls, with one square hole, a larger one, three holes, and with only the edge \
    of low speeds left. Each model continues collisions at speeds inside, in the holes, and below or above the range.
    """

  private static let sets: [(name: String, title: String, holes: [[ClosedRange<Double>]])] = [
    ("hole-2-3", "hole 2 to 3", [[2...3, 2...3]]),
    ("hole-1.25-3.75", "hole 1.25 to 3.75", [[1.25...3.75, 1.25...3.75]]),
    (
      "multiple-holes", "three holes",
      [[1.2...2.2, 2.7...3.7], [2.7...3.7, 1.2...2.2], [2.9...3.5, 3.3...3.9]]
    ),
    ("half-1.25", "one ball at 1.25 or less", [[1.25...4, 1.25...4]]),
  ]

  /// One for each training set.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    Self.sets.map { set in
      Arm(
        set.name, set.title, set: "collision/\(set.name)", bodies: .many,
        probes: [
          Probe(set.name, "speeds 0 to 4.5", set: "collision/\(set.name)/eval", share: 2)
        ])
    }
  }

  private static func error(_ set: Int, _ level: String) -> Claim.Cell {
    Mean.error(sets[set].name, sets[set].name, level: level)
  }

  /// Inside the hull and outside of it.
  public var claims: [Claim] {
    [
      Claim(
        "small-hole", "In a hole from 2 to 3 the error is less than twice that of trained speeds.",
        effect: "error in the hole over error at trained speeds", .below(2),
        cells: [Self.error(0, "hole"), Self.error(0, "seen")]
      ) { $0[0] / $0[1] },
      Claim(
        "large-hole",
        "Even in a hole from 1.25 to 3.75 the error is less than twice that of trained speeds.",
        effect: "error in the hole over error at trained speeds", .below(2),
        cells: [Self.error(1, "hole"), Self.error(1, "seen")]
      ) { $0[0] / $0[1] },
      Claim(
        "outside-hull", "Outside the hull the error is larger than in the hole.",
        effect: "error outside the trained range over error in the hole 2 to 3", .above(1.5),
        cells: [Self.error(0, "outside"), Self.error(0, "hole")]
      ) { $0[0] / $0[1] },
      Claim(
        "not-the-hull-alone",
        "Trained with one ball at 1.25 or less, collisions of two faster balls, outside the hull, go wrong.",
        effect: "error of two fast balls over error at trained speeds", .above(2),
        cells: [Self.error(3, "hole"), Self.error(3, "seen")]
      ) { $0[0] / $0[1] },
    ]
  }

  /// The error over both speeds, for every set.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.sets.map { set in
      let square = [(1.0, 1.0), (4, 1), (4, 4), (1, 4)].map { Vector2(x: $0.0, y: $0.1) }
      let edge = [(1.0, 1.0), (4, 1), (4, 1.25), (1.25, 4), (1, 4)].map {
        Vector2(x: $0.0, y: $0.1)
      }
      return Charts.heatMap(
        "map-\(set.name)", "Trained with \(set.title)",
        evidence.scenes(arm: set.name, probe: set.name), x: "v1", y: "v2",
        xLabel: "Speed of the red ball (world units/s)",
        yLabel: "Speed of the blue ball (world units/s)", bins: 9, top: 0.5, value: \.keptError,
        valueLabel: "velocity error after the impact", trained: [[1...4, 1...4]], holes: set.holes,
        hull: set.name == "half-1.25" ? edge : square)
    }
  }

  /// What differs from the paper.
  public var notes: [String] {
    [
      "Pairs of trained speeds start 0.8 to 8 units apart. Only where the red ball is slower than 1 may they start closer, "
        + "by 0.4 at most: there is no start-matched form."
    ]
  }
}
