/// Where two balls may start that are to meet in front of the wall of ``WallRule``.
///
/// Both are in view at the start and meet between 8 frames after it and 8 frames before the end of
/// 32. Call t the time of the impact and d the way that the blue ball then has to the wall. For a
/// collision without a bounce, d is more than the blue ball can go until the end. For a collision
/// with a bounce, the bounce comes at least a frame after the impact and at least 8 frames before
/// the end, and the blue ball does not meet the red one again before the end. All of these are
/// straight lines in t, so the times that leave a d are an interval: t is drawn evenly from it, then
/// d evenly from what t leaves.
struct ImpactBeforeWall {
  /// The slowest blue ball that is sent to the wall, world units per second: a little more than the
  /// engine's threshold, for the engine computes the speed in single precision.
  static let slowestBounce = 1.01
  /// World seconds of a video.
  private static let end = 3.2

  let event: CollisionThenBounce.Event
  let r1: Double
  let r2: Double
  let v1: Double
  let v2: Double

  /// A straight line: `value + slope · t`.
  private struct Line {
    var value: Double
    var slope: Double
    func at(_ time: Double) -> Double { value + slope * time }
  }

  /// The balls' velocities after an elastic head-on impact, to the right.
  var afterwards: (red: Double, blue: Double) {
    let (m1, m2) = (r1 * r1, r2 * r2)
    return (
      ((m1 - m2) * v1 - 2 * m2 * v2) / (m1 + m2), (2 * m1 * v1 + (m1 - m2) * v2) / (m1 + m2)
    )
  }

  /// Why there is no such scene; nil where there is one.
  var obstacle: String? {
    guard Float(v1) + Float(v2) > Float(Scene.officialRestitutionThreshold) else {
      return "balls that meet with \(v1 + v2) stick together; v1 + v2 must be above 1"
    }
    let blue = afterwards.blue
    if event == .both, blue < Self.slowestBounce {
      return "the blue ball leaves the impact with \(blue); it needs \(Self.slowestBounce) to the "
        + "right to bounce off the wall"
    }
    guard times == nil else { return nil }
    return event == .both
      ? "no start in view lets the balls meet, the blue one bounce and both stay apart until the end"
      : "no start in view lets the balls meet and keeps the blue one off the wall until the end"
  }

  /// Draws the centres of the red and the blue ball at the start.
  func places(unit: () -> Double) -> (x1: Double, x2: Double) {
    if event == .bounce {
      // Checked before: there are such ways.
      let ways = WallRule.ways(radius: r1, speed: v1) ?? 0...0
      return (WallRule.face - r1 - StartRule.uniform(ways.lowerBound, ways.upperBound, unit), 0)
    }
    let times = times ?? WallRule.earliest...WallRule.earliest
    let time = StartRule.uniform(times.lowerBound, times.upperBound, unit)
    let low = lowest.map { $0.at(time) }.max() ?? 0
    let high = highest.map { $0.at(time) }.min() ?? 0
    let meeting = WallRule.face - r2 - StartRule.uniform(low, max(low, high), unit)
    return (meeting - r1 - r2 - v1 * time, meeting + v2 * time)
  }

  /// The way to the wall is at least each of these.
  private var lowest: [Line] {
    let (red, blue) = afterwards
    let inView = Line(value: 0, slope: v2)
    if event == .collision {
      return [inView, Line(value: max(blue, 0) * Self.end, slope: -max(blue, 0))]
    }
    // After the bounce the balls close in at blue + red and meet again at t + 2d / (blue + red).
    let closing = max(red + blue, 0) / 2
    return [
      inView, Line(value: 0.1 * blue, slope: 0), Line(value: closing * Self.end, slope: -closing),
    ]
  }

  /// The way to the wall is at most each of these.
  private var highest: [Line] {
    let inView = Line(value: WallRule.face - 2 * (r1 + r2), slope: -v1)
    if event == .collision { return [inView] }
    let blue = afterwards.blue
    return [inView, Line(value: blue * WallRule.latest, slope: -blue)]
  }

  /// The times of the impact for which there is a way; nil where there is none.
  private var times: ClosedRange<Double>? {
    var (first, last) = (WallRule.earliest, WallRule.latest)
    for low in lowest {
      for high in highest {
        // low.at(t) ≤ high.at(t) is slope · t ≤ room.
        let slope = low.slope - high.slope
        let room = high.value - low.value
        if slope > 0 {
          last = min(last, room / slope)
        } else if slope < 0 {
          first = max(first, room / slope)
        } else if room < 0 {
          return nil
        }
      }
    }
    return first <= last ? first...last : nil
  }
}
