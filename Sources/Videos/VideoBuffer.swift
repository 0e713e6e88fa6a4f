import Worlds

/// Memory for one video in which scene after scene is rendered.
///
/// Only what the last scene painted is made white again, so a video costs what its bodies cover, not
/// its six megabytes. The pixels are lent to a closure and stay valid until the next video; a copy
/// is taken by whoever needs to keep them. One buffer belongs to one thread.
public final class VideoBuffer {
  /// Width and height of the frames in pixels.
  public let size: Int
  private let factor: Int
  private var painter: ScenePainter
  private var bytes: [UInt8] = []
  /// For each frame in `bytes` what is not white.
  private var painted: [[PixelArea]] = []

  /// A buffer for videos of a renderer's size.
  public init(_ renderer: Renderer = Renderer()) {
    size = renderer.size
    factor = 1
    painter = ScenePainter(renderer, factor: 1)
  }

  /// A buffer for videos averaged down to `small` pixels, a divisor of the renderer's size.
  ///
  /// - Throws: ``VideoError/size(_:)`` when it is not.
  public init(_ renderer: Renderer = Renderer(), averagedTo small: Int) throws(VideoError) {
    size = small
    factor = try renderer.factor(averagedTo: small)
    painter = ScenePainter(renderer, factor: factor)
  }

  /// Renders a scene and lends its pixels: frames · size · size · 3 bytes, as ``Video/bytes``.
  ///
  /// - Precondition: the trajectory has as many bodies as the scene.
  public func withVideo<Result>(
    of scene: Scene, _ trajectory: Trajectory,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let frameSize = size * size * 3
    painter.begin(scene, trajectory)
    let missing = trajectory.frameCount - painted.count
    if missing > 0 {
      bytes += [UInt8](repeating: 255, count: missing * frameSize)
      painted += [[PixelArea]](repeating: [], count: missing)
    }
    bytes.withUnsafeMutableBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      for frame in 0..<trajectory.frameCount {
        let picture = start + frame * frameSize
        for area in painted[frame] { whiten(area, of: picture) }
        painted[frame].removeAll(keepingCapacity: true)
        painter.paint(frame, of: trajectory, into: picture)
        for spot in painter.spots { painted[frame].append(spot.area) }
      }
    }
    return try bytes.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[..<(trajectory.frameCount * frameSize)]))
    }
  }

  /// A copy of the video of a scene.
  public func video(of scene: Scene, _ trajectory: Trajectory) -> Video {
    withVideo(of: scene, trajectory) {
      Video(frames: trajectory.frameCount, height: size, width: size, bytes: Array($0))
    }
  }

  private func whiten(_ area: PixelArea, of picture: UnsafeMutablePointer<UInt8>) {
    let left = area.columns.lowerBound / factor
    let right = (area.columns.upperBound - 1) / factor + 1
    for row in (area.rows.lowerBound / factor)...((area.rows.upperBound - 1) / factor) {
      (picture + (row * size + left) * 3).update(repeating: 255, count: (right - left) * 3)
    }
  }
}
