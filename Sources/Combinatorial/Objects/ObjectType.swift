/// What a body of the combinatorial testbed is: one of the eight object types, or the red ball.
///
/// The raw value is the name in files, that of the released templates.
public enum ObjectType: String, Codable, CaseIterable, Sendable {
  /// A gray ball; the first of two types that differ in nothing but their name.
  case dynamicBall1 = "dynamic_ball_1"
  /// A gray ball; the second of the two.
  case dynamicBall2 = "dynamic_ball_2"
  /// A chain of three to seven small black balls.
  case staticBall = "static_ball"
  /// A gray bar at any angle.
  case dynamicBar = "dynamic_bar"
  /// One to four gray bars on end, of growing length.
  case standingBars = "dynamic_standing_bars"
  /// A black bar at the left.
  case staticBar = "static_bar"
  /// A gray jar, open at the top.
  case jar = "dynamic_jar"
  /// Two crossed gray sticks: a narrow X.
  case standingSticks = "dynamic_standingsticks"
  /// The ball that an action adds; part of every scene, of no template.
  case redBall = "red_ball"

  /// The eight types that templates are made of, in the order of their letters A to H.
  public static let templateTypes: [ObjectType] = [
    .dynamicBall1, .dynamicBall2, .staticBall, .dynamicBar, .standingBars, .staticBar, .jar,
    .standingSticks,
  ]

  /// The letter A to H of a template's type; nil for the red ball.
  public var letter: Character? {
    switch self {
    case .dynamicBall1: "A"
    case .dynamicBall2: "B"
    case .staticBall: "C"
    case .dynamicBar: "D"
    case .standingBars: "E"
    case .staticBar: "F"
    case .jar: "G"
    case .standingSticks: "H"
    case .redBall: nil
    }
  }

  /// The type a letter A to H stands for; nil for any other letter.
  public init?(letter: Character) {
    guard let type = ObjectType.templateTypes.first(where: { $0.letter == letter }) else {
      return nil
    }
    self = type
  }

  /// What the released features tell apart of a body's shape.
  public enum Form: Int, Codable, CaseIterable, Sendable {
    /// A disc.
    case ball
    /// A rectangle.
    case bar
    /// A jar.
    case jar
    /// Two crossed sticks.
    case sticks
  }

  /// The form of the type's bodies.
  public var form: Form {
    switch self {
    case .dynamicBall1, .dynamicBall2, .staticBall, .redBall: .ball
    case .dynamicBar, .standingBars, .staticBar: .bar
    case .jar: .jar
    case .standingSticks: .sticks
    }
  }
}

extension ObjectType {
  /// The outlines that a body of this type and this diameter has, scene units; nil where none does.
  package func outlines(diameter: Double) -> [Outline]? {
    guard diameter.isFinite, diameter > 0 else { return nil }
    let extent = CombinatorialScene.extent
    /// Of bars and sticks the diameter is the diagonal.
    let square = diameter * diameter - Bar.thickness * Bar.thickness
    switch form {
    case .ball: return [.circle(radius: diameter / 2)]
    case .bar:
      return square > 0 ? [.box(width: square.squareRoot(), height: Bar.thickness)] : nil
    case .jar:
      // Half of width and base is 3/4 of the height.
      let scale = diameter / 1.25 / extent
      return scale * extent > 1 ? Jar.outlines(scale: scale).shapes : nil
    case .sticks:
      return square > 0 ? StandingSticks.outlines(scale: square.squareRoot() / extent).shapes : nil
    }
  }
}
