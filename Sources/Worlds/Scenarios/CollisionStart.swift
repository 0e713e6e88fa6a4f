/// The official procedure that places two balls which are to meet, in its order of draws and of
/// operations.
///
/// The distance of the centres is drawn so that the balls meet between ``preFrames`` frames after
/// the start and 8 frames before the end of 32, as far as the picture is wide enough; then the place
/// of the left ball. Where the right ball has more than twice the radius of the left one they meet
/// sooner, by 1.25 times the smallest distance, and the right ball starts within half a unit of the
/// right edge. The mirror case has the same limit of the distance and takes a number that it does
/// not use: the official code overwrites that branch with the next.
public struct CollisionStart: Hashable, Sendable {
  /// Where the balls are, and whether the official code takes that for a good start.
  public struct Places: Hashable, Sendable {
    /// The centre of the left ball, world units.
    public var x1: Double
    /// The centre of the right ball, world units.
    public var x2: Double
    /// Whether they are far enough apart.
    public var accepted: Bool
  }

  /// The frames of the official videos, which the rule is made for whatever a scene's length.
  public static let officialFrames = 32
  /// The frames that are to follow the impact.
  public static let postFrames = 8
  /// Tries after which the official code gives up.
  public static let officialTries = 50

  /// Radius of the left ball, world units.
  public let r1: Double
  /// Radius of the right ball, world units.
  public let r2: Double
  /// Speed of the left ball to the right, world units per second.
  public let v1: Double
  /// Speed of the right ball to the left, world units per second.
  public let v2: Double
  /// Frames before the impact.
  public let preFrames: Int
  /// Speeds, world units per second; where given, the balls start only at distances from which two
  /// balls of these speeds may start too. Nil is the official rule.
  public let startSpeed: ClosedRange<Double>?

  /// The rule for two balls.
  public init(
    r1: Double, r2: Double, v1: Double, v2: Double, preFrames: Int = 8,
    startSpeed: ClosedRange<Double>? = nil
  ) {
    self.startSpeed = startSpeed
    self.r1 = r1
    self.r2 = r2
    self.v1 = v1
    self.v2 = v2
    self.preFrames = preFrames
  }

  /// The rule for the parameters of a ``Collision``; nil where one is missing.
  public init?(
    _ parameters: [String: Double], preFrames: Int = 8, startSpeed: ClosedRange<Double>? = nil
  ) {
    guard let r1 = parameters["r1"], let r2 = parameters["r2"], let v1 = parameters["v1"],
      let v2 = parameters["v2"]
    else { return nil }
    self.init(
      r1: r1, r2: r2, v1: v1, v2: v2, preFrames: preFrames, startSpeed: startSpeed)
  }

  /// Random numbers of one try.
  public var drawsPerTry: Int { r1 > 2 * r2 ? 3 : 2 }

  /// The width the earliest impact needs, world units: both balls at the edges of the picture.
  public var neededWidth: Double { 0.1 * Double(preFrames) * (v1 + v2) + 2 * (r1 + r2) }

  /// Whether the official code finds a start: the needed width does not exceed 10.
  ///
  /// Where it is 10 exactly, the official rounding decides, which may depend on the numbers drawn;
  /// such a scene counts as feasible if one of twelve representative tries is accepted. That agrees
  /// with the official code on all 3,984 equalities of its third collision grid.
  public var isFeasible: Bool { isFeasible(keepingExactFits: false) }

  /// As ``isFeasible``, or whether the needed width does not exceed 10 up to rounding.
  public func isFeasible(keepingExactFits: Bool) -> Bool {
    guard r1 > 0, r2 > 0, v1 >= 0, v2 >= 0, r1 + r2 < Collision.radiusLimit else { return false }
    if startSpeed != nil {
      let distances = self.distances
      guard distances.nearest < distances.farthest + 1e-9 else { return false }
    }
    let room = Scene.extent - neededWidth
    if abs(room) > 1e-9 { return room > 0 }
    if keepingExactFits { return true }
    for distance in [0.25, 0.5, 0.75] {
      for place in [0, 0.25, 0.5, 0.75] {
        var numbers = [place, distance, distance].prefix(drawsPerTry)
        if attempt(unit: { numbers.popLast() ?? 0 }).accepted { return true }
      }
    }
    return false
  }

  /// One try. Draws, in this order: an unused number if `r1` is above 2·`r2`, the distance, the
  /// place of the left ball.
  public func attempt(unit: () -> Double) -> Places {
    let speed = v1 + v2
    if r1 > 2 * r2 { _ = unit() }
    let (nearest, farthest) = distances
    let distance = StartRule.uniform(nearest, farthest, unit)
    let high = Scene.extent - r2 - distance
    let low = r2 > 2 * r1 ? high - 0.5 : r1
    let x1 = max(StartRule.uniform(low, high, unit), r1)
    let x2 = min(x1 + distance, Scene.extent - r2)
    let framesBefore = speed > 0 ? (x2 - x1 - r1 - r2) / speed / (0.01 * 10) : .infinity
    return Places(x1: x1, x2: x2, accepted: framesBefore >= Double(preFrames))
  }

  /// The least and the greatest distance of the centres at the start, world units.
  private var distances: (nearest: Double, farthest: Double) {
    let own = distances(speed: v1 + v2)
    guard let startSpeed else { return own }
    let slow = distances(speed: 2 * startSpeed.lowerBound)
    let fast = distances(speed: 2 * startSpeed.upperBound)
    return (max(own.nearest, slow.nearest), min(own.farthest, fast.farthest))
  }

  /// The official distances of balls that approach each other at a speed.
  private func distances(speed: Double) -> (nearest: Double, farthest: Double) {
    // The products are grouped as the official ones: other groupings differ in the last bit and
    // decide other exact equalities.
    let nearest = Double(preFrames) * speed * 0.01 * 10 + r1 + r2
    let afterwards = Double(CollisionStart.officialFrames - CollisionStart.postFrames)
    let areUnequal = r1 > 2 * r2 || r2 > 2 * r1
    let farthest = areUnequal ? nearest * 1.25 : afterwards * 0.01 * 10 * speed + r1 + r2
    return (nearest, min(farthest, Scene.extent - r1 - r2))
  }
}
