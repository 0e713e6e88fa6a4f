/// What the judge lets pass. Lengths are world units (the picture is 10 wide), times seconds.
public struct JudgeLimits: Hashable, Codable, Sendable {
  /// Frames in a row that must show a fault of appearance or presence; default 2.
  public var frames = 2
  /// Farthest a body may be from its true place in `asTruth`; default 0.25, 3 pixels of 128.
  public var truth = 0.25
  /// Farthest a body may be from the best lawful motion; default 0.2.
  public var law = 0.2
  /// Length of a step beyond its neighbours that is a jump; default 0.5.
  public var jump = 0.5
  /// Depth to which bodies may overlap; default 0.2. The engine itself allows up to 0.01 s of motion.
  public var overlap = 0.2
  /// Distance at which bodies may be touching; default 0.25.
  public var contact = 0.25
  /// Smallest sudden change of velocity that counts, per second; default 0.5.
  public var velocity = 0.5
  /// Largest relative error of a radius; default 0.15.
  public var radius = 0.15
  /// Farthest a fixed body may be from its place, and its sides from their lengths; default 0.25.
  public var fixed = 0.25
  /// Share of a body's colour below which it has no clear colour; default 0.6.
  public var colorConfidence = 0.6
  /// How sure a wrong shape must be to count; default 0.2.
  public var shapeConfidence = 0.2
  /// Smallest surplus object, square world units; default 0.05.
  public var surplusArea = 0.05

  /// The default limits.
  public init() {}
}
