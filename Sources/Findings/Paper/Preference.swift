import Measures
import Videos
import Worlds

/// Does the distance in pixels predict which attribute gives way (section 5's hypothesis)?
public struct Preference: Experiment {
  /// `preference`.
  public let name = "preference"
  /// What it is about.
  public let title = "Do pixels decide which attribute wins?"
  /// The paper's words.
  public let paper = """
    The prioritization may come from distances in latent or pixel space: models keep the attribute whose change would \
    alter more pixels.
    """
  /// How it is asked.
  public let method = """
    For every video of an unseen combination in the seven attribute experiments, the two outcomes that training knows \
    are drawn: one attribute changed, or the other. The hypothesis predicts that the outcome nearer in pixels to what \
    was given is the one that is generated.
    """

  private static let pairs = AttributePair.six + [AttributePair.ringBall]

  /// The models of Figures 11, 13 and 19, which are not trained again.
  public func arms(at scale: ExperimentScale) -> [Arm] { Self.pairs.map(\.arm) }

  /// Whether the nearer outcome is the one generated; nil where neither attribute moved more than the other.
  private static func isPredicted(_ scene: SceneEvidence, _ pair: AttributePair) -> Double? {
    guard scene.score.level?.hasPrefix("unseen") ?? false, let body = scene.bodies.first,
      let strong = pair.strong.shift(body), let weak = pair.weak.shift(body),
      abs(strong - weak) > 0.05
    else { return nil }
    let distances = OutcomeDistance(body.given)
    let (ifStrong, ifWeak) = (
      distances.change(pair.strong, ring: pair.name == "ring-ball"),
      distances.change(pair.weak, ring: pair.name == "ring-ball")
    )
    return (ifWeak < ifStrong) == (weak > strong) ? 1 : 0
  }

  private static func share(_ pair: AttributePair) -> Claim.Cell {
    Claim.Cell(pair.name, pair.name) { isPredicted($0, pair) }
  }

  /// Over all pairs.
  public var claims: [Claim] {
    [
      Claim(
        "pixels-predict",
        "The outcome nearer in pixels is the one generated, in three of four decided videos.",
        effect: "share predicted, mean over the pairs with decided videos", .above(0.75),
        cells: Self.pairs.map(Self.share)
      ) { means in
        let known = means.filter(\.isFinite)
        return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
      }
    ]
  }

  /// The share predicted, pair by pair.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    let points = Self.pairs.enumerated().map { place, pair in
      let estimate = SceneBootstrap().estimate([Self.share(pair)], { $0[0] }, evidence)
      return ChartContent.Point(
        Double(place), estimate.value, low: estimate.low, high: estimate.high,
        note: "\(pair.arm.title): \(estimate.scenes) decided videos")
    }
    return [
      FigureContent(
        name: "predicted", title: "Share of videos that pixels predict",
        caption: "One half is chance. Videos in which both attributes moved alike are left out.",
        drawing: .chart(
          ChartContent(
            x: .init("Pair", names: Self.pairs.map(\.name)), y: .init("Share predicted"),
            series: [.init("pairs", .bars, color: 1, points)])))
    ]
  }
}

/// How many pixels change when a body changes one attribute.
struct OutcomeDistance {
  private static let renderer = Renderer()
  private static let frames = 8
  private let given: SceneEvidence.Look

  init(_ given: SceneEvidence.Look) { self.given = given }

  /// The mean squared difference of ink between the body as given and with one attribute changed to the middle of the
  /// other half of its range, over eight frames from one start.
  func change(_ attribute: Attribute, ring: Bool) -> Double {
    var other = given
    switch attribute {
    case .color: other.color = given.color == .red ? .blue : .red
    case .shape:
      let second: Shape = ring ? .ring : .square
      other.shape = given.shape == .disc ? second : .disc
    case .size: other.radius = given.radius < Attribute.middleRadius ? 1.225 : 0.875
    case .velocity:
      let speed = given.velocity.length
      let scale = speed > 0 ? (speed < Attribute.middleSpeed ? 3.25 : 1.75) / speed : 1
      other.velocity = Vector2(x: given.velocity.x * scale, y: given.velocity.y * scale)
    }
    guard let a = Self.video(given), let b = Self.video(other) else { return .nan }
    let sum = zip(a.bytes, b.bytes).reduce(0.0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }
    return sum / Double(a.bytes.count) / (255 * 255)
  }

  private static func video(_ look: SceneEvidence.Look) -> Video? {
    let body = Body(
      shape: look.shape, color: look.color, radius: look.radius, position: Vector2(x: 3, y: 5),
      velocity: look.velocity)
    let scene = Scene(bodies: [body], frames: frames)
    guard let path = try? Simulator().simulate(scene) else { return nil }
    return try? renderer.render(scene, path, averagedTo: 64)
  }
}
