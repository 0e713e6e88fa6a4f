import Worlds

/// What two training cases can differ in (Figures 11 and 13).
public enum Attribute: String, CaseIterable, Codable, Hashable, Sendable {
  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  case color, size, velocity, shape

  /// Where small radii end and large ones begin, world units.
  static let middleRadius = 1.05
  /// Where slow ends and fast begins, world units per second.
  static let middleSpeed = 2.5

  /// How far a generated body has left what was given for what training pairs it with: 0 for a body that keeps its
  /// attribute, 1 for one that has the other value (or has crossed the middle between the two ranges).
  ///
  /// Colour and shape change or do not. Size and speed move: the way towards the other range over the way to the
  /// middle, cut to 0...1. Nil for bodies so near the middle (a tenth of half a range) that a hair decides, and for
  /// videos without the body.
  public func shift(_ body: SceneEvidence.BodyEvidence) -> Double? {
    guard let shown = body.shown else { return nil }
    switch self {
    case .color: return shown.color == body.given.color ? 0 : 1
    case .shape: return shown.shape == body.given.shape ? 0 : 1
    case .size:
      return Self.way(
        from: body.given.radius, to: shown.radius, middle: Self.middleRadius,
        least: Self.leastRadius)
    case .velocity:
      let speed = body.given.velocity.length
      guard speed > 0 else { return nil }
      let along =
        (shown.velocity.x * body.given.velocity.x + shown.velocity.y * body.given.velocity.y)
        / speed
      return Self.way(from: speed, to: along, middle: Self.middleSpeed, least: Self.leastSpeed)
    }
  }

  /// Whether a body is clearly on one side: not within a tenth of half a range of the middle between the two. The
  /// official sets give the middle itself to both.
  func isClear(_ look: SceneEvidence.Look) -> Bool {
    switch self {
    case .color, .shape: true
    case .size: abs(look.radius - Self.middleRadius) >= Self.leastRadius
    case .velocity: abs(look.velocity.length - Self.middleSpeed) >= Self.leastSpeed
    }
  }

  private static let leastRadius = 0.035
  private static let leastSpeed = 0.15

  private static func way(
    from given: Double, to shown: Double, middle: Double, least: Double
  ) -> Double? {
    let whole = middle - given
    guard abs(whole) >= least else { return nil }
    return min(max((shown - given) / whole, 0), 1)
  }

  /// Which of the attribute's two values a body has: 0 or 1.
  func value(_ look: SceneEvidence.Look) -> Int {
    switch self {
    case .color: look.color == .red ? 0 : 1
    case .shape: look.shape == .square ? 1 : 0
    case .size: look.radius < Self.middleRadius ? 0 : 1
    case .velocity: look.velocity.length < Self.middleSpeed ? 0 : 1
    }
  }

  /// The names of the two values.
  var values: [String] {
    switch self {
    case .color: ["red", "blue"]
    case .shape: ["disc", "square"]
    case .size: ["small", "large"]
    case .velocity: ["slow", "fast"]
    }
  }

  /// In words.
  var title: String { self == .color ? "colour" : rawValue }
}
