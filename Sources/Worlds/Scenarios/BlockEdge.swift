/// A ball landing on the edge of a block (paper, Figure 16).
///
/// Parameters: `r`, the ball's radius, above 0 and below 2.25 world units; `offset`, how far its
/// centre is outside the block's right face in pixels of the 256-pixel picture, -20 to 20 and less
/// than the radius. Inside (below 0) the ball comes to rest on the block; outside it tips off.
///
/// The engine rounds the block's edge by its skin of 0.01 world units, a quarter of a pixel, so the
/// outcome changes at an offset of -0.255: below, the ball does not move sideways at all; above, it
/// rolls off, the faster the larger the offset and the smaller the ball. In 2,000 random scenes each,
/// balls of a radius of 0.4 to 1.4 moved sideways within 32 frames by more than 2 pixels at offset 0,
/// more than 4 at 0.25 and more than 11 at 1; between -0.255 and 0 it may be less than a pixel.
///
/// The paper gives no number. Ours: gravity 2.5 downwards as in ``Parabola``; a black block between
/// the heights 3 and 4, from the left edge of the picture to a face drawn between x = 3 and 6; the
/// ball at rest, 0.5 to 1.5 above the block; no restitution.
public struct BlockEdge: Scenario {
  /// `block_edge`.
  public static let name = "block_edge"
  /// What happens.
  public static let summary = "a ball landing on the edge of a block"
  /// `r` and `offset`.
  public static let parameterNames = ["r", "offset"]
  /// Radii must be below this, world units.
  public static let radiusLimit = 2.25
  /// Heights of the block's lower and upper face, world units.
  public static let heights = 3.0...4.0
  /// The ball's centre may be this far from the block's face either way, pixels.
  public static let offsetLimit = 20.0
  /// The offset from which a ball tips off, pixels.
  public static let tippingOffset = -0.01 / Scene.pixel

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

  /// The scene of a radius `r` and an `offset` in pixels: the ball and the block.
  ///
  /// Draws the place of the block's face and the height from which the ball falls.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let (radius, offset) = try checked(parameters)
    let face = StartRule.uniform(3, 6, unit)
    let (low, high) = (BlockEdge.heights.lowerBound, BlockEdge.heights.upperBound)
    let height = high + radius + StartRule.uniform(0.5, 1.5, unit)
    let ball = Body(
      color: color, radius: radius,
      position: Vector2(x: face + offset * Scene.pixel, y: height), restitution: 0)
    let scene = Scene(
      bodies: [ball, .bar(from: Vector2(x: 0, y: low), to: Vector2(x: face, y: high))],
      gravity: Parabola.gravity, frames: frames)
    try scene.validate()
    return scene
  }

  /// Checks the radius and that the ball lands on the block.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  private func checked(
    _ parameters: [String: Double]
  ) throws(SceneError) -> (radius: Double, offset: Double) {
    try requireParameters(parameters)
    let radius = try require("r", of: parameters, "above 0 and below \(Self.radiusLimit)") {
      $0 > 0 && $0 < Self.radiusLimit
    }
    let limit = Self.offsetLimit
    let offset = try require("offset", of: parameters, "\(-limit) to \(limit) pixels") {
      abs($0) <= limit
    }
    guard offset * Scene.pixel < radius else {
      throw .infeasible(
        scenario: Self.name, parameters: parameters,
        reason: "the ball would miss the block; use an offset below \(radius / Scene.pixel) pixels")
    }
    return (radius, offset)
  }
}
