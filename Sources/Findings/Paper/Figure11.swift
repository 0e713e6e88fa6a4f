import Tables

/// Colour, size and velocity against shape (Figure 11, section 4.3).
public struct Figure11: Experiment {
  /// `figure-11`.
  public let name = "figure-11"
  /// What it is about.
  public let title = "Colour, size and velocity against shape"
  /// The paper's words.
  public let paper = """
    A blue ball becomes a blue square where training has red balls and blue squares: models favour colour, size and \
    velocity over shape.
    """
  /// How it is asked.
  public let method = """
    Three training sets in which an attribute goes with the shape. Each model continues all four combinations; what \
    colour, shape, size and speed the generated body has is read off the pixels.
    """

  private static let pairs = [
    AttributePair.colorShape, AttributePair.sizeShape, AttributePair.velocityShape,
  ]

  /// One for each pair.
  public func arms(at scale: ExperimentScale) -> [Arm] { Self.pairs.map(\.arm) }

  /// Shape gives way to each of the others.
  public var claims: [Claim] { Self.pairs.map(\.orderClaim) }

  /// The three matrices.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.pairs.map { $0.figure(evidence) }
  }

  /// Mean shifts.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    [AttributePair.shiftTable(Self.pairs, evidence)]
  }
}

/// The other three pairs (Figure 13, section 4.3).
public struct Figure13: Experiment {
  /// `figure-13`.
  public let name = "figure-13"
  /// What it is about.
  public let title = "Velocity, size and colour against each other"
  /// The paper's words.
  public let paper = """
    Velocity and size combine well, with a slight preference for size; colour combines with size most of the time; \
    low-speed balls in the colour of fast ones speed up, and no ball changes its colour.
    """
  /// How it is asked.
  public let method = """
    Three training sets in which two of colour, size and velocity go together. Each model continues all four \
    combinations; what the generated body has is read off the pixels.
    """

  private static let pairs = [
    AttributePair.sizeVelocity, AttributePair.colorSize, AttributePair.colorVelocity,
  ]

  /// One for each pair.
  public func arms(at scale: ExperimentScale) -> [Arm] { Self.pairs.map(\.arm) }

  /// The order, and that colour never changes.
  public var claims: [Claim] {
    Self.pairs.map(\.orderClaim) + [
      Claim(
        "colour-never-changes", "No ball changes its colour: fewer than one in fifty does.",
        effect: "share of balls of unseen combinations in another colour", .below(0.02),
        cells: [AttributePair.colorSize.shift(.color), AttributePair.colorVelocity.shift(.color)]
      ) { max($0[0], $0[1]) },
      Claim(
        "size-and-velocity-combine",
        "Size and velocity combine: both keep at least three quarters of what was given.",
        effect: "larger of the two mean shifts", .below(0.25),
        cells: [
          AttributePair.sizeVelocity.shift(.size), AttributePair.sizeVelocity.shift(.velocity),
        ]
      ) { max($0[0], $0[1]) },
    ]
  }

  /// The three matrices.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.pairs.map { $0.figure(evidence) }
  }

  /// Mean shifts.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    [AttributePair.shiftTable(Self.pairs, evidence)]
  }
}

/// The order of all four attributes (section 4.3's conclusion).
public struct Priority: Experiment {
  /// `priority`.
  public let name = "priority"
  /// What it is about.
  public let title = "Colour > size > velocity > shape?"
  /// The paper's words.
  public let paper = "The prioritization order is: color > size > velocity > shape."
  /// How it is asked.
  public let method = """
    The six models of Figures 11 and 13, which are not trained again. Neighbours in the order are compared, and the \
    three pairs farther apart check that the order is one: that it is transitive.
    """

  /// All six pairs.
  public func arms(at scale: ExperimentScale) -> [Arm] { AttributePair.six.map(\.arm) }

  /// Neighbours, then all pairs at once.
  public var claims: [Claim] {
    let neighbours: [AttributePair] = [.colorSize, .sizeVelocity, .velocityShape]
    let all = AttributePair.six
    return neighbours.map(\.orderClaim) + [
      Claim(
        "transitive", "The order holds for all six pairs at once, so it is transitive.",
        effect: "least over the pairs of: mean shift of the weaker less that of the stronger",
        .above(0),
        cells: all.flatMap { [$0.shift($0.weak), $0.shift($0.strong)] }
      ) { means in
        stride(from: 0, to: means.count, by: 2).map { means[$0] - means[$0 + 1] }.min() ?? .nan
      }
    ]
  }

  /// The difference of shifts, pair by pair.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    let pairs = AttributePair.six
    let points = pairs.enumerated().map { place, pair in
      let estimate = SceneBootstrap().estimate(
        [pair.shift(pair.weak), pair.shift(pair.strong)], { $0[0] - $0[1] }, evidence)
      return ChartContent.Point(
        Double(place), estimate.value, low: estimate.low, high: estimate.high,
        note: "\(pair.arm.title): \(Format.significant(estimate.value, 3))")
    }
    return [
      FigureContent(
        name: "order", title: "Who gives way?",
        caption:
          "Above 0 the second attribute of the pair gives way more than the first, as the paper has it.",
        drawing: .chart(
          ChartContent(
            x: .init("Pair", names: pairs.map(\.name)),
            y: .init("Shift of the second less shift of the first"),
            series: [.init("pairs", .bars, color: 1, points)])))
    ]
  }

  /// Mean shifts.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    [AttributePair.shiftTable(AttributePair.six, evidence)]
  }
}

/// A ring against a ball (Figure 19, section 5).
public struct Figure19: Experiment {
  /// `figure-19`.
  public let name = "figure-19"
  /// What it is about.
  public let title = "Ring and ball: where colour does not win"
  /// The paper's words.
  public let paper = """
    Where training has red rings and blue balls, a red ball or a blue ring may change either attribute: colour over \
    shape does not hold, perhaps because turning a ring into a ball changes many pixels.
    """
  /// How it is asked.
  public let method = """
    One model on red rings and blue balls continues all four combinations; what the generated body is, is read off the \
    pixels.
    """

  private static let pair = AttributePair.ringBall

  /// One.
  public func arms(at scale: ExperimentScale) -> [Arm] { [Self.pair.arm] }

  /// That the order of Figure 11 breaks.
  public var claims: [Claim] {
    [
      Claim(
        "colour-can-change",
        "Some bodies change colour rather than shape: more than one in twenty.",
        effect: "share of unseen combinations in another colour", .above(0.05),
        cells: [Self.pair.shift(.color)]
      ) { $0[0] },
      Claim(
        "shape-can-stay", "Some bodies keep their shape: more than one in twenty.",
        effect: "share of unseen combinations that keep their shape", .above(0.05),
        cells: [Self.pair.shift(.shape)]
      ) { 1 - $0[0] },
    ]
  }

  /// The matrix.
  public func figures(_ evidence: Evidence) -> [FigureContent] { [Self.pair.figure(evidence)] }

  /// Mean shifts.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    [AttributePair.shiftTable([Self.pair], evidence)]
  }
}
