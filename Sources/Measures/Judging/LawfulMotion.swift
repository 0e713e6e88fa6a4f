import Worlds

/// Looks for a start of the scene's own bodies that leads to what the video shows.
///
/// What is known is the law: the bodies, gravity, and the engine. What is free is the state in the
/// first judged frame, fitted to the tracks. The engine then says what must follow, impacts included,
/// and the video is lawful if it stays near that. So a ball may have another speed than in truth, but
/// not another one after an impact than the impact gives it.
struct LawfulMotion {
  let video: JudgedVideo
  let paths: [BodyPath]

  init(_ video: JudgedVideo) {
    self.video = video
    paths = video.scene.bodies.indices.map { video.path(ofBody: $0) }
  }

  /// How well the best lawful motion does.
  struct Fit {
    /// Largest distance between a body and where the engine puts it, world units.
    var error: Double
    /// The body with that distance, and the first frame in which it is farther away than allowed.
    var body: Int
    var frame: Int
    /// The states in the first judged frame.
    var states: [FreeMotion]
  }

  /// The best lawful motion.
  func best() -> Fit {
    let states = starts()
    var best = fit(states, video.scene)
    guard best.error > video.limits.law else { return best }
    best = refined(best, video.scene)
    guard best.error > video.limits.law, video.scene.restitutionThreshold > 0 else { return best }
    // The engine lets slow bodies stick together; that they bounce is lawful too.
    var elastic = video.scene
    elastic.restitutionThreshold = 0
    let other = refined(fit(best.states, elastic), elastic)
    return other.error < best.error ? other : best
  }

  /// The states of all bodies in the first judged frame, from the longest free piece of each path.
  func starts() -> [FreeMotion] {
    video.scene.bodies.indices.map { body in
      let gravity = video.scene.gravity
      let frame = video.frames.lowerBound
      guard video.scene.bodies[body].mobility == .free, var motion = firstPiece(body) else {
        return FreeMotion(
          frame: frame, place: video.truth[frame: frame, body: body],
          velocity: video.truth.velocity(frame: frame, body: body) ?? .zero,
          acceleration: gravity)
      }
      motion = FreeMotion(
        frame: frame, place: motion.place(in: frame), velocity: motion.velocity(in: frame),
        acceleration: gravity)
      return motion
    }
  }

  /// The longest beginning of a path that is one free motion; nil for fewer than two points.
  func firstPiece(_ body: Int) -> FreeMotion? {
    let points = paths[body].points[...]
    var best: FreeMotion?
    var count = 2
    while count <= points.count {
      let piece = points.prefix(count)
      guard let motion = FreeMotion(fitting: piece, acceleration: video.scene.gravity),
        piece.allSatisfy({ motion.distance(to: $0) <= video.limits.law / 4 })
      else { break }
      best = motion
      count += 1
    }
    return best
  }

  /// Compares the video with what the engine makes of some states.
  func fit(_ states: [FreeMotion], _ scene: Scene) -> Fit {
    var fit = Fit(error: 0, body: 0, frame: video.frames.lowerBound, states: states)
    guard let trajectory = simulate(states, scene) else {
      fit.error = Scene.extent
      return fit
    }
    for (body, path) in paths.enumerated() where scene.bodies[body].mobility == .free {
      let distances = path.points.map { point in
        let place = trajectory[frame: point.frame - video.frames.lowerBound, body: body]
        return Vector2(x: point.place.x - place.x, y: point.place.y - place.y).length
      }
      guard let error = distances.max(), error > fit.error else { continue }
      let first = distances.firstIndex { $0 > video.limits.law } ?? 0
      (fit.error, fit.body, fit.frame) = (error, body, path.points[first].frame)
    }
    return fit
  }

  /// What follows from some states; nil where the engine refuses them, being too fast or too far.
  private func simulate(_ states: [FreeMotion], _ scene: Scene) -> Trajectory? {
    var start = scene
    start.frames = video.frames.count
    // Frame 0 of a trajectory is one step after the start.
    let step = Double(Simulator.timeStep)
    for (body, state) in states.enumerated() where scene.bodies[body].mobility == .free {
      let velocity = Vector2(
        x: state.velocity.x - step * state.acceleration.x,
        y: state.velocity.y - step * state.acceleration.y)
      start.bodies[body].position = Vector2(
        x: state.place.x - step * state.velocity.x, y: state.place.y - step * state.velocity.y)
      start.bodies[body].velocity = velocity
    }
    return try? Simulator().simulate(start)
  }
}

extension LawfulMotion {
  /// The fit after a few Gauss-Newton steps over place and velocity of every free body.
  func refined(_ start: Fit, _ scene: Scene) -> Fit {
    var best = start
    let free = scene.bodies.indices.filter {
      scene.bodies[$0].mobility == .free && paths[$0].points.count > 1
    }
    guard !free.isEmpty, free.count <= 4 else { return best }
    for _ in 0..<3 where best.error > video.limits.law / 2 {
      guard let states = step(from: best.states, free, scene) else { return best }
      let next = fit(states, scene)
      guard next.error < best.error else { return best }
      best = next
    }
    return best
  }

  /// One step: numerical derivatives of all distances, then the least-squares change.
  private func step(
    from states: [FreeMotion], _ free: [Int], _ scene: Scene
  ) -> [FreeMotion]? {
    guard let here = residuals(states, free, scene) else { return nil }
    var slopes: [[Double]] = []
    for index in 0..<free.count * 4 {
      let delta = index % 4 < 2 ? 0.01 : 0.02
      let changed = moved(states, free, index, by: delta)
      guard let there = residuals(changed, free, scene) else { return nil }
      slopes.append(zip(there, here).map { ($0 - $1) / delta })
    }
    var table = slopes.indices.map { row in
      slopes.indices.map { column in
        zip(slopes[row], slopes[column]).reduce(row == column ? 1e-6 : 0) { $0 + $1.0 * $1.1 }
      } + [-zip(slopes[row], here).reduce(0) { $0 + $1.0 * $1.1 }]
    }
    guard LinearSystem.reduce(&table) else { return nil }
    var result = states
    for index in table.indices {
      let change = table[index][table.count]
      guard change.isFinite, abs(change) < Scene.extent else { return nil }
      result = moved(result, free, index, by: change)
    }
    return result
  }

  /// The states with one number changed: x, y, vx, vy of the first free body, then of the next.
  private func moved(
    _ states: [FreeMotion], _ free: [Int], _ index: Int, by delta: Double
  ) -> [FreeMotion] {
    var states = states
    switch index % 4 {
    case 0: states[free[index / 4]].place.x += delta
    case 1: states[free[index / 4]].place.y += delta
    case 2: states[free[index / 4]].velocity.x += delta
    default: states[free[index / 4]].velocity.y += delta
    }
    return states
  }

  private func residuals(
    _ states: [FreeMotion], _ free: [Int], _ scene: Scene
  ) -> [Double]? {
    guard let trajectory = simulate(states, scene) else { return nil }
    return free.flatMap { body in
      paths[body].points.flatMap { point in
        let place = trajectory[frame: point.frame - video.frames.lowerBound, body: body]
        return [place.x - point.place.x, place.y - point.place.y]
      }
    }
  }
}
