import Worlds

/// What became of a body besides its motion: is it still there, and still itself?
struct Keeping {
  /// Frames in which the body counts, and in which it is not seen.
  private(set) var frames = 0
  private(set) var lost = 0
  /// Frames in which it is seen, in which its colour is right, and the sum of distances from the
  /// truth.
  private var seen = 0
  private var colored = 0
  private var distance = 0.0
  /// Frames in which the whole of it is seen, and in which its shape is right.
  private var whole = 0
  private var shaped = 0
  /// |mean radius / true radius − 1| and largest minus smallest radius; NaN when never seen whole.
  private(set) var radiusError = Double.nan
  private(set) var radiusDrift = Double.nan

  /// Nothing yet: the start of a sum.
  private init() {}

  init(_ path: BodySightings) {
    frames = path.frames.count
    var (sum, low, high) = (0.0, Double.infinity, -Double.infinity)
    for (object, truth) in zip(path.seen, path.truth) {
      guard let object else {
        lost += 1
        continue
      }
      seen += 1
      if object.color == path.body.color { colored += 1 }
      distance += (object.position - truth).length
      // The border cuts shapes and radii; of a body that is cut in truth they cannot be told.
      guard object.isWhole, path.isWhole else { continue }
      whole += 1
      if object.shape == path.body.shape { shaped += 1 }
      sum += object.radius
      low = min(low, object.radius)
      high = max(high, object.radius)
    }
    if whole > 0 {
      radiusError = abs(sum / Double(whole) / path.body.radius - 1)
      radiusDrift = high - low
    }
  }

  /// All bodies together: frames are pooled, the radius error is the mean over the bodies and the
  /// drift the largest. NaN as soon as one body's is.
  static func together(_ bodies: [Keeping]) -> Keeping {
    var sum = Keeping()
    for body in bodies {
      sum.frames += body.frames
      sum.lost += body.lost
      sum.seen += body.seen
      sum.colored += body.colored
      sum.distance += body.distance
      sum.whole += body.whole
      sum.shaped += body.shaped
    }
    sum.radiusError = bodies.map(\.radiusError).mean
    let drifts = bodies.map(\.radiusDrift)
    sum.radiusDrift = drifts.contains(where: \.isNaN) ? .nan : drifts.max() ?? .nan
    return sum
  }

  /// Adds the measures; `part` is empty or names the body.
  func add(to measures: inout [String: Double], part: String = "") {
    func share(_ count: Int, _ total: Int) -> Double { Double(count) / Double(total) }
    measures["lost_share" + part] = share(lost, frames)
    measures["color_share" + part] = share(colored, seen)
    measures["shape_share" + part] = share(shaped, whole)
    measures["track_error" + part] = distance / Double(seen)
    measures["radius_error" + part] = radiusError
    measures["radius_drift" + part] = radiusDrift
  }
}
