/// Two balls in front of a wall: events one after the other (paper, Figure 14 right).
///
/// Two events train a model: the balls collide and do not reach the wall, and a lone red ball bounces
/// off the wall. The third tests it: the balls collide near the wall, then the blue one bounces off
/// it with unchanged speed. Every event shows the wall.
///
/// Parameters: `r1` and `r2`, the radii of the left red and the right blue ball, above 0 and below
/// 2.5 world units; `v1` and `v2`, their speeds towards each other, 0 to 200 world units per second
/// and together above 1 (the engine lets slower bodies stick). In the event `bounce` there is no blue
/// ball: `r2` and `v2` must be 0 and `v1` above 1. In the event `both` the blue ball must leave the
/// impact with at least 1.01. Both are in view at the start and meet between 8 frames after it and 8
/// frames before the end of 32; the blue ball's bounce comes at least a frame after that and as long
/// before the end, and the balls do not meet again. Parameters that leave no room for the event are
/// refused. The paper gives no number: all of this is ours.
public struct CollisionThenBounce: Scenario {
  /// What happens within 32 frames.
  public enum Event: String, Codable, CaseIterable, Sendable {
    /// The balls collide and none reaches the wall: half of the training set.
    case collision
    /// A red ball bounces off the wall: the other half.
    case bounce
    /// The balls collide, then the blue one bounces off the wall: the test.
    case both
  }

  /// `collision_then_bounce`.
  public static let name = "collision_then_bounce"
  /// What happens.
  public static let summary = "two balls meeting in front of a wall, and a bounce off it"
  /// `r1`, `r2`, `v1` and `v2`.
  public static let parameterNames = ["r1", "r2", "v1", "v2"]

  /// What happens.
  public var event: Event
  /// Frames of a scene.
  public var frames: Int

  /// An event of 32 frames unless told otherwise.
  public init(event: Event, frames: Int = 32) {
    self.event = event
    self.frames = frames
  }

  /// Collision and bounce in turn, within 32 frames.
  public init() { self.init(event: .both) }

  /// The event.
  public var variant: String { event.rawValue }

  /// The scene of two radii and two speeds: the red ball, the blue ball if there is one, the wall.
  ///
  /// Draws the time of the balls' impact and the way from it to the wall, or for a bounce the way to
  /// the wall; then the height.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let balls = try checked(parameters)
    let (x1, x2) = balls.places(unit: unit)
    let largest = max(balls.r1, balls.r2)
    let height = StartRule.uniform(largest + 0.5, 9.5 - largest, unit)
    var bodies = [
      Body(
        color: .red, radius: balls.r1, position: Vector2(x: x1, y: height),
        velocity: Vector2(x: balls.v1, y: 0))
    ]
    if event != .bounce {
      bodies.append(
        Body(
          color: .blue, radius: balls.r2, position: Vector2(x: x2, y: height),
          velocity: Vector2(x: -balls.v2, y: 0)))
    }
    let scene = Scene(bodies: bodies + [WallRule.wall()], frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks radii and speeds, and that there is room for the event.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private func checked(_ parameters: [String: Double]) throws(SceneError) -> ImpactBeforeWall {
    try requireParameters(parameters)
    let limit = StartRule.radiusLimit
    func radius(_ name: String) throws(SceneError) -> Double {
      try require(name, of: parameters, "above 0 and below \(limit)") { $0 > 0 && $0 < limit }
    }
    func nothing(_ name: String) throws(SceneError) -> Double {
      try require(name, of: parameters, "0, for there is no blue ball in the event bounce") {
        $0 == 0
      }
    }
    func speed(_ name: String) throws(SceneError) -> Double {
      try require(name, of: parameters, "0 to \(Scene.maximumSpeed)") {
        (0...Scene.maximumSpeed).contains($0)
      }
    }
    guard event != .bounce else {
      let balls = ImpactBeforeWall(
        event: event, r1: try radius("r1"), r2: try nothing("r2"),
        v1: try requireBounce("v1", of: parameters), v2: try nothing("v2"))
      _ = try requireWays(radius: balls.r1, speed: balls.v1, of: parameters)
      return balls
    }
    let balls = ImpactBeforeWall(
      event: event, r1: try radius("r1"), r2: try radius("r2"), v1: try speed("v1"),
      v2: try speed("v2"))
    if let reason = balls.obstacle {
      throw .infeasible(scenario: Self.name, parameters: parameters, reason: reason)
    }
    return balls
  }
}
