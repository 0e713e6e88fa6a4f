import Worlds

/// Two bodies that meet, measured without the released ruler's faults.
///
/// Nothing acts on the bodies but their impact: velocities are slopes of the straight lines through all
/// places before and through all places after the true impact, each body's while it is in view. The mass of a body is the square of
/// its true radius, as in the released evaluator. A number is NaN where a body is seen in fewer than
/// two frames of the phase, or where the truth has none such.
struct CollisionLaw {
  /// Velocities of both bodies in one phase.
  private struct Phase {
    let first, second: MeanVelocity
    let masses: (Double, Double)

    /// The unbiased velocity error, averaged over the bodies.
    var velocityError: Double { (first.error + second.error) / 2 }
    /// Mean speed across the true motion.
    var crossSpeed: Double { (abs(first.across) + abs(second.across)) / 2 }

    func momentum(_ velocity: (MeanVelocity) -> Vector2) -> Vector2 {
      velocity(first) * masses.0 + velocity(second) * masses.1
    }

    func energy(_ velocity: (MeanVelocity) -> Vector2) -> Double {
      func square(_ body: MeanVelocity) -> Double { velocity(body).dot(velocity(body)) }
      return (masses.0 * square(first) + masses.1 * square(second)) / 2
    }

    /// Σ m|v| of the truth: what momentum errors are shares of.
    var motion: Double { masses.0 * first.truth.length + masses.1 * second.truth.length }
    /// The same as seen.
    var seenMotion: Double { masses.0 * first.seen.length + masses.1 * second.seen.length }

    /// |P̂ − P| / Σ m|v|.
    var momentumError: Double {
      CollisionLaw.share((momentum(\.seen) - momentum(\.truth)).length, of: motion)
    }

    /// |Ê − E| / E.
    var energyError: Double {
      CollisionLaw.share(abs(energy(\.seen) - energy(\.truth)), of: energy(\.truth))
    }

    func closingSpeed(_ velocity: (MeanVelocity) -> Vector2, _ axis: Vector2) -> Double {
      (velocity(first) - velocity(second)).dot(axis)
    }
  }

  /// Distance of centres, in sums of radii, below which one body may hide some of the other.
  private static let hiding = 0.9

  /// The sights of either body in which neither hides the other.
  private let first, second: [BodySightings.Sighting]
  private let pre, post: Phase?
  /// The way from the first body to the second in the first true frame.
  private let axis: Vector2

  /// - Parameter impact: the first frame after the true impact; nil where the bodies never meet.
  init(_ first: BodySightings, _ second: BodySightings, impact: Int?, axis: Vector2) {
    let masses = (first.body.radius * first.body.radius, second.body.radius * second.body.radius)
    let overlaps = Self.overlaps(first, second)
    func sights(_ path: BodySightings, _ frames: Range<Int>) -> [BodySightings.Sighting] {
      let all = path.sights(in: frames)
      let clear = all.filter { !overlaps.contains($0.frame) }
      return clear.count > 1 ? clear : all
    }
    func phase(_ frames: Range<Int>) -> Phase? {
      guard let a = MeanVelocity(alongLineThrough: sights(first, frames)),
        let b = MeanVelocity(alongLineThrough: sights(second, frames))
      else { return nil }
      return Phase(first: a, second: b, masses: masses)
    }
    self.axis = axis
    self.first = sights(first, 0..<(.max))
    self.second = sights(second, 0..<(.max))
    pre = phase(0..<(impact ?? .max))
    post = impact.flatMap { phase($0..<(.max)) }
  }

  /// The frames in which the bodies are seen so close that one may hide some of the other. True
  /// bodies never are: they touch at a sum of radii, less the engine's slack.
  private static func overlaps(_ first: BodySightings, _ second: BodySightings) -> Set<Int> {
    let limit = hiding * (first.body.radius + second.body.radius)
    var places: [Int: Vector2] = [:]
    for (frame, object) in zip(first.frames, first.seen) { places[frame] = object?.position }
    return Set(
      zip(second.frames, second.seen).compactMap { frame, object in
        guard let object, let other = places[frame] else { return nil }
        return (object.position - other).length < limit ? frame : nil
      })
  }

  /// Adds the measures.
  func add(to measures: inout [String: Double]) {
    for (name, phase) in [("pre", pre), ("post", post)] {
      measures["velocity_error.\(name).unbiased"] = phase?.velocityError ?? .nan
      measures["cross_speed.\(name).unbiased"] = phase?.crossSpeed ?? .nan
      measures["momentum_error.\(name).unbiased"] = phase?.momentumError ?? .nan
      measures["energy_error.\(name).unbiased"] = phase?.energyError ?? .nan
    }
    measures["restitution_error.unbiased"] = restitutionError
    measures["momentum_change.unbiased"] = momentumChange
    measures["energy_change_error.unbiased"] = energyChangeError
    addContact(to: &measures)
  }

  /// Difference of what is seen and what is true of (speed of parting) / (speed of approach).
  private var restitutionError: Double {
    guard let pre, let post else { return .nan }
    func restitution(_ velocity: (MeanVelocity) -> Vector2) -> Double {
      Self.share(-post.closingSpeed(velocity, axis), of: pre.closingSpeed(velocity, axis))
    }
    return abs(restitution(\.seen) - restitution(\.truth))
  }

  /// |P̂ after − P̂ before| / Σ m|v̂ before|: whether the video conserves its own momentum.
  private var momentumChange: Double {
    guard let pre, let post else { return .nan }
    return Self.share((post.momentum(\.seen) - pre.momentum(\.seen)).length, of: pre.seenMotion)
  }

  /// Difference of what is seen and what is true of (energy after) / (energy before).
  private var energyChangeError: Double {
    guard let pre, let post else { return .nan }
    func change(_ velocity: (MeanVelocity) -> Vector2) -> Double {
      Self.share(post.energy(velocity), of: pre.energy(velocity))
    }
    return abs(change(\.seen) - change(\.truth))
  }

  /// The contact as seen against the contact in the truth, both by the same fit to the same frames.
  private func addContact(to measures: inout [String: Double]) {
    let others = Dictionary(second.map { ($0.frame, $0) }, uniquingKeysWith: { one, _ in one })
    let pairs = first.compactMap { sight in
      others[sight.frame].map { (first: sight, second: $0) }
    }
    let frames = pairs.map(\.first.frame)
    let truth = ContactFit(
      frames: frames, separations: pairs.map { ($0.second.truth - $0.first.truth).dot(axis) })
    let seen = ContactFit(
      frames: frames,
      separations: pairs.map { ($0.second.seen.position - $0.first.seen.position).dot(axis) })
    measures["contact_missed"] = truth == nil ? .nan : seen == nil ? 1 : 0
    var (time, distance) = (Double.nan, Double.nan)
    if let truth, let seen {
      time = abs(seen.time - truth.time)
      distance = abs(seen.separation - truth.separation)
    }
    measures["contact_time_error.unbiased"] = time
    measures["contact_distance_error.unbiased"] = distance
  }

  /// A quotient; NaN where nothing moves.
  private static func share(_ part: Double, of whole: Double) -> Double {
    abs(whole) > 1e-9 ? part / whole : .nan
  }
}
