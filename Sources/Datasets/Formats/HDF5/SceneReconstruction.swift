import Worlds

/// Guesses the scene behind a row of an official file, which holds positions and parameters only.
///
/// The start is the first position minus one physics step. Gravity and direction are read off the
/// first frames, so a scene whose body hits something that the file does not show is guessed wrong.
struct SceneReconstruction {
  private static let gravity = -2.5
  private static let step = 0.01
  /// Gravity bends a path by this much from frame to frame, world units.
  private static let bend = gravity * Scene.frameInterval * Scene.frameInterval

  /// What the columns of the row mean.
  var columns: OfficialColumns

  /// The columns of a file, from their number, the number of bodies, and the first rows.
  init?(columnCount: Int, bodies: Int, rows: [[Double]]) {
    switch (columnCount, bodies) {
    case (2, 1): columns = .motion
    case (3, 1):
      // A third column of nothing but 0 and 1 is a colour; else it is the speed of an object.
      columns = rows.allSatisfy { $0[2] == 0 || $0[2] == 1 } ? .motionColor : .object
    case (4, 1): columns = .motionColorShape
    case (4, 2): columns = .collision
    default: return nil
    }
  }

  /// The labels of one row; nil when the numbers are none that the scripts write.
  func label(index: Int, row: [Double], positions: [Vector2], frames: Int) -> SceneLabel? {
    guard row.allSatisfy(\.isFinite), positions.allSatisfy(\.isFinite) else { return nil }
    var label: SceneLabel
    switch columns {
    case .collision:
      label = collision(row, positions, frames)
    case .motion, .motionColor, .motionColorShape, .object:
      label = motion(row, positions, frames)
    case .parameters: return nil
    }
    label.index = index
    label.isReconstructed = true
    do { try label.scene.validate() } catch { return nil }
    return label
  }

  private func collision(_ row: [Double], _ positions: [Vector2], _ frames: Int) -> SceneLabel {
    func ball(_ color: BodyColor, _ radius: Double, _ place: Vector2, _ velocity: Double) -> Body {
      Body(
        color: color, radius: radius,
        position: Vector2(x: place.x - Self.step * velocity, y: place.y),
        velocity: Vector2(x: velocity, y: 0))
    }
    let scene = Scene(
      bodies: [
        ball(.red, row[0], positions[0], row[2]), ball(.blue, row[1], positions[1], -row[3]),
      ], frames: frames)
    return SceneLabel(
      index: 0, parameters: ["r1": row[0], "r2": row[1], "v1": row[2], "v2": row[3]],
      scenario: "collision", scene: scene)
  }

  private func motion(_ row: [Double], _ path: [Vector2], _ frames: Int) -> SceneLabel {
    let radius = row[0]
    let speed = columns == .object ? row[2] : row[1]
    var body = Body(radius: radius, position: path[0])
    if columns == .motionColor || columns == .motionColorShape, row[2] == 1 { body.color = .blue }
    if columns == .motionColorShape {
      body.shape = row[3] == 1 ? .square : row[3] == 2 ? .ring : .disc
    }

    let bend = path.count > 2 ? path[2].y - 2 * path[1].y + path[0].y : 0
    let falls = abs(bend - Self.bend) < 0.1 * abs(Self.bend)
    let gravity = Vector2(x: 0, y: falls ? Self.gravity : 0)
    if path.count > 1 {
      let way = Vector2(x: path[1].x - path[0].x, y: path[1].y - path[0].y)
      body.velocity =
        falls || abs(way.x) >= abs(way.y)
        ? Vector2(x: way.x < 0 ? 0 - speed : speed, y: 0)
        : Vector2(x: 0, y: way.y < 0 ? 0 - speed : speed)
    }
    // The engine adds gravity to the velocity first and moves with the new velocity.
    let moved = Vector2(x: body.velocity.x, y: body.velocity.y + Self.step * gravity.y)
    body.position = Vector2(
      x: path[0].x - Self.step * moved.x, y: path[0].y - Self.step * moved.y)
    return SceneLabel(
      index: 0, parameters: ["r": radius, "v": speed],
      scenario: falls ? "parabola" : UniformMotion.name,
      scene: Scene(bodies: [body], gravity: gravity, frames: frames))
  }
}

extension SceneLabel {
  /// The labels behind one row of an official file: parameters and positions, body by body in each
  /// frame. The number of columns and positions tells what the columns mean, see
  /// ``OfficialColumns``.
  ///
  /// - Returns: nil when the numbers are none that the official scripts write.
  public static func reconstructed(
    row: [Double], positions: [Vector2], frames: Int
  ) -> SceneLabel? {
    guard frames > 0, !positions.isEmpty, positions.count.isMultiple(of: frames) else { return nil }
    let bodies = positions.count / frames
    return SceneReconstruction(columnCount: row.count, bodies: bodies, rows: [row])?
      .label(index: 0, row: row, positions: positions, frames: frames)
  }
}
