import Worlds

/// Draws a trajectory as the official renderer does: a white square with flat-coloured bodies.
///
/// Pixel column i stands at i/(size - 1) of the world's width, so the outermost pixel centres lie
/// on the world's edges. Bodies are painted in order; only the pixels each one may touch are
/// computed. Parts beyond the frame are clipped.
public struct Renderer: Sendable {
  /// Width and height of the picture in pixels.
  public let size: Int
  let coordinates: [Double]

  /// A renderer of square pictures; the official size is 256.
  ///
  /// - Precondition: `size` is 2 to 8192.
  public init(size: Int = 256) {
    precondition((2...8192).contains(size), "a picture of \(size) pixels cannot be rendered")
    self.size = size
    let spacing = 1.0 / Double(size - 1)
    var coordinates = (0..<size).map { Double($0) * spacing }
    coordinates[size - 1] = 1
    self.coordinates = coordinates
  }

  /// The video of `scene` moving along `trajectory`, one frame per trajectory frame.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  public func render(_ scene: Scene, _ trajectory: Trajectory) -> Video {
    var bytes = [UInt8](repeating: 255, count: trajectory.frameCount * size * size * 3)
    bytes.withUnsafeMutableBufferPointer { target in
      var canvas = Canvas(size: size, coordinates: coordinates)
      for frame in 0..<trajectory.frameCount {
        let start = frame * size * size * 3
        canvas.draw(
          scene, trajectory, frame: frame,
          into: UnsafeMutableBufferPointer(rebasing: target[start..<(start + size * size * 3)]))
      }
    }
    return Video(frames: trajectory.frameCount, height: size, width: size, bytes: bytes)
  }

  /// The video reduced to `averagedTo` pixels: equal to `render(scene, t).areaAveraged(to:)`, but
  /// only the blocks that a body may touch are rendered and averaged.
  ///
  /// - Throws: ``VideoError/size(_:)`` when `averagedTo` does not divide the renderer's size.
  public func render(
    _ scene: Scene, _ trajectory: Trajectory, averagedTo small: Int
  ) throws(VideoError) -> Video {
    guard small > 0, size.isMultiple(of: small) else {
      throw .size(
        "a \(size) pixel picture cannot be averaged to \(small) pixels; "
          + "choose a divisor of \(size)")
    }
    let factor = size / small
    var bytes = [UInt8](repeating: 255, count: trajectory.frameCount * small * small * 3)
    var scratch = [UInt8](repeating: 255, count: size * size * 3)
    bytes.withUnsafeMutableBufferPointer { target in
      scratch.withUnsafeMutableBufferPointer { large in
        var canvas = Canvas(size: size, coordinates: coordinates)
        for frame in 0..<trajectory.frameCount {
          let start = frame * small * small * 3
          let touched = canvas.draw(scene, trajectory, frame: frame, into: large)
          for area in touched {
            average(
              area, of: large, factor: factor, small: small,
              into: UnsafeMutableBufferPointer(
                rebasing: target[start..<(start + small * small * 3)]))
          }
          for area in touched { whiten(area, of: large) }
        }
      }
    }
    return Video(frames: trajectory.frameCount, height: small, width: small, bytes: bytes)
  }

  private func average(
    _ area: PixelArea, of large: UnsafeMutableBufferPointer<UInt8>, factor: Int, small: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    let source = UnsafeBufferPointer(large)
    for row in (area.rows.lowerBound / factor)...((area.rows.upperBound - 1) / factor) {
      for column in (area.columns.lowerBound / factor)...((area.columns.upperBound - 1) / factor) {
        averageBlock(
          source, width: size, row: row * factor, column: column * factor, factor: factor,
          into: target, at: (row * small + column) * 3)
      }
    }
  }

  private func whiten(_ area: PixelArea, of large: UnsafeMutableBufferPointer<UInt8>) {
    for row in area.rows {
      let start = (row * size + area.columns.lowerBound) * 3
      large[start..<(start + area.columns.count * 3)].update(repeating: 255)
    }
  }
}
