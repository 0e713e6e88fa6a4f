import Videos
import Worlds

/// The official rendering rule written down plainly: the yardstick of the fast renderer.
///
/// Every pixel of the picture is blended with every body in double precision, in the order of the
/// bodies, and truncated to a byte at the end.
struct PlainRenderer {
  let size: Int

  func render(_ scene: Scene, _ trajectory: Trajectory) -> Video {
    let frames = (0..<trajectory.frameCount).flatMap { frame in
      picture(
        zip(scene.bodies, (0..<trajectory.bodyCount).map { trajectory[frame: frame, body: $0] }))
    }
    return Video(frames: trajectory.frameCount, height: size, width: size, bytes: frames)
  }

  private func picture(_ bodies: some Sequence<(Body, Vector2)>) -> [UInt8] {
    var canvas = [Double](repeating: 255, count: size * size * 3)
    for (body, position) in bodies {
      let (red, green, blue) = body.color.rgb
      let color = [Double(red), Double(green), Double(blue)]
      for row in 0..<size {
        for column in 0..<size {
          let mask = mask(body, position, x: place(column), y: place(row))
          for channel in 0..<3 {
            let index = (row * size + column) * 3 + channel
            canvas[index] = (1 - mask) * canvas[index] + mask * color[channel]
          }
        }
      }
    }
    let bytes = canvas.map { UInt8($0) }
    // Row 0 is the bottom until here.
    return (0..<size).reversed().flatMap { bytes[($0 * size * 3)..<(($0 + 1) * size * 3)] }
  }

  /// NumPy's `linspace(0, 1, size)`.
  private func place(_ index: Int) -> Double {
    index == size - 1 ? 1 : Double(index) * (1.0 / Double(size - 1))
  }

  private func mask(_ body: Body, _ position: Vector2, x: Double, y: Double) -> Double {
    let dx = x - position.x / 10
    let dy = y - position.y / 10
    let radius = body.radius / 10
    switch body.shape {
    case .disc: return disc(radius, dx, dy)
    case .ring: return disc(radius, dx, dy) - disc(Shape.ringHole * radius, dx, dy)
    case .square: return abs(dx) <= radius && abs(dy) <= radius ? 1 : 0
    case .bar:
      let half = (body.halfHeight ?? body.radius) / 10
      return abs(dx) <= radius + 1e-12 && abs(dy) <= half + 1e-12 ? 1 : 0
    }
  }

  private func disc(_ radius: Double, _ dx: Double, _ dy: Double) -> Double {
    let soft = (radius * radius - (dx * dx + dy * dy)) / (0.03 * (radius * radius))
    // A radius whose square vanishes covers nothing.
    return soft.isNaN ? 0 : min(max(soft, 0), 1)
  }
}
