import Worlds

/// The velocity of a body over a stretch of frames, as seen and in truth, from the same frames.
struct MeanVelocity {
  let seen, truth: Vector2
  /// Frames from the first to the last sight, the weight of this velocity in a mean.
  let rows: Int

  /// The mean of the velocities from sight to sight: the way from the first to the last over its
  /// time, all between cancels. Nil with fewer than two sights.
  init?(fromFirstToLastOf sights: [BodySightings.Sighting]) {
    guard let first = sights.first, let last = sights.last, last.frame > first.frame else {
      return nil
    }
    rows = last.frame - first.frame
    let duration = Double(rows) * Scene.frameInterval
    seen = (last.seen.position - first.seen.position) * (1 / duration)
    truth = (last.truth - first.truth) * (1 / duration)
  }

  /// The slope of the straight line through all sights, by least squares: the better ruler of a
  /// stretch in which nothing acts on the body. Nil with fewer than two sights.
  init?(alongLineThrough sights: [BodySightings.Sighting]) {
    guard let first = sights.first, let last = sights.last, last.frame > first.frame else {
      return nil
    }
    rows = last.frame - first.frame
    let middle = sights.reduce(0.0) { $0 + Double($1.frame) } / Double(sights.count)
    var spread = 0.0
    var (seen, truth) = (Vector2.zero, Vector2.zero)
    for sight in sights {
      let offset = (Double(sight.frame) - middle) * Scene.frameInterval
      spread += offset * offset
      seen = seen + (sight.seen.position - first.seen.position) * offset
      truth = truth + (sight.truth - first.truth) * offset
    }
    self.seen = seen * (1 / spread)
    self.truth = truth * (1 / spread)
  }

  /// The way of the true motion; along x for a body at rest, as the released code measures it.
  var direction: Vector2 { VelocityError.direction(of: truth) }
  /// Seen speed along the true motion.
  var along: Double { seen.dot(direction) }
  /// Seen speed across the true motion, positive to its left.
  var across: Double { seen.y * direction.x - seen.x * direction.y }
  /// True speed.
  var trueSpeed: Double { truth.dot(direction) }
  /// The unbiased velocity error: the difference of both speeds along the true motion.
  var error: Double { abs(along - trueSpeed) }
}

extension Vector2 {
  static func - (a: Vector2, b: Vector2) -> Vector2 { Vector2(x: a.x - b.x, y: a.y - b.y) }
  static func + (a: Vector2, b: Vector2) -> Vector2 { Vector2(x: a.x + b.x, y: a.y + b.y) }
  static func * (a: Vector2, factor: Double) -> Vector2 {
    Vector2(x: a.x * factor, y: a.y * factor)
  }

  /// The scalar product.
  func dot(_ other: Vector2) -> Double { x * other.x + y * other.y }
}
