/// The way an object moves across the picture.
public enum Direction: String, Codable, CaseIterable, Sendable {
  /// Left to right, the official default.
  case right
  /// Right to left.
  case left
  /// Bottom to top.
  case up
  /// Top to bottom.
  case down
}

/// One object moving at constant velocity (paper section 3; official `one_ball_uniform_motion`).
///
/// Parameters: `r`, the radius or half-side, above 0 and below 2.5 world units; `v`, the speed, 0
/// to 200 world units per second. The start is drawn so that the object's leading edge stays in view
/// for at least 24 frames; where it is too fast or too large for that, it starts within 0.5 of the
/// near edge and leaves early.
///
/// Slow objects may therefore start where no fast one does, and a model trained on fast ones meets
/// new places together with new speeds. With ``startSpeed`` the start is that of an object of
/// another speed, so that only the speed is new.
public struct UniformMotion: Scenario {
  /// `uniform_motion`.
  public static let name = "uniform_motion"
  /// What happens.
  public static let summary = "one object at constant velocity"
  /// `r` and `v`.
  public static let parameterNames = ["r", "v"]
  /// Radii must be below this, world units: beyond it the rule for the start has no room.
  public static let radiusLimit = StartRule.radiusLimit

  /// The way the object moves.
  public var direction: Direction
  /// The object's outline.
  public var shape: Shape
  /// The object's colour.
  public var color: BodyColor
  /// Frames of a scene.
  public var frames: Int
  /// Speeds one of which is drawn, evenly, for the rule of the start in place of the object's own;
  /// nil is the official rule.
  public var startSpeed: ClosedRange<Double>?

  /// A red disc moving right for 32 frames from an official start unless told otherwise.
  public init(
    direction: Direction = .right, shape: Shape = .disc, color: BodyColor = .red, frames: Int = 32,
    startSpeed: ClosedRange<Double>? = nil
  ) {
    self.startSpeed = startSpeed
    self.direction = direction
    self.shape = shape
    self.color = color
    self.frames = frames
  }

  /// A red disc moving right for 32 frames.
  public init() { self.init(direction: .right) }

  /// Direction, shape and colour, and the start speeds if there are any.
  public var variant: String {
    "\(direction.rawValue),\(shape.rawValue),\(color.rawValue)" + StartRule.text(startSpeed)
  }

  /// The scene of a radius `r` and a speed `v`.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, speed) = try checkedRadiusAndSpeed(parameters, startSpeed: startSpeed)
    let start = UniformMotion.start(
      radius: radius, speed: speed, startSpeed: startSpeed, unit: unit)
    let body = Body(
      shape: shape, color: color, radius: radius, position: placed(start),
      velocity: heading(speed))
    let scene = Scene(bodies: [body], frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks radius and speed; every combination has a scene.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checkedRadiusAndSpeed(parameters, startSpeed: startSpeed)
  }

  /// The start of a right-moving object: along the motion (x) and across it (y).
  ///
  /// Draws the place along the motion as ``StartRule/along(radius:speed:startSpeed:unit:)`` says and
  /// then the place across. The arithmetic follows the official order, so equal draws give equal
  /// doubles.
  public static func start(
    radius: Double, speed: Double, startSpeed: ClosedRange<Double>? = nil, unit: () -> Double
  ) -> Vector2 {
    let along = StartRule.along(radius: radius, speed: speed, startSpeed: startSpeed, unit: unit)
    return Vector2(x: along, y: StartRule.uniform(radius + 0.5, 9.5 - radius, unit))
  }

  private func placed(_ start: Vector2) -> Vector2 {
    switch direction {
    case .right: start
    case .left: Vector2(x: Scene.extent - start.x, y: start.y)
    case .up: Vector2(x: start.y, y: start.x)
    case .down: Vector2(x: start.y, y: Scene.extent - start.x)
    }
  }

  private func heading(_ speed: Double) -> Vector2 {
    switch direction {
    case .right: Vector2(x: speed, y: 0)
    case .left: Vector2(x: -speed, y: 0)
    case .up: Vector2(x: 0, y: speed)
    case .down: Vector2(x: 0, y: -speed)
    }
  }
}
