import Worlds

/// Draws a trajectory as the official renderer does: a white square with flat-coloured bodies.
///
/// Pixel column i stands at i/(size - 1) of the world's width, so the outermost pixel centres lie
/// on the world's edges. Bodies are painted in order; only the pixels each one may touch are
/// computed. Parts beyond the frame are clipped. For many videos, one after the other, see
/// ``VideoBuffer``.
public struct Renderer: Sendable {
  /// Width and height of the picture in pixels.
  public let size: Int
  /// Places of the pixel columns as shares of the world's width.
  let coordinates: [Double]
  /// One row of pixels in each body colour.
  let flatRows: [UInt8]

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
    var rows: [UInt8] = []
    rows.reserveCapacity(BodyColor.allCases.count * size * 3)
    for (red, green, blue) in BodyColor.allCases.map(\.rgb) {
      for _ in 0..<size {
        rows.append(red)
        rows.append(green)
        rows.append(blue)
      }
    }
    flatRows = rows
  }

  /// The video of `scene` moving along `trajectory`, one frame per trajectory frame.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  public func render(_ scene: Scene, _ trajectory: Trajectory) -> Video {
    video(scene, trajectory, factor: 1)
  }

  /// The video reduced to `averagedTo` pixels: equal to `render(scene, t).areaAveraged(to:)`, but
  /// only the blocks that a body may touch are rendered and averaged.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  /// - Throws: ``VideoError/size(_:)`` when `averagedTo` does not divide the renderer's size.
  public func render(
    _ scene: Scene, _ trajectory: Trajectory, averagedTo small: Int
  ) throws(VideoError) -> Video {
    video(scene, trajectory, factor: try factor(averagedTo: small))
  }

  /// Writes the video, reduced to `averagedTo` pixels, over whatever is in `target`: a place in a
  /// batch, for instance. `averagedTo` may be the renderer's own size.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  /// - Throws: ``VideoError/size(_:)`` when `averagedTo` does not divide the renderer's size, or
  ///   `target` does not have frames · averagedTo · averagedTo · 3 bytes.
  public func render(
    _ scene: Scene, _ trajectory: Trajectory, averagedTo small: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(VideoError) {
    let factor = try factor(averagedTo: small)
    let needed = trajectory.frameCount * small * small * 3
    guard target.count == needed else {
      throw .size(
        "\(target.count) bytes cannot take \(trajectory.frameCount) frames of \(small) by \(small) "
          + "pixels; reserve \(needed)")
    }
    paint(scene, trajectory, factor: factor, into: target)
  }

  /// How many pixels become one along a side.
  func factor(averagedTo small: Int) throws(VideoError) -> Int {
    guard small > 0, size.isMultiple(of: small) else {
      throw .size(
        "a \(size) pixel picture cannot be averaged to \(small) pixels; "
          + "choose a divisor of \(size)")
    }
    return size / small
  }

  /// Lends what painting a frame needs; it is valid only inside `body`.
  @inline(__always)
  func withPainter<Result>(_ body: (FramePainter) -> Result) -> Result {
    coordinates.withUnsafeBufferPointer { grid in
      flatRows.withUnsafeBufferPointer { body(FramePainter(grid: grid, flatRows: $0)) }
    }
  }

  private func video(_ scene: Scene, _ trajectory: Trajectory, factor: Int) -> Video {
    let side = size / factor
    let count = trajectory.frameCount * side * side * 3
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      paint(scene, trajectory, factor: factor, into: target)
      initialized = count
    }
    return Video(frames: trajectory.frameCount, height: side, width: side, bytes: bytes)
  }

  private func paint(
    _ scene: Scene, _ trajectory: Trajectory, factor: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard let start = target.baseAddress else { return }
    let frameSize = (size / factor) * (size / factor) * 3
    var painter = ScenePainter(self, factor: factor)
    painter.begin(scene, trajectory)
    for frame in 0..<trajectory.frameCount {
      let picture = start + frame * frameSize
      // Made white just before it is painted, so that it is still in the cache.
      picture.update(repeating: 255, count: frameSize)
      painter.paint(frame, of: trajectory, into: picture)
    }
  }
}
