import Worlds

/// Where a body is seen as a whole, frame by frame.
struct BodyPath {
  /// One place.
  struct Point: Hashable {
    var frame: Int
    var place: Vector2
  }

  /// Its places, in order of frames.
  var points: [Point]

  /// The places from frame `start` on in which all of the body is in the picture.
  init(_ track: [SeenObject?], from start: Int) {
    points = track.indices.dropFirst(start).compactMap { frame in
      guard let object = track[frame], object.isWhole else { return nil }
      return Point(frame: frame, place: object.position)
    }
  }

  init(points: [Point]) { self.points = points }
}

/// A motion under a constant acceleration: place and velocity at a frame.
struct FreeMotion: Hashable {
  /// The frame at which `place` and `velocity` hold.
  var frame: Int
  var place: Vector2
  var velocity: Vector2
  var acceleration: Vector2

  /// Where it is in another frame.
  func place(in other: Int) -> Vector2 {
    let time = Double(other - frame) * Scene.frameInterval
    return Vector2(
      x: place.x + time * (velocity.x + time * acceleration.x / 2),
      y: place.y + time * (velocity.y + time * acceleration.y / 2))
  }

  /// Its velocity in another frame.
  func velocity(in other: Int) -> Vector2 {
    let time = Double(other - frame) * Scene.frameInterval
    return Vector2(
      x: velocity.x + time * acceleration.x, y: velocity.y + time * acceleration.y)
  }

  /// How far a point is from it.
  func distance(to point: BodyPath.Point) -> Double {
    let here = place(in: point.frame)
    return Vector2(x: point.place.x - here.x, y: point.place.y - here.y).length
  }
}

extension FreeMotion {
  /// The motion of a given acceleration that fits points best (least squares), at the first of them;
  /// nil for fewer than two.
  init?(fitting points: ArraySlice<BodyPath.Point>, acceleration: Vector2) {
    guard points.count > 1, let first = points.first else { return nil }
    let fit = PolynomialFit(
      points.map { point in
        let time = Double(point.frame - first.frame) * Scene.frameInterval
        let fall = time * time / 2
        return (
          time,
          Vector2(
            x: point.place.x - fall * acceleration.x, y: point.place.y - fall * acceleration.y)
        )
      }, degree: 1)
    guard let fit else { return nil }
    self.init(
      frame: first.frame, place: fit.coefficients[0], velocity: fit.coefficients[1],
      acceleration: acceleration)
  }

  /// The motion of any constant acceleration that fits points best; nil for fewer than three.
  init?(fitting points: ArraySlice<BodyPath.Point>) {
    guard points.count > 2, let first = points.first else { return nil }
    let fit = PolynomialFit(
      points.map { (Double($0.frame - first.frame) * Scene.frameInterval, $0.place) }, degree: 2)
    guard let fit else { return nil }
    let bend = fit.coefficients[2]
    self.init(
      frame: first.frame, place: fit.coefficients[0], velocity: fit.coefficients[1],
      acceleration: Vector2(x: 2 * bend.x, y: 2 * bend.y))
  }

  /// The sum of the squared distances of points.
  func squaredError(of points: ArraySlice<BodyPath.Point>) -> Double {
    points.reduce(0) { $0 + distance(to: $1) * distance(to: $1) }
  }
}
