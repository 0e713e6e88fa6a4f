/// Two balls meeting head on (paper section 3; official `two_balls_collision`).
///
/// Parameters: `r1` and `r2`, the radii of the left red and the right blue ball, above 0 and
/// together below 5 world units; `v1` and `v2`, their speeds towards each other, 0 to 200 world units
/// per second. The balls start in view and apart, at least ``preFrames`` frames before they meet and
/// no farther than ``CollisionStart`` says. That is possible only where
/// 0.1·preFrames·(v1 + v2) + 2(r1 + r2) does not exceed 10; other parameters are refused, as the
/// official code drops them after trying for a while.
///
/// Slow balls start closer to each other than trained ones ever do. With ``startSpeed`` they start
/// only at distances that balls of other speeds have too, so that only their speed is new; where
/// they would then meet less than 8 frames before the end of 32 there is no scene.
///
/// Balls that meet with a relative speed of 1 or less stick together in the official data, because
/// Box2D takes slower impacts for resting contacts; ``elastic`` makes every impact elastic.
public struct Collision: Scenario {
  /// `collision`.
  public static let name = "collision"
  /// What happens.
  public static let summary = "two balls meeting head on"
  /// `r1`, `r2`, `v1` and `v2`.
  public static let parameterNames = ["r1", "r2", "v1", "v2"]
  /// The radii together must be below this, world units.
  public static let radiusLimit = 5.0

  /// Frames the balls need at least until they meet: 8, or 4 for the evaluations of the holes.
  public var preFrames: Int
  /// Whether slow impacts are elastic too, which the official ones are not.
  public var elastic: Bool
  /// Whether balls that fill the picture exactly are kept; the official rounding drops some of them.
  public var keepsExactFits: Bool
  /// Frames of a scene.
  public var frames: Int
  /// Speeds of balls that may start at the same distances; nil is the official rule.
  public var startSpeed: ClosedRange<Double>?

  /// Balls that meet after 8 frames or later, slow ones inelastically, for 32 frames unless told
  /// otherwise.
  public init(
    preFrames: Int = 8, elastic: Bool = false, keepsExactFits: Bool = false, frames: Int = 32,
    startSpeed: ClosedRange<Double>? = nil
  ) {
    self.startSpeed = startSpeed
    self.preFrames = preFrames
    self.elastic = elastic
    self.keepsExactFits = keepsExactFits
    self.frames = frames
  }

  /// Balls that meet after 8 frames or later, for 32 frames.
  public init() { self.init(preFrames: 8) }

  /// The frames before the impact, and `elastic`, `exact` and the start speeds where they are chosen.
  public var variant: String {
    "pre=\(preFrames)" + (elastic ? ",elastic" : "") + (keepsExactFits ? ",exact" : "")
      + StartRule.text(startSpeed)
  }

  /// The scene of two radii and two speeds.
  ///
  /// Draws what ``officialDraws(_:preFrames:)`` counts: an unused number if `r1` is above 2·`r2`, the
  /// distance, the place of the left ball, the height. The arithmetic follows the official order, so
  /// equal draws give equal doubles.
  public func scene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene {
    let start = try checked(parameters)
    return try scene(start, places: start.attempt(unit: unit), unit: unit)
  }

  /// The scene that the official code makes of the same numbers, or nil where it drops it.
  ///
  /// It differs from ``scene(for:unit:)`` in trying again, up to 50 times, where a start comes out
  /// too late by a rounding error; and parameters without a scene take numbers before they are
  /// dropped. Streams that repeat the official ones need both.
  public func officialScene(
    for parameters: [String: Double], unit: () -> Double
  ) throws(SceneError) -> Scene? {
    let start = try checkedRanges(parameters)
    var places = start.attempt(unit: unit)
    var failures = 0
    while !places.accepted {
      failures += 1
      if failures == CollisionStart.officialTries { break }
      places = start.attempt(unit: unit)
    }
    let scene = try scene(start, places: places, unit: unit)
    // The data sets drop scenes at 10 failures, the evaluations of the holes only at 50.
    return failures < (preFrames == 8 ? 10 : CollisionStart.officialTries) ? scene : nil
  }

  /// Checks that radii and speeds are allowed and leave room for a start.
  public func validate(_ parameters: [String: Double]) throws(SceneError) {
    _ = try checked(parameters)
  }

  /// Whether the official code keeps the scene of these parameters; false too where one is missing.
  public static func isFeasible(_ parameters: [String: Double], preFrames: Int = 8) -> Bool {
    guard let start = CollisionStart(parameters, preFrames: preFrames) else { return false }
    return start.isFeasible
  }

  /// How many random numbers the official code takes for a scene.
  ///
  /// A try takes 2, or 3 where `r1` is above 2·`r2`; the height takes one more. A scene that is kept
  /// needs one try, a dropped one has 50 failing ones and its height. 0 where a parameter is missing.
  public static func officialDraws(_ parameters: [String: Double], preFrames: Int = 8) -> Int {
    guard let start = CollisionStart(parameters, preFrames: preFrames) else { return 0 }
    return (start.isFeasible ? 1 : CollisionStart.officialTries) * start.drawsPerTry + 1
  }

  private func scene(
    _ start: CollisionStart, places: CollisionStart.Places, unit: () -> Double
  ) throws(SceneError) -> Scene {
    let largest = max(start.r1, start.r2)
    let height = StartRule.uniform(largest + 0.5, 9.5 - largest, unit)
    let scene = Scene(
      bodies: [
        Body(
          color: .red, radius: start.r1, position: Vector2(x: places.x1, y: height),
          velocity: Vector2(x: start.v1, y: 0)),
        Body(
          color: .blue, radius: start.r2, position: Vector2(x: places.x2, y: height),
          velocity: Vector2(x: -start.v2, y: 0)),
      ], frames: frames,
      restitutionThreshold: elastic ? 0 : Scene.officialRestitutionThreshold)
    try scene.validate()
    return scene
  }

  private func checked(_ parameters: [String: Double]) throws(SceneError) -> CollisionStart {
    let start = try checkedRanges(parameters)
    guard start.isFeasible(keepingExactFits: keepsExactFits) else {
      if let startSpeed, start.neededWidth < Scene.extent - 1e-9 {
        throw .infeasible(
          scenario: Self.name, parameters: parameters,
          reason: "from where balls of \(startSpeed) start these do not meet in time; use faster "
            + "balls or other start speeds")
      }
      throw .infeasible(
        scenario: Self.name, parameters: parameters,
        reason: "\(preFrames) frames before the impact need \(start.neededWidth) of the picture's "
          + "10 units; use smaller or slower balls, or fewer frames before the impact")
    }
    return start
  }

  private func checkedRanges(_ parameters: [String: Double]) throws(SceneError) -> CollisionStart {
    try requireParameters(parameters)
    guard (1...CollisionStart.officialFrames).contains(preFrames) else {
      throw .property(
        scenario: Self.name, name: "preFrames", value: "\(preFrames)",
        allowed: "1 to \(CollisionStart.officialFrames)")
    }
    let limit = Collision.radiusLimit
    let r1 = try require("r1", of: parameters, "above 0 and below \(limit)") {
      $0 > 0 && $0 < limit
    }
    let r2 = try require("r2", of: parameters, "above 0 and, with r1, below \(limit)") {
      $0 > 0 && r1 + $0 < limit
    }
    var speeds: [Double] = []
    for name in ["v1", "v2"] {
      speeds.append(
        try require(name, of: parameters, "0 to \(Scene.maximumSpeed)") {
          (0...Scene.maximumSpeed).contains($0)
        })
    }
    try require(startSpeed: startSpeed)
    return CollisionStart(
      r1: r1, r2: r2, v1: speeds[0], v2: speeds[1], preFrames: preFrames, startSpeed: startSpeed)
  }
}

extension Collision {
  private enum CodingKeys: String, CodingKey {
    case preFrames, elastic, keepsExactFits, frames, startSpeed
  }

  /// Reads a collision; `keepsExactFits` and `startSpeed` may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      preFrames: try values.decode(Int.self, forKey: .preFrames),
      elastic: try values.decode(Bool.self, forKey: .elastic),
      keepsExactFits: try values.decodeIfPresent(Bool.self, forKey: .keepsExactFits) ?? false,
      frames: try values.decode(Int.self, forKey: .frames),
      startSpeed: try values.decodeIfPresent(ClosedRange<Double>.self, forKey: .startSpeed))
  }
}
