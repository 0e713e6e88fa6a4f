/// The pixels of a scene's bodies, computed anew only for those that have moved.
///
/// Belongs to one thread.
struct Silhouettes {
  /// The pixels of each body, and its colour.
  private(set) var spans: [[Span]] = []
  private(set) var colors: [UInt8] = []
  private var bodies: [CombinatorialBody] = []
  private var moving: [Int] = []
  private var poses: [Pose?] = []
  private var scan = PolygonScan()

  /// Starts a scene. Bodies that stay are placed; the others are by ``move(to:)``.
  mutating func begin(_ scene: CombinatorialScene) {
    bodies = scene.bodies
    moving = scene.dynamicIndices
    colors = bodies.map(\.color.id)
    poses = [Pose?](repeating: nil, count: bodies.count)
    while spans.count < bodies.count { spans.append([]) }
    for index in bodies.indices where bodies[index].mobility == .fixed {
      place(index, at: Place(bodies[index].restPose))
    }
  }

  /// Places all bodies where they are before the first step.
  mutating func moveToStart() {
    for (index, body) in bodies.enumerated() {
      place(
        index,
        at: Place(x: body.position.x, y: body.position.y, angle: Float(body.angle)))
      poses[index] = nil
    }
  }

  /// Places the moving bodies; false when all were there already.
  mutating func move(to frame: ArraySlice<Pose>) -> Bool {
    var isNew = false
    for (index, pose) in zip(moving, frame) where poses[index] != pose {
      place(index, at: Place(pose))
      poses[index] = pose
      isNew = true
    }
    return isNew
  }

  /// Paints all bodies in order; `ids` is a whole raster.
  func paint(_ ids: UnsafeMutablePointer<UInt8>) {
    for index in bodies.indices {
      let color = colors[index]
      for span in spans[index] {
        (ids + Int(span.row) * IDRaster.side + Int(span.left))
          .update(repeating: color, count: Int(span.right - span.left))
      }
    }
  }

  private mutating func place(_ index: Int, at place: Place) {
    spans[index].removeAll(keepingCapacity: true)
    for shape in bodies[index].shapes {
      switch shape {
      case .circle(let radius):
        CircleScan.append(radius: radius, x: place.x, y: place.y, to: &spans[index])
      case .polygon(let corners):
        scan.append(corners, at: place, to: &spans[index])
      }
    }
  }
}
