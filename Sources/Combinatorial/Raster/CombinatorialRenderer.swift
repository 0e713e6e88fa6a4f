import Foundation
import Videos

/// Paints trajectories of combinatorial scenes, as colour ids or in colours.
///
/// Ids are those of ``IDRaster``. Colours are taken from it at 512 pixels; smaller videos are its
/// area averages: each pixel the mean of 2 by 2 (4 by 4, …) pixels' colours, halves rounded up. A
/// renderer keeps its memory from video to video and belongs to one thread.
public final class CombinatorialRenderer {
  /// Width and height of videos in pixels.
  public let size: Int
  private let reduction: ColorReduction
  private lazy var planarTable = PlanarTable()
  private var silhouettes = Silhouettes()
  private var extents = RowExtents()
  private var raster = [UInt8](
    repeating: TestbedColor.background, count: IDRaster.side * IDRaster.side)
  /// Frames of ids, and which of their rows are painted where.
  private var ids: [UInt8] = []
  private var painted: [RowExtents] = []

  /// A renderer of videos of a size: 512 or a divisor of it.
  ///
  /// - Throws: `VideoError.size` for any other size.
  public init(size: Int = 256) throws(VideoError) {
    reduction = try ColorReduction(size: size)
    self.size = size
  }

  /// Bytes of one frame in colours.
  public var frameSize: Int { size * size * 3 }

  /// The video of a trajectory.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws; ``CombinatorialError/poses(_:)``.
  public func video(
    of scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory
  ) throws(CombinatorialError) -> Video {
    try require(scene, trajectory)
    let bytes = [UInt8](unsafeUninitializedCapacity: trajectory.frameCount * frameSize) {
      buffer, count in
      paint(scene, trajectory, frames: trajectory.frameCount, into: buffer)
      count = buffer.count
    }
    return Video(frames: trajectory.frameCount, height: size, width: size, bytes: bytes)
  }

  /// Writes the first `frames` frames of a trajectory's video, as ``Video/bytes`` has them, into
  /// `target`, which holds `frames * frameSize` bytes.
  ///
  /// - Precondition: the trajectory has that many frames and `target` that many bytes.
  /// - Throws: as ``video(of:_:)``.
  public func render(
    _ scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory, frames: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(CombinatorialError) {
    precondition(
      (0...trajectory.frameCount).contains(frames) && target.count == frames * frameSize,
      "\(frames) of \(trajectory.frameCount) frames into \(target.count) bytes")
    try require(scene, trajectory)
    paint(scene, trajectory, frames: frames, into: target)
  }

  /// The bytes of an mp4 file of a trajectory's video, the same as of the file of ``video(of:_:)``.
  ///
  /// At 512 pixels the encoder's planes are painted from the colour ids, and nothing is in RGB.
  ///
  /// - Throws: as ``video(of:_:)``, and `VideoError` for what cannot be encoded.
  public func mp4Data(
    of scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory, quality: VideoQuality,
    framesPerSecond: Int = 10
  ) throws -> Data {
    guard case .h264 = quality, size == IDRaster.side else {
      return try VideoFile.mp4Data(
        video(of: scene, trajectory), quality: quality, framesPerSecond: framesPerSecond)
    }
    try require(scene, trajectory)
    let encoder = try PlanarVideoEncoder(
      width: size, height: size, quality: quality, framesPerSecond: framesPerSecond)
    silhouettes.begin(scene)
    for frame in 0..<trajectory.frameCount {
      let isNew = silhouettes.move(to: trajectory.frame(frame)) || frame == 0
      try encoder.append { planes in
        if isNew { paint(bodies: scene.bodies.count, planes, isFirst: frame == 0) }
      }
    }
    return try encoder.finish()
  }

  private func paint(bodies: Int, _ planes: PlanarFrame, isFirst: Bool) {
    raster.withUnsafeMutableBufferPointer { raster in
      guard let ids = raster.baseAddress else { return }
      let before = extents
      extents.clear(ids)
      extents.set(silhouettes, bodies: bodies)
      silhouettes.paint(ids)
      planarTable.write(ids, extents, isFirst ? nil : before, to: planes)
    }
  }

  /// Lends the colour ids of a trajectory's frames, frame after frame of ``IDRaster/ids``.
  ///
  /// Only what the last scene painted is made white again, so a video costs what its bodies cover.
  ///
  /// - Throws: as ``video(of:_:)``, and what `body` throws.
  public func withIDs<Result>(
    of scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    try require(scene, trajectory)
    let area = IDRaster.side * IDRaster.side
    let missing = trajectory.frameCount - painted.count
    if missing > 0 {
      ids += [UInt8](repeating: TestbedColor.background, count: missing * area)
      painted += [RowExtents](repeating: RowExtents(), count: missing)
    }
    silhouettes.begin(scene)
    ids.withUnsafeMutableBufferPointer { ids in
      guard let start = ids.baseAddress else { return }
      for frame in 0..<trajectory.frameCount {
        painted[frame].clear(start + frame * area)
        if silhouettes.move(to: trajectory.frame(frame)) || frame == 0 {
          extents.set(silhouettes, bodies: scene.bodies.count)
        }
        silhouettes.paint(start + frame * area)
        painted[frame] = extents
      }
    }
    return try ids.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[..<(trajectory.frameCount * area)]))
    }
  }

  private func require(
    _ scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory
  ) throws(CombinatorialError) {
    try scene.validate()
    try scene.requirePoses(trajectory.poses[...], bodyCount: trajectory.bodyCount)
  }

  /// What is asked for has been checked.
  private func paint(
    _ scene: CombinatorialScene, _ trajectory: CombinatorialTrajectory, frames: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard let start = target.baseAddress else { return }
    silhouettes.begin(scene)
    raster.withUnsafeMutableBufferPointer { raster in
      guard let ids = raster.baseAddress else { return }
      for frame in 0..<frames {
        let picture = start + frame * frameSize
        if !silhouettes.move(to: trajectory.frame(frame)), frame > 0 {
          picture.update(from: picture - frameSize, count: frameSize)
          continue
        }
        extents.clear(ids)
        extents.set(silhouettes, bodies: scene.bodies.count)
        silhouettes.paint(ids)
        picture.update(repeating: 255, count: frameSize)
        reduction.write(ids, extents, to: picture)
      }
    }
  }
}
