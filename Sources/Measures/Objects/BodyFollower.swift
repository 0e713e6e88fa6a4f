import Worlds

/// Follows one body from frame to frame: what it looks like and where it should be next.
struct BodyFollower {
  /// Frames without the body through which its last velocity is trusted.
  private static let patience = 5

  /// What it is by the truth; nil where there is none, or where it is out of the picture.
  private var known: BodyLikeness?
  /// What it should be by the objects it was last.
  private var carried: BodyLikeness?
  private var step = Vector2.zero
  private var missed = 0

  /// Follows what is not known yet.
  init() {}

  /// Follows an object from the frame after the one it is first seen in.
  init(_ object: SeenObject) {
    saw(object)
    carried?.color = object.color
    carried?.shape = object.shape
  }

  /// Tells where a body of a scene truly is in the next frame.
  mutating func expect(_ position: Vector2, _ body: Body) {
    known = BodyLikeness(body, at: position)
    carried?.color = body.color
    carried?.shape = body.shape
  }

  /// The cost of taking an object for it, where it was last seen to go or where it truly is.
  func cost(of object: SeenObject) -> Double {
    min(
      known?.cost(of: object) ?? BodyLikeness.limit, carried?.cost(of: object) ?? BodyLikeness.limit
    )
  }

  /// Takes note of the object it was in this frame, or of its absence.
  mutating func saw(_ object: SeenObject?) {
    guard let object else {
      missed += 1
      if missed > Self.patience { carried = nil }
      carried?.place.x += step.x
      carried?.place.y += step.y
      return
    }
    if let carried, missed == 0 {
      step = Vector2(
        x: object.position.x - carried.place.x + step.x,
        y: object.position.y - carried.place.y + step.y)
    }
    carried = BodyLikeness(
      place: Vector2(x: object.position.x + step.x, y: object.position.y + step.y),
      halfExtent: object.halfExtent, color: carried?.color ?? object.color,
      shape: carried?.shape ?? object.shape)
    missed = 0
  }
}
