import Worlds

/// One free body without walls, measured without the released ruler's faults.
struct OneBodyLaw {
  let path: BodySightings
  let gravity: Vector2

  /// Adds the measures: speeds of the mean motion, and where there is gravity the vertical velocity
  /// and the acceleration along and across gravity.
  func add(to measures: inout [String: Double]) {
    let sights = path.sights(in: 0..<(.max))
    let velocity = MeanVelocity(fromFirstToLastOf: sights)
    measures["velocity_error.unbiased"] = velocity?.error ?? .nan
    measures["generated_speed.unbiased"] = velocity?.along ?? .nan
    measures["cross_speed.unbiased"] = velocity?.across ?? .nan
    measures["true_speed.unbiased"] = velocity?.trueSpeed ?? .nan
    guard gravity != .zero else { return }
    measures["vertical_velocity_error.unbiased"] =
      velocity.map { abs($0.seen.y - $0.truth.y) } ?? .nan
    let difference = Acceleration(sights).map { $0.seen - $0.truth }
    let down = VelocityError.direction(of: gravity)
    measures["acceleration_error.unbiased"] = difference.map { abs($0.dot(down)) } ?? .nan
    measures["cross_acceleration.unbiased"] =
      difference.map { $0.y * down.x - $0.x * down.y } ?? .nan
  }
}

/// Any number of bodies: each one's velocity error between its impacts.
struct ManyBodiesLaw {
  /// The free bodies, with their numbers in the scene.
  let paths: [(body: Int, path: BodySightings)]
  let flights: Flights

  /// Adds each body's error, the mean over its stretches weighted by their lengths, and the mean
  /// over the bodies. NaN where a body is never seen twice in a stretch.
  func add(to measures: inout [String: Double]) {
    var errors: [Double] = []
    for (body, path) in paths {
      var (sum, rows) = (0.0, 0)
      for stretch in flights.stretches(of: body) {
        guard let velocity = MeanVelocity(alongLineThrough: path.sights(in: stretch)) else {
          continue
        }
        sum += velocity.error * Double(velocity.rows)
        rows += velocity.rows
      }
      let error = sum / Double(rows)
      measures["velocity_error.body_\(body).unbiased"] = error
      // A body that never counts, because it is never wholly in view, has no part in the mean.
      if !path.frames.isEmpty { errors.append(error) }
    }
    measures["velocity_error.unbiased"] = errors.mean
  }
}
