import Worlds

/// One body over the frames in which it counts: where it should be and what was seen of it.
///
/// A free body counts from the first generated frame on while the *true* body is wholly in view, as
/// in the released evaluator (`ScoredFrames`); a fixed one in all generated frames, if the picture
/// shows some of it.
struct BodySightings {
  /// The least of a fixed body that must be in view, world units along each axis.
  static let leastInView = 0.2

  /// Area over that of the body's box from which an object at the border is ground.
  static let largestShare = 4.0

  let body: Body
  /// The frames that count.
  let frames: [Int]
  /// Where the body should be seen: its centre, or of a fixed body that of the part in view.
  let truth: [Vector2]
  /// What was seen of it; nil where it is lost.
  let seen: [SeenObject?]
  /// Whether the true body is wholly in view in all of `frames`.
  let isWhole: Bool

  init(
    _ body: Body, truth positions: [Vector2], seen objects: [SeenObject?], conditionFrames: Int
  ) {
    self.body = body
    switch body.mobility {
    case .free:
      frames = ScoredFrames.indices(
        truth: positions, radius: body.radius, conditionFrames: conditionFrames)
      truth = frames.map { positions[$0] }
      isWhole = true
    case .fixed:
      let view = BodySightings.view(of: body)
      let shows =
        view.half.x * 2 >= BodySightings.leastInView && view.half.y * 2 >= BodySightings.leastInView
      frames = shows ? Array(positions.indices.dropFirst(max(conditionFrames, 0))) : []
      truth = frames.map { _ in view.centre }
      isWhole = view.half == body.halfExtent
    }
    seen = frames.map { frame in objects[frame].flatMap { Self.isGround($0, body) ? nil : $0 } }
  }

  /// Whether an object is no body but a dark ground: it touches the border though the true body does
  /// not, and is much larger than that.
  private static func isGround(_ object: SeenObject, _ body: Body) -> Bool {
    let box = 4 * body.halfExtent.x * body.halfExtent.y
    return body.mobility == .free && !object.isWhole && object.area > largestShare * box
  }

  /// Centre and half sides of the part of a body's box that the picture shows.
  private static func view(of body: Body) -> (centre: Vector2, half: Vector2) {
    func cut(_ centre: Double, _ half: Double) -> (Double, Double) {
      if centre - half >= 0, centre + half <= Scene.extent { return (centre, half) }
      let (low, high) = (max(centre - half, 0), min(centre + half, Scene.extent))
      return ((low + high) / 2, (high - low) / 2)
    }
    let x = cut(body.position.x, body.halfExtent.x)
    let y = cut(body.position.y, body.halfExtent.y)
    return (Vector2(x: x.0, y: y.0), Vector2(x: x.1, y: y.1))
  }

  /// One reading beside the truth.
  struct Sighting {
    let frame: Int
    let truth: Vector2
    let seen: SeenObject
  }

  /// What was seen in some frames: whole bodies, or all where fewer than two are whole.
  ///
  /// A body that leaves the frame before the truth does shows only half of itself, and the centre of
  /// that half is not the body's.
  func sights(in range: Range<Int>) -> [Sighting] {
    var (all, whole) = ([Sighting](), [Sighting]())
    all.reserveCapacity(frames.count)
    for index in frames.indices where range.contains(frames[index]) {
      guard let object = seen[index] else { continue }
      let sight = Sighting(frame: frames[index], truth: truth[index], seen: object)
      all.append(sight)
      if object.isWhole { whole.append(sight) }
    }
    return whole.count > 1 ? whole : all
  }
}
