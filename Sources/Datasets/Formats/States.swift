import Videos
import Worlds

extension SceneLabel {
  /// The trajectory of these labels over an array of states, (frames, bodies, 4).
  func trajectory(states: NumPyDoubles, at place: DatasetPlace) throws(DatasetError) -> Trajectory {
    let expected = [scene.frames, scene.bodies.count, 4]
    guard states.shape == expected else {
      throw place.error("its states have shape \(states.shape); the scene asks for \(expected)")
    }
    let values = states.values
    let rows = stride(from: 0, to: values.count, by: 4)
    // Where velocities are unknown they are stored as NaN.
    let velocities = rows.map { Vector2(x: values[$0 + 2], y: values[$0 + 3]) }
    return try trajectory(
      positions: rows.map { Vector2(x: values[$0], y: values[$0 + 1]) },
      velocities: velocities.allSatisfy(\.x.isNaN) ? [] : velocities, at: place)
  }
}

extension Trajectory {
  /// Positions and velocities, (frames, bodies, 4); NaN where velocities are unknown.
  var states: NumPyDoubles {
    var values: [Double] = []
    values.reserveCapacity(positions.count * 4)
    for (index, position) in positions.enumerated() {
      let velocity = velocities.isEmpty ? Vector2(x: .nan, y: .nan) : velocities[index]
      values += [position.x, position.y, velocity.x, velocity.y]
    }
    return NumPyDoubles(shape: [frameCount, bodyCount, 4], values: values)
  }
}
