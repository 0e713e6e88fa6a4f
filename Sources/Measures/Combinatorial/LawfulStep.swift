import Combinatorial
import Foundation
import Worlds

/// Asks the engine what must follow from what a video shows, frame by frame.
///
/// Between two frames velocities are not seen. They are sought (shooting): a start from the earlier
/// frame that the engine carries to what the later frame shows, impacts included. From there it is
/// carried on, and the next frame must be near. Three families of starts are tried, and where none
/// does, small changes of them within what pixels leave open: a body is off course only if no start
/// explains it.
struct LawfulStep {
  let motion: SceneMotion
  let limits: CombinatorialLimits
  /// The size of each moving body, for turns; its turn's period, 0 where the turn is not seen.
  private let bodies: [(reach: Double, period: Double)]

  init(_ scene: CombinatorialScene, limits: CombinatorialLimits) throws(CombinatorialError) {
    motion = try SceneMotion(scene)
    self.limits = limits
    bodies = scene.dynamicIndices.map { index in
      let body = scene.bodies[index]
      let reach = body.shapes.reduce(0.0) { reach, shape in
        switch shape {
        case .circle(let radius): max(reach, radius)
        case .polygon(let corners): max(reach, corners.map(\.length).max() ?? 0)
        }
      }
      let period =
        switch body.objectType.form {
        case .ball: 0.0
        case .bar, .sticks: Double.pi
        case .jar: 2 * Double.pi
        }
      return (reach, period)
    }
  }

  /// How far each body is from where it must be.
  struct Outcome {
    /// Scene units, by body; the least that any lawful start leaves.
    var distances: [Double]
    /// The state in the middle frame that leaves least over all bodies, to go on from.
    var state: [BodyMotion]
  }

  /// Compares three frames with the engine.
  ///
  /// - Parameters:
  ///   - known: the state in the first frame as the frames before it say.
  ///   - first, second, third: what the frames show.
  func callAsFunction(
    known: [BodyMotion], _ first: [BodyMotion], _ second: [BodyMotion], _ third: [BodyMotion]
  ) throws(CombinatorialError) -> Outcome {
    var outcome: Outcome?
    var least = Double.infinity
    func consider(_ state: [BodyMotion]) throws(CombinatorialError) -> Bool {
      let carried = try motion.carry(state)
      let distances = zip(carried, third).enumerated().map { distance($1.0, $1.1, $0) }
      let total = distances.reduce(0) { $0 + min($1, 100) }
      let merged = outcome.map { zip($0.distances, distances).map(min) } ?? distances
      if total < least { (least, outcome) = (total, Outcome(distances: merged, state: state)) }
      outcome?.distances = merged
      return merged.allSatisfy { $0 <= limits.drift }
    }
    var middles: [[BodyMotion]] = []
    for start in [place(known, at: first), flying(first, second, forward: true)] {
      let middle = try shoot(from: start, to: second)
      middles.append(middle)
      if try consider(middle) { break }
    }
    if let found = outcome, found.distances.contains(where: { $0 > limits.drift }) {
      middles.append(flying(first, second, forward: false))
      if try !consider(middles[2]) { try explore(middles, consider) }
    }
    return outcome ?? Outcome(distances: third.map { _ in 0 }, state: second)
  }

  /// Small changes of places and velocities, within what pixels leave open.
  private func explore(
    _ middles: [[BodyMotion]], _ consider: ([BodyMotion]) throws(CombinatorialError) -> Bool
  ) throws(CombinatorialError) {
    var random = CounterRandom(recipe: "lawful-step", seed: 0, index: 0)
    for attempt in 0..<limits.attempts {
      let width = attempt.isMultiple(of: 2) ? 1.0 : 3.0
      func change(_ size: Double) -> Double {
        size * width * limits.blur * (2 * random.unit() - 1)
      }
      let changed = middles[attempt % middles.count].enumerated().map { body, state in
        var state = state
        state.pose.x += Float(change(0.3))
        state.pose.y += Float(change(0.3))
        state.pose.angle += Float(change(0.3 / bodies[body].reach))
        state.velocity.x += change(3)
        state.velocity.y += change(3)
        state.spin += change(3 / bodies[body].reach)
        return state
      }
      if try consider(changed) { return }
    }
  }

  /// A start in the first frame that the engine carries to the second: where it ends, with the places
  /// that are seen.
  private func shoot(
    from start: [BodyMotion], to second: [BodyMotion]
  ) throws(CombinatorialError) -> [BodyMotion] {
    var start = start
    var best = start
    var least = Double.infinity
    let interval = CombinatorialSimulator.frameInterval
    for _ in 0..<4 {
      let carried = try motion.carry(start)
      let error = zip(carried, second).enumerated().reduce(0) { sum, pair in
        sum + min(distance(pair.element.0, pair.element.1, pair.offset), 50)
      }
      if error < least { (least, best) = (error, carried) }
      if error < 0.5 * Double(second.count) { break }
      for body in start.indices {
        let (here, there) = (center(carried[body], body), center(second[body], body))
        start[body].velocity.x += (there.x - here.x) / interval
        start[body].velocity.y += (there.y - here.y) / interval
        start[body].spin += turn(carried[body], second[body], body) / interval
      }
    }
    return place(best, at: second)
  }

  /// Velocities of free flight between two frames, at the first or the second.
  func flying(
    _ first: [BodyMotion], _ second: [BodyMotion], forward: Bool
  ) -> [BodyMotion] {
    let interval = CombinatorialSimulator.frameInterval
    let fall = SceneMotion.gravity * interval / 2
    return first.indices.map { body in
      let (a, b) = (center(first[body], body), center(second[body], body))
      return BodyMotion(
        pose: forward ? first[body].pose : second[body].pose,
        velocity: Vector2(
          x: (b.x - a.x) / interval, y: (b.y - a.y) / interval + (forward ? fall : -fall)),
        spin: bodies[body].period > 0 ? turn(first[body], second[body], body) / interval : 0)
    }
  }

  /// Velocities of one state at the places of another.
  private func place(_ state: [BodyMotion], at seen: [BodyMotion]) -> [BodyMotion] {
    zip(state, seen).map {
      BodyMotion(pose: $1.pose, velocity: $0.velocity, spin: $0.spin)
    }
  }

  private func center(_ state: BodyMotion, _ body: Int) -> Vector2 {
    let angle = Double(state.pose.angle)
    let offset = motion.centers[body]
    return Vector2(
      x: Double(state.pose.x) + cos(angle) * offset.x - sin(angle) * offset.y,
      y: Double(state.pose.y) + sin(angle) * offset.x + cos(angle) * offset.y)
  }

  /// The shortest turn from one state to another that looks the same.
  private func turn(_ a: BodyMotion, _ b: BodyMotion, _ body: Int) -> Double {
    let period = bodies[body].period
    guard period > 0 else { return 0 }
    return remainder(Double(b.pose.angle) - Double(a.pose.angle), period)
  }

  /// How far two states of a body look apart: its place, and its ends by their turn.
  func distance(_ a: BodyMotion, _ b: BodyMotion, _ body: Int) -> Double {
    let (p, q) = (center(a, body), center(b, body))
    return max(
      Vector2(x: p.x - q.x, y: p.y - q.y).length, abs(turn(a, b, body)) * bodies[body].reach)
  }
}
