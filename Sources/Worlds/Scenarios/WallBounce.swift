/// A ball that bounces off a wall (paper, Figure 14).
///
/// Parameters: `r`, the radius, above 0 and below 2.5 world units; `v`, the speed to the right, above
/// 1 (the engine lets slower bodies stick) and up to 200 world units per second. The impact is
/// elastic. ``WallRule`` says where the wall stands and where the ball may start; 0.8·v + 2·r must
/// not exceed 9.5, and other parameters are refused. The paper gives no number: wall, start rule and
/// heights (those of ``UniformMotion``) are ours.
public struct WallBounce: Scenario {
  /// `wall_bounce`.
  public static let name = "wall_bounce"
  /// What happens.
  public static let summary = "one ball bouncing off a wall"
  /// `r` and `v`.
  public static let parameterNames = ["r", "v"]

  /// The ball's colour.
  public var color: BodyColor
  /// Frames of a scene.
  public var frames: Int

  /// A red ball for 32 frames unless told otherwise.
  public init(color: BodyColor = .red, frames: Int = 32) {
    self.color = color
    self.frames = frames
  }

  /// A red ball for 32 frames.
  public init() { self.init(color: .red) }

  /// The colour.
  public var variant: String { color.rawValue }

  /// The scene of a radius `r` and a speed `v`: the ball and the wall.
  ///
  /// Draws the way to the wall and the height.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, speed, ways) = try checked(parameters)
    let way = StartRule.uniform(ways.lowerBound, ways.upperBound, unit)
    let height = StartRule.uniform(radius + 0.5, 9.5 - radius, unit)
    let ball = Body(
      color: color, radius: radius,
      position: Vector2(x: WallRule.face - radius - way, y: height),
      velocity: Vector2(x: speed, y: 0))
    let scene = Scene(bodies: [ball, WallRule.wall()], frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks radius and speed, and that the ball has room to start.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private func checked(
    _ parameters: [String: Double]
  ) throws(SceneError) -> (radius: Double, speed: Double, ways: ClosedRange<Double>) {
    try requireParameters(parameters)
    let limit = StartRule.radiusLimit
    let radius = try require("r", of: parameters, "above 0 and below \(limit)") {
      $0 > 0 && $0 < limit
    }
    let speed = try requireBounce("v", of: parameters)
    let ways = try requireWays(radius: radius, speed: speed, of: parameters)
    return (radius, speed, ways)
  }
}
