import Worlds

/// When two bodies meet and how far apart they are then, read off their separation.
///
/// Before and after an impact without outer forces the separation along a fixed axis changes evenly:
/// two straight lines by least squares, with the split that fits best. The impact is where they
/// cross. Balls that pass through each other or never meet show one line, and no contact.
struct ContactFit {
  /// Seconds from frame 0.
  let time: Double
  /// Separation along the axis at that time, world units.
  let separation: Double

  /// The contact in a series of separations by frame; nil where there is none to see.
  ///
  /// Nil too with fewer than two values on either side of it, or where the lines cross more than a
  /// frame away from the split.
  init?(frames: [Int], separations: [Double]) {
    guard frames.count >= 4 else { return nil }
    let times = frames.map { Double($0) * Scene.frameInterval }
    var sums = [LineSums()]
    sums.reserveCapacity(times.count + 1)
    for (time, separation) in zip(times, separations) {
      sums.append(sums[sums.count - 1].adding(time, separation))
    }
    let all = sums[times.count]
    var (least, split) = (Double.infinity, 2)
    for place in 2...(times.count - 2) {
      let residual = sums[place].residual + (all - sums[place]).residual
      if residual < least { (least, split) = (residual, place) }
    }
    let before = sums[split]
    let after = all - before
    let change = after.slope - before.slope
    // Bodies that meet slow down or part; the released evaluator's smallest change.
    guard change > Flights.smallestJump else { return nil }
    let crossing = (before.value(at: 0) - after.value(at: 0)) / change
    let slack = Scene.frameInterval
    guard crossing >= times[split - 1] - slack, crossing <= times[split] + slack,
      // A place at the crossing itself lies on both lines and tells neither.
      times.count(where: { $0 < crossing - slack / 10 }) >= 2,
      times.count(where: { $0 > crossing + slack / 10 }) >= 2
    else { return nil }
    time = crossing
    separation = before.value(at: crossing)
  }
}

/// What is needed of some points to lay a straight line through them.
private struct LineSums {
  private var count = 0.0
  private var t = 0.0
  private var v = 0.0
  private var tt = 0.0
  private var tv = 0.0
  private var vv = 0.0

  func adding(_ time: Double, _ value: Double) -> LineSums {
    var sums = self
    sums.count += 1
    sums.t += time
    sums.v += value
    sums.tt += time * time
    sums.tv += time * value
    sums.vv += value * value
    return sums
  }

  static func - (all: LineSums, part: LineSums) -> LineSums {
    var rest = all
    rest.count -= part.count
    rest.t -= part.t
    rest.v -= part.v
    rest.tt -= part.tt
    rest.tv -= part.tv
    rest.vv -= part.vv
    return rest
  }

  private var spread: Double { tt - t * t / count }
  var slope: Double { (tv - t * v / count) / spread }
  func value(at time: Double) -> Double { v / count + slope * (time - t / count) }

  /// Sum of the squared distances from the line.
  var residual: Double {
    let product = tv - t * v / count
    return vv - v * v / count - product * product / spread
  }
}
