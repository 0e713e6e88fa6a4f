/// A ball falling on a gap between two blocks that is a little wider or narrower than the ball
/// (paper, Figure 16).
///
/// Parameters: `r`, the ball's radius, above 0 and below 2.25 world units; `excess`, the width of the
/// gap less the ball's diameter in pixels of the 256-pixel picture, -20 to 20. The ball falls through
/// if `excess` is above 0 and comes to rest in the gap if it is below; that is what cannot be seen
/// where `excess` is less than a pixel.
///
/// The engine decides as sharply as that. Of 2,000 random scenes each, all passed at every excess
/// above 0, down to 0.001, without touching a block, and all stopped at -0.15 and below. Between
/// -0.15 and 0 a ball may still be squeezed through, for the engine lets bodies overlap by 0.005
/// world units, an eighth of a pixel, on either side; at 0 it passes.
///
/// The paper gives no number. Ours: gravity 2.5 downwards as in ``Parabola``; black blocks between
/// the heights 3 and 4, from the gap to the edges of the picture; the gap's centre drawn so that each
/// block is at least a unit wide; the ball above it, at rest, its top within a unit of 9.5; no
/// restitution.
public struct Gap: Scenario {
  /// `gap`.
  public static let name = "gap"
  /// What happens.
  public static let summary = "a ball falling on a gap of nearly its own width"
  /// `r` and `excess`.
  public static let parameterNames = ["r", "excess"]
  /// Radii must be below this, world units: a larger ball would start on the blocks.
  public static let radiusLimit = 2.25
  /// Heights of the blocks' lower and upper faces, world units.
  public static let heights = 3.0...4.0
  /// Gaps may differ from the diameter by this much either way, pixels.
  public static let excessLimit = 20.0

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

  /// The scene of a radius `r` and an `excess` in pixels: the ball, the left and the right block.
  ///
  /// Draws the centre of the gap and the ball's height.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, width) = try checked(parameters)
    let centre = StartRule.uniform(1 + width / 2, Scene.extent - 1 - width / 2, unit)
    let height = StartRule.uniform(8.5 - radius, 9.5 - radius, unit)
    let (low, high) = (Gap.heights.lowerBound, Gap.heights.upperBound)
    let ball = Body(
      color: color, radius: radius, position: Vector2(x: centre, y: height), restitution: 0)
    let scene = Scene(
      bodies: [
        ball,
        .bar(from: Vector2(x: 0, y: low), to: Vector2(x: centre - width / 2, y: high)),
        .bar(from: Vector2(x: centre + width / 2, y: low), to: Vector2(x: Scene.extent, y: high)),
      ], gravity: Parabola.gravity, frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks the radius and that the gap is open and no wider than 8 world units.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private func checked(
    _ parameters: [String: Double]
  ) throws(SceneError) -> (radius: Double, width: Double) {
    try requireParameters(parameters)
    let radius = try require("r", of: parameters, "above 0 and below \(Self.radiusLimit)") {
      $0 > 0 && $0 < Self.radiusLimit
    }
    let limit = Self.excessLimit
    let excess = try require("excess", of: parameters, "\(-limit) to \(limit) pixels") {
      abs($0) <= limit
    }
    let width = 2 * radius + excess * Scene.pixel
    guard width > 0 else {
      throw .infeasible(
        scenario: Self.name, parameters: parameters,
        reason: "the gap would be \(width) wide; use a larger ball or a larger excess")
    }
    return (radius, width)
  }
}
