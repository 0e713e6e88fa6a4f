import Worlds

extension CollisionEvaluation {
  /// Which side of the impact a number belongs to.
  public enum Phase: String, CaseIterable, Hashable, Sendable {
    /// Before the impact.
    case pre
    /// After the impact.
    case post
  }

  /// Parsed horizontal velocities of a phase, row by row: `pre_x_vel` and `post_x_vel`.
  public func xVelocities(_ phase: Phase) -> [Pair<Double>] {
    rows(phase, of: Self.velocities(parsed.map { $0.map(\.x) }))
  }

  /// True horizontal velocities of a phase: `gt_pre_x_vel` and `gt_post_x_vel`.
  public func trueXVelocities(_ phase: Phase) -> [Pair<Double>] {
    rows(phase, of: Self.velocities(truth.map { $0.map(\.x) }))
  }

  /// `pre_x_err_avg`, `post_x_err_avg`: mean |x̂ − x| over frames and balls.
  ///
  /// The frame at the start of the impact's row is the last one before.
  public func xError(_ phase: Phase) -> Double {
    let cut = min(impactRow + 1, truth.count)
    let frames = phase == .pre ? 0..<cut : cut..<truth.count
    return frames.flatMap { frame in
      [
        abs(parsed[frame].red.x - truth[frame].red.x),
        abs(parsed[frame].blue.x - truth[frame].blue.x),
      ]
    }.mean
  }

  /// `pre_vel_err_avg`, `post_vel_err_avg`: mean |v̂ − v| over rows and balls.
  public func xVelocityError(_ phase: Phase) -> Double {
    zip(xVelocities(phase), trueXVelocities(phase)).flatMap { seen, actual in
      [abs(seen.red - actual.red), abs(seen.blue - actual.blue)]
    }.mean
  }

  /// `pre_vel_error`, `post_vel_error`: |mean v̂ − mean v| of each ball, averaged over the balls.
  public func velocityError(_ phase: Phase) -> Double {
    let (seen, actual) = (xVelocities(phase), trueXVelocities(phase))
    let red = abs(seen.map(\.red).mean - actual.map(\.red).mean)
    return (red + abs(seen.map(\.blue).mean - actual.map(\.blue).mean)) / 2
  }

  /// The paper's formula: mean |v̂ − v| over rows and balls, both components.
  ///
  /// Where a height was never seen the ball counts as having no vertical velocity, so that a lost
  /// ball raises the mean instead of dropping out of it.
  public func vectorVelocityError(_ phase: Phase) -> Double {
    let seen = rows(phase, of: Self.velocities(parsed.map { $0.map(\.y) }))
    let actual = rows(phase, of: Self.velocities(truth.map { $0.map(\.y) }))
    let (across, along) = (xVelocities(phase), trueXVelocities(phase))
    func distance(_ ball: KeyPath<Pair<Double>, Double>) -> [Double] {
      seen.indices.map { row in
        let rise = seen[row][keyPath: ball]
        return Vector2(
          x: across[row][keyPath: ball] - along[row][keyPath: ball],
          y: (rise.isNaN ? 0 : rise) - actual[row][keyPath: ball]
        ).length
      }
    }
    return (distance(\.red) + distance(\.blue)).mean
  }

  /// `pre_momentum_error_avg`, `post_momentum_error_avg`: mean over rows of the distance from the
  /// momentum that the scene was made with; r² is the mass, red moves right and blue left.
  public func momentumError(_ phase: Phase) -> Double {
    let mass = masses
    let made = mass.red * speeds.red - mass.blue * speeds.blue
    return xVelocities(phase).map { abs(mass.red * $0.red + mass.blue * $0.blue - made) }.mean
  }

  /// `pre_energy_error_avg`, `post_energy_error_avg`: mean over rows of the distance from the energy
  /// that the scene was made with. Impacts that are inelastic by the engine's rule raise it too.
  public func energyError(_ phase: Phase) -> Double {
    let mass = masses
    func energy(_ velocities: Pair<Double>) -> Double {
      mass.red * (velocities.red * velocities.red) / 2
        + mass.blue * (velocities.blue * velocities.blue) / 2
    }
    return xVelocities(phase).map { abs(energy($0) - energy(speeds)) }.mean
  }

  /// `delta_r`: the larger of the balls' ranges of parsed radius over the first five scored frames.
  ///
  /// A ball that is missing from the first frame on has no range. Python's `max` then answers with
  /// the red ball's range, whichever of the two is NaN.
  public var radiusSpread: Double {
    let first = parsed.prefix(5)
    let red = Self.range(first.map(\.red.radius))
    let blue = Self.range(first.map(\.blue.radius))
    return blue > red ? blue : red
  }

  /// A missing ball repeats its last radius, so NaN can only lead, where Python answers NaN too.
  private static func range(_ radii: [Double]) -> Double {
    guard !radii.contains(where: \.isNaN), let low = radii.min(), let high = radii.max() else {
      return .nan
    }
    return high - low
  }

  private var masses: Pair<Double> { radii.map { $0 * $0 } }

  private func rows(_ phase: Phase, of velocities: [Pair<Double>]) -> [Pair<Double>] {
    switch phase {
    case .pre: Array(velocities.prefix(max(impactRow, 0)))
    case .post: Array(velocities.dropFirst(impactRow + 1))
    }
  }
}
