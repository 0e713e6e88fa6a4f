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
public struct UniformMotion: Scenario {
  /// `uniform_motion`.
  public static let name = "uniform_motion"
  /// What happens.
  public static let summary = "one object at constant velocity"
  /// `r` and `v`.
  public static let parameterNames = ["r", "v"]
  /// Radii must be below this, world units: beyond it the rule for the start has no room.
  public static let radiusLimit = 2.5

  /// The way the object moves.
  public var direction: Direction
  /// The object's outline.
  public var shape: Shape
  /// The object's colour.
  public var color: BodyColor
  /// Frames of a scene.
  public var frames: Int

  /// A red disc moving right for 32 frames unless told otherwise.
  public init(
    direction: Direction = .right, shape: Shape = .disc, color: BodyColor = .red, frames: Int = 32
  ) {
    self.direction = direction
    self.shape = shape
    self.color = color
    self.frames = frames
  }

  /// A red disc moving right for 32 frames.
  public init() { self.init(direction: .right) }

  /// Direction, shape and colour.
  public var variant: String { "\(direction.rawValue),\(shape.rawValue),\(color.rawValue)" }

  /// The scene of a radius `r` and a speed `v`.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, speed) = try checked(parameters)
    let start = UniformMotion.start(radius: radius, speed: speed, unit: unit)
    let body = Body(
      shape: shape, color: color, radius: radius, position: placed(start),
      velocity: heading(speed))
    let scene = Scene(bodies: [body], frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks radius and speed; every combination has a scene.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private func checked(
    _ parameters: [String: Double]
  ) throws(SceneError) -> (radius: Double, speed: Double) {
    try requireParameters(parameters)
    let radius = try require("r", of: parameters, "above 0 and below \(Self.radiusLimit)") {
      $0 > 0 && $0 < Self.radiusLimit
    }
    let speed = try require("v", of: parameters, "0 to \(Scene.maximumSpeed)") {
      (0...Scene.maximumSpeed).contains($0)
    }
    return (radius, speed)
  }

  /// The start of a right-moving object: along the motion (x) and across it (y).
  ///
  /// Draws, in this order: the width of the fallback range if needed, the place along, the place
  /// across. The arithmetic follows the official order, so equal draws give equal doubles.
  public static func start(radius: Double, speed: Double, unit: () -> Double) -> Vector2 {
    func uniform(_ low: Double, _ high: Double) -> Double { unit() * (high - low) + low }
    // 24 frames of 10 steps of 0.01 s; another grouping of the product differs in the last bit.
    let way = 24 * speed * 0.01 * 10
    var farthest = Scene.extent - (way + radius)
    if farthest < radius { farthest = radius + uniform(0, 0.5) }
    let along = uniform(radius, farthest)
    let across = uniform(radius + 0.5, 9.5 - radius)
    return Vector2(x: along, y: across)
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
