import Measures

/// Does the distance in pixels predict which attribute gives way (section 5's hypothesis)?
public struct Preference: Experiment {
  /// `preference`.
  public let name = "preference"
  /// What it is about.
  public let title = "Do distances decide which attribute wins?"
  /// The paper's words.
  public let paper = """
    The prioritization may come from distances in latent or pixel space: models keep the attribute whose change would \
    alter more pixels.
    """
  /// How it is asked.
  public let method = """
    For every video of an unseen combination in the seven attribute experiments, the two outcomes that training knows \
    are drawn: one attribute changed, or the other. The hypothesis predicts that the outcome nearer to what was given, in \
    pixels or in the codec's latents, is the one that is generated.
    """

  private static let pairs = AttributePair.six + [AttributePair.ringBall]

  /// The models of Figures 11, 13 and 19, which are not trained again.
  public func arms(at scale: ExperimentScale) -> [Arm] { Self.pairs.map(\.arm) }

  /// Whether the nearer outcome is the one generated; nil where neither attribute moved more than the other.
  private static func isPredicted(
    _ scene: SceneEvidence, _ pair: AttributePair, in space: String
  ) -> Double? {
    guard scene.score.level?.hasPrefix("unseen") ?? false, let body = scene.bodies.first,
      let strong = pair.strong.shift(body), let weak = pair.weak.shift(body),
      abs(strong - weak) > 0.05
    else { return nil }
    guard let ifStrong = scene.changes[space]?[pair.strong.rawValue],
      let ifWeak = scene.changes[space]?[pair.weak.rawValue]
    else { return nil }
    return (ifWeak < ifStrong) == (weak > strong) ? 1 : 0
  }

  private static func share(_ pair: AttributePair, in space: String) -> Claim.Cell {
    Claim.Cell(pair.name, pair.name) { isPredicted($0, pair, in: space) }
  }

  private static let spaces = [
    (OutcomeDistance.pixels, "pixels", 1), (OutcomeDistance.latents, "latents", 2),
  ]

  /// In pixels and in latents, over all pairs.
  public var claims: [Claim] {
    Self.spaces.map { space, title, _ in
      Claim(
        "\(title)-predict",
        "The outcome nearer in \(title) is the one generated, in three of four decided videos.",
        effect: "share predicted, mean over the pairs with decided videos", .above(0.75),
        cells: Self.pairs.map { Self.share($0, in: space) }
      ) { means in
        let known = means.filter(\.isFinite)
        return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
      }
    }
  }

  /// The share predicted, pair by pair.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    let series = Self.spaces.map { space, title, color in
      ChartContent.Series(
        "nearer in \(title)", .bars, color: color,
        Self.pairs.enumerated().map { place, pair in
          let estimate = SceneBootstrap().estimate(
            [Self.share(pair, in: space)], { $0[0] }, evidence)
          return ChartContent.Point(
            Double(place), estimate.value, low: estimate.low, high: estimate.high,
            note: "\(pair.title): \(estimate.scenes) decided videos")
        })
    }
    return [
      FigureContent(
        name: "predicted", title: "Share of videos that a distance predicts",
        caption: "One half is chance. Videos in which both attributes moved alike are left out.",
        drawing: .chart(
          ChartContent(
            x: .init("Pair", names: Self.pairs.map(\.title)), y: .init("Share predicted"),
            series: series)))
    ]
  }
}
