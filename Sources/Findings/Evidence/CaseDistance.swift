import Measures
import Worlds

/// How far a generated trajectory is from others: from the truth, and from the nearest training case.
///
/// The root of the mean over bodies and frames of |Δx|² + Δr², world units, where a body of another colour or shape
/// adds 1 to the square. Only generated frames in which the body is seen as a whole count. A ball that runs at a
/// trained speed is near a case however wrong it is; one that obeys the law is near the truth.
public struct CaseDistance: Sendable {
  /// A trajectory as numbers.
  struct Path: Sendable {
    /// `[body][frame]`, x and y one after the other.
    var places: [[Float]]
    var bodies: [Body]
  }

  private let cases: [Path]
  private let conditionFrames: Int

  /// Simulates training scenes for comparison.
  ///
  /// - Parameters:
  ///   - scenes: as they start.
  ///   - frames: how many frames are compared.
  /// - Throws: `SceneError`.
  public init(_ scenes: [Scene], frames: Int, conditionFrames: Int = 3) throws {
    self.conditionFrames = conditionFrames
    cases = try scenes.map { scene in
      var scene = scene
      scene.frames = frames
      return Self.path(of: scene, try Simulator().simulate(scene))
    }
  }

  private static func path(of scene: Scene, _ trajectory: Trajectory) -> Path {
    let free = scene.bodies.indices.filter { scene.bodies[$0].mobility == .free }
    return Path(
      places: free.map { body in
        trajectory.path(ofBody: body).flatMap { [Float($0.x), Float($0.y)] }
      }, bodies: free.map { scene.bodies[$0] })
  }

  /// The distances of what was seen of a scene's free bodies.
  ///
  /// - Parameter tracks: `[body][frame]` of the free bodies.
  /// - Returns: NaN where nothing is seen, or where no case has as many bodies.
  public func distances(
    of tracks: [[SeenObject?]], scene: Scene, truth: Trajectory
  ) -> (truth: Double, nearestCase: Double) {
    let seen = tracks.map { track in
      track.enumerated().compactMap { frame, object in
        object.flatMap { frame >= conditionFrames && $0.isWhole ? Seen(frame, $0) : nil }
      }
    }
    guard !seen.contains(where: \.isEmpty) else { return (.nan, .nan) }
    let own = Self.path(of: scene, truth)
    let looks = seen.map(Look.init)
    var nearest = Double.infinity
    for path in cases where path.places.count == seen.count {
      nearest = min(nearest, Self.square(seen, looks, path, below: nearest))
    }
    return (
      Self.square(seen, looks, own, below: .infinity).squareRoot(),
      nearest.isFinite ? nearest.squareRoot() : .nan
    )
  }

  private struct Seen {
    var frame: Int
    var x, y: Float
    var object: SeenObject

    init(_ frame: Int, _ object: SeenObject) {
      self.frame = frame
      x = Float(object.position.x)
      y = Float(object.position.y)
      self.object = object
    }
  }

  /// What most frames show of a body.
  private struct Look {
    var radius: Double
    var color: BodyColor
    var shape: Shape

    init(_ seen: [Seen]) {
      radius = seen.reduce(0) { $0 + $1.object.radius } / Double(seen.count)
      color = Majority.of(seen.map(\.object.color)) ?? .red
      shape = Majority.of(seen.map(\.object.shape)) ?? .disc
    }
  }

  /// The square of the distance, or anything larger than `limit` as soon as it is.
  private static func square(
    _ seen: [[Seen]], _ looks: [Look], _ path: Path, below limit: Double
  ) -> Double {
    var sum = 0.0
    let bodies = Double(seen.count)
    for body in seen.indices {
      let (look, other) = (looks[body], path.bodies[body])
      let radius = look.radius - other.radius
      sum += radius * radius
      if look.color != other.color { sum += 1 }
      if look.shape != other.shape { sum += 1 }
      if sum / bodies > limit { return sum / bodies }
      var way: Float = 0
      let places = path.places[body]
      for sight in seen[body] where 2 * sight.frame + 1 < places.count {
        let dx = sight.x - places[2 * sight.frame]
        let dy = sight.y - places[2 * sight.frame + 1]
        way += dx * dx + dy * dy
      }
      sum += Double(way) / Double(seen[body].count)
    }
    return sum / bodies
  }
}

/// The value that comes most often.
enum Majority {
  /// Nil without values; of equals the one that came first.
  static func of<Value: Hashable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max()
    return values.first { counts[$0] == most }
  }
}
