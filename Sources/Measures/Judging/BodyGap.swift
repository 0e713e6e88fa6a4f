import Worlds

/// Distances between bodies as the engine sees them.
enum BodyGap {
  /// The space between the outlines of two bodies at some places, world units; negative where they
  /// overlap.
  ///
  /// Discs, rings and squares collide as discs of their radius, bars as rectangles.
  static func between(_ a: Body, at p: Vector2, and b: Body, at q: Vector2) -> Double {
    switch (a.shape == .bar, b.shape == .bar) {
    case (false, false):
      return Vector2(x: p.x - q.x, y: p.y - q.y).length - a.radius - b.radius
    case (false, true):
      return toBar(p, b, at: q) - a.radius
    case (true, false):
      return toBar(q, a, at: p) - b.radius
    case (true, true):
      // Bars stand still: they have no business with each other.
      return .infinity
    }
  }

  /// The distance of a point from a bar; inside, minus the way out.
  private static func toBar(_ point: Vector2, _ bar: Body, at place: Vector2) -> Double {
    let x = abs(point.x - place.x) - bar.halfExtent.x
    let y = abs(point.y - place.y) - bar.halfExtent.y
    return Vector2(x: max(x, 0), y: max(y, 0)).length + min(max(x, y), 0)
  }
}
