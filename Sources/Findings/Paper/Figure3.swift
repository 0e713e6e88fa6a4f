import Measures

/// In and out of distribution over data and model size, for three laws (Figure 3, section 3).
public struct Figure3: Experiment {
  /// `figure-3`.
  public let name = "figure-3"
  /// What it is about.
  public let title = "Does scaling teach the law?"
  /// The paper's words.
  public let paper = """
    Increasing the model size or the data amount consistently decreases the velocity error in distribution. Out of \
    distribution the error is an order of magnitude higher, and scaling data or models has little or no effect on it.
    """
  /// How it is asked.
  public let method = """
    Uniform motion, parabola and collision; models of three sizes on training sets of three sizes (at the paper's and \
    the workstation's scale all nine of them, else each series through the middle model and the largest set). Every \
    model continues scenes inside the trained speeds and radii, and slower, faster, smaller and larger ones; other \
    speeds also from start places that training has.
    """

  private struct Law {
    var name: String
    var title: String
    var bodies: Arm.Bodies
    /// Whether balls gain speed on their way.
    var falls = false
    var sets: (small: String, large: String)
    var probes: [Probe]
    var matched: [Probe]
  }

  private static func oneBall(_ name: String, _ title: String, falls: Bool = false) -> Law {
    Law(
      name: name, title: title, bodies: .one, falls: falls,
      sets: ("\(name)/train-30k", "\(name)/train-3m"),
      probes: [
        Probe("inside", "trained speeds and radii", set: "\(name)/eval/id", side: .inside),
        Probe("slow", "slower", set: "\(name)/eval/level2", side: .outside),
        Probe("fast", "faster", set: "\(name)/eval/xl-level2", side: .outside),
        Probe("small", "smaller", set: "\(name)/eval/level1", side: .outside, share: 0.5),
        Probe("large", "larger", set: "\(name)/eval/xl-level1", side: .outside, share: 0.5),
      ],
      matched: [
        Probe(
          "slow-matched", "slower, trained starts", set: "\(name)/eval-start-matched/level2",
          side: .outside, share: 0.5),
        Probe(
          "fast-matched", "faster, trained starts", set: "\(name)/eval-start-matched/xl-level2",
          side: .outside, share: 0.5),
      ])
  }

  private static let laws = [
    oneBall("uniform", "uniform motion"), oneBall("parabola", "parabola", falls: true),
    Law(
      name: "collision", title: "collision", bodies: .many,
      sets: ("collision/train-level2", "collision/train-level3"),
      probes: [
        Probe("inside", "trained speeds and radii", set: "collision/eval/id", side: .inside),
        Probe("slow", "both slower", set: "collision/eval/level4", side: .outside),
        Probe("fast", "one faster", set: "collision/eval/xl-level2", side: .outside),
        Probe("small", "one smaller", set: "collision/eval/level1", side: .outside, share: 0.5),
        Probe("large", "one larger", set: "collision/eval/xl-level1", side: .outside, share: 0.5),
      ],
      matched: [
        Probe(
          "slow-matched", "both slower, trained starts",
          set: "collision/eval-start-matched/level4", side: .outside, share: 0.5)
      ]),
  ]

  private static func arm(
    _ law: Law, _ amount: Arm.Amount, _ size: Arm.Size, isMain: Bool
  ) -> Arm {
    var arm = Arm(
      "\(law.name)-\(amount.rawValue)-data-\(size.rawValue)-model",
      "\(law.title), \(amount.rawValue) data, \(size.rawValue) model", set: law.sets.small,
      largeSet: law.sets.large, bodies: law.bodies)
    arm.amount = amount
    arm.size = size
    func own(_ probe: Probe) -> Probe {
      var probe = probe
      probe.name = "\(law.name)-\(probe.name)"
      return probe
    }
    arm.probes = law.probes.filter { isMain || $0.share == 1 }.map(own)
    guard isMain else { return arm }
    arm.probes += law.matched.map(own)
    for steps in SamplingSteps.counts {
      arm.probes += [law.probes[0], law.probes[2]].map {
        SamplingSteps.probe(own($0), steps: steps, share: 0.5)
      }
    }
    return arm
  }

  /// A cross through the middle model and the largest set; the whole grid on GPUs.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    Self.laws.flatMap { law in
      Arm.Amount.allCases.flatMap { amount in
        Arm.Size.allCases.compactMap { size in
          guard scale.usesGrid || size == .middle || amount == .large else { return nil }
          return Self.arm(law, amount, size, isMain: size == .middle && amount == .large)
        }
      }
    }
  }

  private static func armName(
    _ law: String, _ amount: Arm.Amount = .large, _ size: Arm.Size = .middle
  ) -> String { "\(law)-\(amount.rawValue)-data-\(size.rawValue)-model" }

  /// Four for each law.
  public var claims: [Claim] {
    Self.laws.flatMap { law -> [Claim] in
      func error(_ arm: String, _ probe: String) -> Claim.Cell {
        Mean.error(arm, "\(law.name)-\(probe)")
      }
      let main = Self.armName(law.name)
      return [
        Claim(
          "\(law.name)-gap",
          "\(law.title): at other speeds the error is at least three times that in distribution.",
          effect: "mean error of slower and faster over that of trained", .above(3),
          cells: [error(main, "slow"), error(main, "fast"), error(main, "inside")]
        ) { ($0[0] + $0[1]) / 2 / $0[2] },
        Claim(
          "\(law.name)-data-inside", "\(law.title): more data lower the error in distribution.",
          effect: "error on little data over that on much", .above(1.25),
          cells: [error(Self.armName(law.name, .small), "inside"), error(main, "inside")]
        ) { $0[0] / $0[1] },
        Claim(
          "\(law.name)-model-inside",
          "\(law.title): a larger model lowers the error in distribution.",
          effect: "error of the small model over that of the large one", .above(1),
          cells: [
            error(Self.armName(law.name, .large, .small), "inside"),
            error(Self.armName(law.name, .large, .large), "inside"),
          ]
        ) { $0[0] / $0[1] },
        Claim(
          "\(law.name)-no-cure-outside",
          "\(law.title): ten times the data do not halve the error at other speeds.",
          effect: "error at other speeds on much data over that on a tenth", .above(0.5),
          cells: [
            error(main, "slow"), error(main, "fast"),
            error(Self.armName(law.name, .middle), "slow"),
            error(Self.armName(law.name, .middle), "fast"),
          ]
        ) { ($0[0] + $0[1]) / ($0[2] + $0[3]) },
      ]
    }
  }

  /// Error over data and over model size, speeds, and sampling steps, for each law.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.laws.flatMap { law -> [FigureContent] in
      let main = Self.armName(law.name)
      func values(_ arm: String, _ probe: String) -> [Double] {
        evidence.scenes(arm: arm, probe: "\(law.name)-\(probe)").compactMap(\.keptError)
      }
      func series(_ arms: [String]) -> [MeanSeries] {
        let kinds = [
          ("inside", "in distribution", 1), ("slow", "slower", 3), ("fast", "faster", 2),
        ]
        let asked = kinds.map { probe, name, color in
          MeanSeries(
            name: name, color: color,
            places: arms.enumerated().map { (Double($0.offset), values($0.element, probe)) })
        }
        let floor = evidence.scenes(arm: main, probe: "\(law.name)-inside")
          .compactMap { $0.referenceError("reconstruction") }
        return asked + [
          MeanSeries(
            name: "codec alone", color: 0, style: .dashed,
            places: arms.indices.map { (Double($0), floor) })
        ]
      }
      let sizes = Arm.Amount.allCases.map { Self.armName(law.name, $0) }
      let models = Arm.Size.allCases.map { Self.armName(law.name, .large, $0) }
      let y = ChartContent.Axis("Velocity error (world units/s)", isLogarithmic: true)
      var figures = [
        Charts.means(
          "\(law.name)-data", "\(law.title): error over training videos",
          "Middle model; means of scenes in which no ball is lost, all seeds.",
          x: .init("Training videos", names: ["few", "ten times", "most"]), y: y,
          series: series(sizes)),
        Charts.means(
          "\(law.name)-model", "\(law.title): error over model size",
          "Largest training set; means of scenes in which no ball is lost, all seeds.",
          x: .init("Model", names: ["small", "middle", "large"]), y: y, series: series(models)),
      ]
      if law.bodies == .one {
        figures.append(
          Charts.speeds(
            "\(law.name)-speeds", "\(law.title): generated against true speed", evidence, arm: main,
            probes: ["inside", "slow", "fast"].map { "\(law.name)-\($0)" }, trained: [1...4],
            falls: law.falls))
      }
      figures.append(
        Charts.means(
          "\(law.name)-steps", "\(law.title): error over sampling steps", "Main model, all seeds.",
          x: .init("Sampling steps", names: SamplingSteps.counts.map(String.init)), y: y,
          series: [("inside", "in distribution", 1), ("fast", "faster", 2)].map {
            probe, name, color in
            MeanSeries(
              name: name, color: color,
              places: SamplingSteps.counts.enumerated().map { place, count in
                (Double(place), values(main, "\(probe)-steps-\(count)"))
              })
          }))
      return figures
    }
  }

  /// What differs from the paper.
  public var notes: [String] {
    [
      "Few, ten times and most training videos are 60, 300, 1,500 at quick scale, 300, 3,000, 10,000 on a laptop, "
        + "3,000, 30,000, 300,000 on a workstation, and the paper's 30,000, 300,000, 3,000,000.",
      "Collision errors are those after the impact.",
      "Fast balls before a collision start no farther apart than trained ones do: only slow ones have a start-matched "
        + "form.",
    ]
  }
}
