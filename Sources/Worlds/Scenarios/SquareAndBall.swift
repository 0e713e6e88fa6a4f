/// A square in uniform motion above a ball that bounces off a wall: events side by side (paper,
/// Figure 14 left).
///
/// Two events train a model: the square moves while the ball rests, and the ball moves towards the
/// wall and bounces while the square rests. The third tests it: both at once. The blue square has
/// the upper half of the picture, the red ball and its wall the lower half; each keeps at least 0.25
/// from the middle line, so they never touch.
///
/// Parameters: `rs` and `rb`, half the square's side and the ball's radius, above 0 and below 2.25
/// world units; `vs` and `vb`, their speeds to the right. What rests in an event has speed 0 and
/// must be given as 0, so that labels and motion agree; a moving square has up to 200, a moving ball
/// above 1 (the engine lets slower ones stick) and 0.8·vb + 2·rb of at most 9.5 world units. The
/// paper gives no number: lanes, wall and start rules are ours. Along its lane the square starts as
/// in ``UniformMotion``, the moving ball as in ``WallBounce`` and the resting ball anywhere.
public struct SquareAndBall: Scenario {
  /// Which bodies move.
  public enum Event: String, Codable, CaseIterable, Sendable {
    /// The square moves and the ball rests: half of the training set.
    case squareMoves
    /// The ball bounces off the wall and the square rests: the other half.
    case ballBounces
    /// Both at once: the test.
    case both
  }

  /// `square_and_ball`.
  public static let name = "square_and_ball"
  /// What happens.
  public static let summary = "a square in uniform motion above a ball that bounces off a wall"
  /// `rs`, `vs`, `rb` and `vb`.
  public static let parameterNames = ["rs", "vs", "rb", "vb"]
  /// Radii must be below this, world units: a lane is 5 wide, with margins of 0.25.
  public static let radiusLimit = 2.25
  /// The height that separates the lanes, world units.
  public static let middle = 5.0

  /// Which bodies move.
  public var event: Event
  /// Frames of a scene.
  public var frames: Int

  /// An event of 32 frames unless told otherwise.
  public init(event: Event, frames: Int = 32) {
    self.event = event
    self.frames = frames
  }

  /// Both bodies move, for 32 frames.
  public init() { self.init(event: .both) }

  /// The event.
  public var variant: String { event.rawValue }

  /// The scene of two sizes and two speeds: the square, the ball and the wall.
  ///
  /// Draws the square's place as ``StartRule/along(radius:speed:startSpeed:unit:)`` says, its height,
  /// the ball's place and its height.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let sizes = try checked(parameters)
    let middle = SquareAndBall.middle
    func height(_ radius: Double, above floor: Double) -> Double {
      StartRule.uniform(floor + radius + 0.25, floor + middle - radius - 0.25, unit)
    }
    let square = Body(
      shape: .square, color: .blue, radius: sizes.rs,
      position: Vector2(
        x: StartRule.along(radius: sizes.rs, speed: sizes.vs, unit: unit),
        y: height(sizes.rs, above: middle)),
      velocity: Vector2(x: sizes.vs, y: 0))
    let way = StartRule.uniform(sizes.ways.lowerBound, sizes.ways.upperBound, unit)
    let ball = Body(
      color: .red, radius: sizes.rb,
      position: Vector2(x: WallRule.face - sizes.rb - way, y: height(sizes.rb, above: 0)),
      velocity: Vector2(x: sizes.vb, y: 0))
    let scene = Scene(bodies: [square, ball, WallRule.wall(to: middle)], frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks sizes and speeds, and that the ball has room to start.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private typealias Sizes = (
    rs: Double, vs: Double, rb: Double, vb: Double, ways: ClosedRange<Double>
  )

  private func checked(_ parameters: [String: Double]) throws(SceneError) -> Sizes {
    try requireParameters(parameters)
    let limit = SquareAndBall.radiusLimit
    var radii: [Double] = []
    for name in ["rs", "rb"] {
      radii.append(
        try require(name, of: parameters, "above 0 and below \(limit)") { $0 > 0 && $0 < limit })
    }
    let resting = "0, for it rests in the event \(event.rawValue)"
    let vs =
      event == .ballBounces
      ? try require("vs", of: parameters, resting) { $0 == 0 }
      : try require("vs", of: parameters, "above 0, to \(Scene.maximumSpeed)") {
        $0 > 0 && $0 <= Scene.maximumSpeed
      }
    if event == .squareMoves {
      let vb = try require("vb", of: parameters, resting) { $0 == 0 }
      return (radii[0], vs, radii[1], vb, 0...(WallRule.face - 2 * radii[1]))
    }
    let vb = try requireBounce("vb", of: parameters)
    let ways = try requireWays(radius: radii[1], speed: vb, of: parameters)
    return (radii[0], vs, radii[1], vb, ways)
  }
}
