import Videos

/// One frame of a combinatorial scene as colour ids, pixel for pixel as PHYRE paints it.
///
/// 512 by 512 bytes, row 0 at the bottom; see ``TestbedColor``. Bodies are painted in the order of
/// the scene, the red ball last, without soft edges or outlines. Balls carry no mark.
public struct IDRaster: Hashable, Sendable {
  /// Width and height in pixels.
  public static let side = 512

  /// The ids, row by row from the bottom.
  public private(set) var ids = [UInt8](
    repeating: TestbedColor.background, count: side * side)

  /// The scene before the first step.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws.
  public init(_ scene: CombinatorialScene) throws(CombinatorialError) {
    try scene.validate()
    var silhouettes = Silhouettes()
    silhouettes.begin(scene)
    silhouettes.moveToStart()
    paint(silhouettes)
  }

  /// The scene with its moving bodies in some poses, one for each in order.
  ///
  /// - Throws: what ``CombinatorialScene/validate()`` throws, and ``CombinatorialError/poses(_:)``
  ///   where there are more or fewer poses, or one that is no number.
  public init(
    _ scene: CombinatorialScene, poses: some Collection<Pose>
  ) throws(CombinatorialError) {
    try scene.validate()
    let poses = ArraySlice(poses)
    try scene.requirePoses(poses, bodyCount: poses.count)
    var silhouettes = Silhouettes()
    silhouettes.begin(scene)
    _ = silhouettes.move(to: poses)
    paint(silhouettes)
  }

  private mutating func paint(_ silhouettes: Silhouettes) {
    ids.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { silhouettes.paint(start) }
    }
  }

  /// The frame in colours, row 0 on top.
  public var image: Image {
    let side = Self.side
    var bytes = [UInt8]()
    bytes.reserveCapacity(side * side * 3)
    for row in stride(from: side - 1, through: 0, by: -1) {
      for id in ids[(row * side)..<((row + 1) * side)] {
        let color = TestbedColor.rgb(ofID: id)
        bytes.append(color.red)
        bytes.append(color.green)
        bytes.append(color.blue)
      }
    }
    return Image(width: side, height: side, bytes: bytes)
  }
}

extension CombinatorialScene {
  /// Checks that poses are those of this scene's moving bodies and numbers.
  func requirePoses(_ poses: ArraySlice<Pose>, bodyCount: Int) throws(CombinatorialError) {
    let moving = dynamicIndices.count
    guard bodyCount == moving else {
      throw .poses("there are poses of \(bodyCount) bodies; \(moving) bodies of the scene move")
    }
    for (place, pose) in poses.enumerated() where !pose.isFinite {
      throw .poses(
        "frame \(place / bodyCount) has moving body \(place % bodyCount) at (\(pose.x), \(pose.y)), "
          + "angle \(pose.angle); all three must be numbers")
    }
  }
}
