/// What the judge of combinatorial scenes lets pass. Lengths are scene units (the picture is 512
/// wide).
public struct CombinatorialLimits: Hashable, Codable, Sendable {
  /// Frames in a row that must show a fault of presence, size or place; default 2.
  public var frames = 2
  /// Farthest a body may be from its true place in `asTruth`; default 10.
  public var truth = 10.0
  /// Largest relative error of a body's size; default 0.12.
  public var size = 0.12
  /// Share of a body that stays that must be covered by some colour; default 0.75.
  public var fixedShare = 0.75
  /// Largest piece of a colour that belongs to no body, square scene units; default 60.
  public var surplus = 60.0
  /// Depth to which bodies may be in each other, unless they were deeper before; default 6. An impact
  /// may be deeper for a frame.
  public var overlap = 6.0
  /// Farthest a body may be from where the engine carries it in one frame; default 8.
  public var course = 8.0
  /// The same for three frames in a row; default 5. What hangs in the air stays 6.5 units above where
  /// gravity takes it.
  public var drift = 5.0
  /// Other starts that are tried before a body is off course; default 96.
  public var attempts = 96

  /// What pixels leave open of places and velocities, over that of exact pixels; default 1. Starts
  /// are varied by as much.
  public var blur = 1.0

  /// By how much more than others standing bars may leave their course; default 1. They are thin,
  /// alike, and stand close together.
  public var standingBars = 1.0

  /// The default limits.
  public init() {}

  /// The limits for videos that a codec has smeared by a pixel or so: wider where velocities are
  /// sought from what is seen, and with more starts tried.
  public var ofCodedVideos: CombinatorialLimits {
    var limits = self
    limits.size = max(size, 0.15)
    limits.surplus *= 1.5
    limits.course *= 1.25
    limits.drift *= 1.2
    limits.attempts *= 2
    limits.blur *= 1.25
    limits.standingBars *= 1.6
    return limits
  }
}
