import Worlds

/// A body's acceleration: least squares of a parabola through its sights, each axis by itself.
struct Acceleration {
  /// The fewest sights that give one: a parabola through fewer mostly follows the noise.
  static let fewestSights = 6

  let seen, truth: Vector2

  /// Nil with too few sights.
  init?(_ sights: [BodySightings.Sighting]) {
    guard sights.count >= Acceleration.fewestSights else { return nil }
    let times = sights.map { Double($0.frame) * Scene.frameInterval }
    let middle = times.mean
    let offsets = times.map { $0 - middle }
    let count = Double(offsets.count)
    let square = offsets.reduce(0) { $0 + $1 * $1 }
    let cube = offsets.reduce(0) { $0 + $1 * $1 * $1 }
    // The parabola that is orthogonal to every straight line over these times.
    let bends = offsets.map { $0 * $0 - cube / square * $0 - square / count }
    let norm = bends.reduce(0) { $0 + $1 * $1 }
    func fit(_ place: (BodySightings.Sighting) -> Vector2) -> Vector2 {
      zip(sights, bends).reduce(.zero) { $0 + place($1.0) * (2 * $1.1 / norm) }
    }
    seen = fit { $0.seen.position }
    truth = fit(\.truth)
  }
}
