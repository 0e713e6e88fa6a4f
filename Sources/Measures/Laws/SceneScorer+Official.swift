import Videos
import Worlds

extension SceneScorer {
  /// What the released evaluator says, where it has a say: one free body, or two that collide.
  func addOfficial(
    _ video: Video, _ scene: Scene, _ truth: Trajectory, _ areas: [PixelArea?],
    to measures: inout [String: Double]
  ) throws {
    if scene.isOneFreeBody, scene.bodies[0].color != .black {
      let body = scene.bodies[0]
      let evaluation = try OneObjectEvaluation(
        video: video, truth: truth.path(ofBody: 0), radius: body.radius,
        speed: body.velocity.length, color: body.color, conditionFrames: conditionFrames,
        areas: areas)
      add(evaluation, falls: scene.gravity != .zero, to: &measures)
    } else if scene.isReleasedCollision {
      let evaluation = try CollisionEvaluation(
        video: video,
        truth: (0..<truth.frameCount).map { frame in
          .init(red: truth[frame: frame, body: 0], blue: truth[frame: frame, body: 1])
        },
        radii: .init(red: scene.bodies[0].radius, blue: scene.bodies[1].radius),
        speeds: .init(
          red: scene.bodies[0].velocity.length, blue: scene.bodies[1].velocity.length),
        conditionFrames: conditionFrames,
        areas: areas)
      add(evaluation, to: &measures)
    }
  }

  private func add(
    _ evaluation: OneObjectEvaluation, falls: Bool, to measures: inout [String: Double]
  ) {
    measures["velocity_error.official"] = evaluation.velocityError
    measures["velocity_error.per_frame"] = evaluation.vectorVelocityError
    measures["x_error.official"] = evaluation.xError
    measures["y_error.official"] = evaluation.yError
    measures["x_velocity_error.official"] = evaluation.xVelocityError
    measures["y_velocity_error.official"] = evaluation.yVelocityError
    measures["radius_range.official"] = evaluation.radiusSpread
    if falls { measures["vertical_velocity_error.per_frame"] = evaluation.verticalVelocityError }
  }

  private func add(_ evaluation: CollisionEvaluation, to measures: inout [String: Double]) {
    measures["radius_range.official"] = evaluation.radiusSpread
    for phase in CollisionEvaluation.Phase.allCases {
      let name = phase.rawValue
      measures["velocity_error.\(name).official"] = evaluation.velocityError(phase)
      measures["velocity_error.\(name).per_frame"] = evaluation.vectorVelocityError(phase)
      measures["x_error.\(name).official"] = evaluation.xError(phase)
      measures["x_velocity_error.\(name).official"] = evaluation.xVelocityError(phase)
      measures["momentum_error.\(name).official"] = evaluation.momentumError(phase)
      measures["energy_error.\(name).official"] = evaluation.energyError(phase)
    }
  }
}
