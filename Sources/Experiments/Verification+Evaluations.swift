import Datasets
import Measures
import Videos
import Worlds

extension Verification {
  /// Numbers under the name that a failure is told by: those found here and those expected.
  private typealias Pairs = [(name: String, found: [Double], expected: [Double])]

  /// Evaluates a recorded video as the released code did and compares every number.
  static func compare(
    _ evaluation: GoldenEvaluation, _ scene: GoldenScene, _ reference: GoldenReference,
    _ row: inout Row
  ) throws {
    row.evaluations += 1
    let video = try reference.video(evaluation.frames).prefix(frames: evaluation.frameCount)
    let truth = scene.trajectory.prefix(evaluation.frameCount)
    let pairs: Pairs
    do {
      switch evaluation.result {
      case .oneObject(let expected):
        pairs = Self.pairs(
          try OneObjectEvaluation(
            video: video, truth: truth.path(ofBody: 0), initVector: evaluation.initial), expected)
      case .collision(let expected):
        pairs = Self.pairs(
          try CollisionEvaluation(video: video, truth: truth, initVector: evaluation.initial),
          expected)
      case .error:
        _ = try OneObjectEvaluation(
          video: video, truth: truth.path(ofBody: 0), initVector: evaluation.initial)
        row.failures.append("\(evaluation.id): the reference raised an error, this build did not")
        return
      }
    } catch {
      if case .error = evaluation.result { return }
      row.failures.append("\(evaluation.id): \(error)")
      return
    }
    for (name, found, expected) in pairs {
      let difference = relative(found, expected)
      row.measure = max(row.measure, difference)
      if !(difference <= Tolerance.measure) {
        row.failures.append("\(evaluation.id): \(name) differs by \(difference) relative")
      }
    }
  }

  private static func pairs(_ found: OneObjectEvaluation, _ expected: GoldenOneObject) -> Pairs {
    [
      ("x", found.xPositions, expected.x), ("y", found.yPositions, expected.y),
      ("radius", found.radii, expected.radius),
      ("x velocity", found.xVelocities, expected.xVelocity),
      ("y velocity", found.yVelocities, expected.yVelocity),
      ("x error", [found.xError], [expected.meanXError]),
      ("y error", [found.yError], [expected.meanYError]),
      ("x velocity error", [found.xVelocityError], [expected.meanXVelocityError]),
      ("y velocity error", [found.yVelocityError], [expected.meanYVelocityError]),
      ("radius range", [found.radiusSpread], [expected.radiusRange]),
      ("velocity error", [found.velocityError], [expected.velocityError]),
    ]
  }

  private static func pairs(_ found: CollisionEvaluation, _ expected: GoldenCollision) -> Pairs {
    func numbers(_ rows: [CollisionEvaluation.Pair<Double>]) -> [Double] {
      rows.flatMap { [$0.red, $0.blue] }
    }
    let parsed = found.parsed.flatMap { pair in
      [pair.red, pair.blue].flatMap { [$0.x, $0.y, $0.radius] }
    }
    return [
      ("parsed balls", parsed, expected.parsed.flatMap { $0.flatMap(\.self) }),
      (
        "velocity before", numbers(found.xVelocities(.pre)), expected.velocityBefore.flatMap(\.self)
      ),
      (
        "velocity after", numbers(found.xVelocities(.post)), expected.velocityAfter.flatMap(\.self)
      ),
      (
        "true velocity before", numbers(found.trueXVelocities(.pre)),
        expected.trueVelocityBefore.flatMap(\.self)
      ),
      (
        "true velocity after", numbers(found.trueXVelocities(.post)),
        expected.trueVelocityAfter.flatMap(\.self)
      ),
      ("radius range", [found.radiusSpread], [expected.radiusRange]),
      (
        "x error", [found.xError(.pre), found.xError(.post)],
        [expected.meanXErrorBefore, expected.meanXErrorAfter]
      ),
      (
        "x velocity error", [found.xVelocityError(.pre), found.xVelocityError(.post)],
        [expected.meanVelocityErrorBefore, expected.meanVelocityErrorAfter]
      ),
      (
        "velocity error", [found.velocityError(.pre), found.velocityError(.post)],
        [expected.velocityErrorBefore, expected.velocityErrorAfter]
      ),
      (
        "momentum error", [found.momentumError(.pre), found.momentumError(.post)],
        [expected.meanMomentumErrorBefore, expected.meanMomentumErrorAfter]
      ),
      (
        "energy error", [found.energyError(.pre), found.energyError(.post)],
        [expected.meanEnergyErrorBefore, expected.meanEnergyErrorAfter]
      ),
    ]
  }

  /// Largest difference relative to the larger of the reference's value and 0.1; NaN only equals NaN.
  private static func relative(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0.0) { largest, pair in
      if pair.0.isNaN || pair.1.isNaN {
        return pair.0.isNaN && pair.1.isNaN ? largest : .infinity
      }
      return max(largest, abs(pair.0 - pair.1) / max(abs(pair.1), 0.1))
    }
  }
}
