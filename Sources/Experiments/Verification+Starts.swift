import Datasets
import Worlds

extension Verification {
  /// Makes the scene anew from the reference's parameters and draws.
  static func compareStart(_ scene: GoldenScene, _ row: inout Row) throws {
    guard !scene.draws.isEmpty else { return }
    let scenario = scenario(of: scene)
    var parameters = ["r": scene.radii[0], "v": scene.speeds[0]]
    if scene.radii.count == 2, scene.speeds.count == 2 {
      parameters = ["r1": scene.radii[0], "r2": scene.radii[1], "v1": scene.speeds[0]]
      parameters["v2"] = scene.speeds[1]
    }
    var draws = scene.draws.map(\.u).makeIterator()
    let made: Scene?
    do {
      made = try scenario.scene(for: parameters, unit: { draws.next() ?? .nan })
    } catch {
      guard case SceneError.infeasible = error else { throw error }
      made = nil
    }
    if (made != nil) != scene.success {
      row.decisions += 1
      row.failures.append(
        "\(scene.id): \(scene.success ? "refused here" : "accepted here"), unlike the reference")
    }
    guard let made, scene.success else { return }
    var difference = made.bodies.count == scene.scene.bodies.count ? 0 : Double.infinity
    for (a, b) in zip(made.bodies, scene.scene.bodies) {
      difference = max(
        difference, abs(a.position.x - b.position.x), abs(a.position.y - b.position.y))
    }
    row.start = max(row.start, difference)
    if !(difference <= Tolerance.position) {
      row.failures.append("\(scene.id): the start differs by \(difference)")
    }
  }

  private static func scenario(of scene: GoldenScene) -> AnyScenario {
    let frames = scene.trajectory.frameCount
    let body = scene.scene.bodies[0]
    return switch scene.scenario {
    case "parabola":
      AnyScenario(
        Parabola(
          direction: scene.direction == .left ? .left : .right, shape: body.shape,
          color: body.color, frames: frames))
    case "collision": AnyScenario(Collision(frames: frames))
    case "collision_square_out_eval": AnyScenario(Collision(preFrames: 4, frames: frames))
    default:
      AnyScenario(
        UniformMotion(
          direction: scene.direction, shape: body.shape, color: body.color, frames: frames))
    }
  }
}
