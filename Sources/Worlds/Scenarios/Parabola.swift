/// One object thrown horizontally that falls (paper section 3; official `one_ball_parabola`).
///
/// Parameters: `r`, the radius or half-side, above 0 and below 2.5 world units; `v`, the horizontal
/// speed, 0 to 200 world units per second. Gravity is 2.5 downwards. Along the motion the object
/// starts as in ``UniformMotion``; its centre starts between 8.5 - r and 9.5 - r, so that its top is
/// within a unit of 9.5. It leaves through the bottom after 20 to 24 frames.
public struct Parabola: Scenario {
  /// The way an object is thrown.
  public enum Heading: String, Codable, CaseIterable, Sendable {
    /// Left to right, the official default.
    case right
    /// Right to left.
    case left
  }

  /// `parabola`.
  public static let name = "parabola"
  /// What happens.
  public static let summary = "one object thrown horizontally, falling"
  /// `r` and `v`.
  public static let parameterNames = ["r", "v"]
  /// The acceleration, world units per second squared.
  public static let gravity = Vector2(x: 0, y: -2.5)

  /// The way the object is thrown.
  public var direction: Heading
  /// The object's outline.
  public var shape: Shape
  /// The object's colour.
  public var color: BodyColor
  /// Frames of a scene.
  public var frames: Int
  /// Speeds one of which is drawn, evenly, for the rule of the start in place of the object's own;
  /// nil is the official rule.
  public var startSpeed: ClosedRange<Double>?

  /// A red disc thrown to the right for 32 frames from an official start unless told otherwise.
  public init(
    direction: Heading = .right, shape: Shape = .disc, color: BodyColor = .red, frames: Int = 32,
    startSpeed: ClosedRange<Double>? = nil
  ) {
    self.direction = direction
    self.shape = shape
    self.color = color
    self.frames = frames
    self.startSpeed = startSpeed
  }

  /// A red disc thrown to the right for 32 frames.
  public init() { self.init(direction: .right) }

  /// Direction, shape and colour, and the start speeds if there are any.
  public var variant: String {
    "\(direction.rawValue),\(shape.rawValue),\(color.rawValue)" + StartRule.text(startSpeed)
  }

  /// The scene of a radius `r` and a horizontal speed `v`.
  ///
  /// Draws the place along the motion as ``StartRule/along(radius:speed:startSpeed:unit:)`` says and
  /// then the height.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, speed) = try checkedRadiusAndSpeed(parameters, startSpeed: startSpeed)
    let along = StartRule.along(radius: radius, speed: speed, startSpeed: startSpeed, unit: unit)
    // Written as the official code rounds: 8.5 - radius differs in the last bit.
    let height = StartRule.uniform(9.5 - radius - 1, 9.5 - radius, unit)
    let isRight = direction == .right
    let body = Body(
      shape: shape, color: color, radius: radius,
      position: Vector2(x: isRight ? along : Scene.extent - along, y: height),
      velocity: Vector2(x: isRight ? speed : -speed, y: 0))
    let scene = Scene(bodies: [body], gravity: Parabola.gravity, frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks radius and speed; every combination has a scene.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checkedRadiusAndSpeed(parameters, startSpeed: startSpeed)
  }
}
