/// How the official generators place a body that moves along one axis of the picture.
public enum StartRule {
  /// Frames for which the leading edge stays in view, where there is room for them.
  public static let framesInView = 24.0
  /// Radii must be below this, world units: beyond it the rule has no room.
  public static let radiusLimit = 2.5
  /// Where a body starts that is too fast or too large for the rule: within this of its nearest
  /// place, world units.
  public static let fallbackWidth = 0.5

  /// `u·(high - low) + low`, in the official order of operations, so equal draws give equal doubles.
  static func uniform(_ low: Double, _ high: Double, _ unit: () -> Double) -> Double {
    unit() * (high - low) + low
  }

  /// The place along the motion of a body that moves away from 0.
  ///
  /// Draws, in this order: a speed from `startSpeed` if there is one, which then replaces the body's
  /// own in the rule; the width of the fallback range if needed; the place.
  public static func along(
    radius: Double, speed: Double, startSpeed: ClosedRange<Double>? = nil, unit: () -> Double
  ) -> Double {
    let assumed = startSpeed.map { uniform($0.lowerBound, $0.upperBound, unit) } ?? speed
    // 24 frames of 10 steps of 0.01 s; another grouping of the product differs in the last bit.
    let way = framesInView * assumed * 0.01 * 10
    var farthest = Scene.extent - (way + radius)
    if farthest < radius { farthest = radius + uniform(0, fallbackWidth, unit) }
    return uniform(radius, farthest, unit)
  }

  /// The words for a range of start speeds in the text of a variant; none for the official rule.
  static func text(_ startSpeed: ClosedRange<Double>?) -> String {
    startSpeed.map { ",start=\($0.lowerBound)...\($0.upperBound)" } ?? ""
  }
}

extension Scenario {
  /// Checks the radius `r` and speed `v` of one body, and the speeds its start may be matched to.
  func checkedRadiusAndSpeed(
    _ parameters: [String: Double], startSpeed: ClosedRange<Double>?
  ) throws(SceneError) -> (radius: Double, speed: Double) {
    try requireParameters(parameters)
    let limit = StartRule.radiusLimit
    let radius = try require("r", of: parameters, "above 0 and below \(limit)") {
      $0 > 0 && $0 < limit
    }
    let speeds = 0...Scene.maximumSpeed
    let speed = try require("v", of: parameters, "0 to \(Scene.maximumSpeed)") {
      speeds.contains($0)
    }
    try require(startSpeed: startSpeed)
    return (radius, speed)
  }

  /// Checks the speeds that a start is matched to, where it is.
  func require(startSpeed: ClosedRange<Double>?) throws(SceneError) {
    let speeds = 0...Scene.maximumSpeed
    guard let range = startSpeed,
      !speeds.contains(range.lowerBound) || !speeds.contains(range.upperBound)
    else { return }
    throw .property(
      scenario: Self.name, name: "startSpeed", value: "\(range)",
      allowed: "a range within 0 to \(Scene.maximumSpeed)")
  }
}
