import Worlds

extension CombinatorialScene {
  /// The most bodies a scene may hold.
  public static let maximumBodies = 64
  /// The farthest a body may start from the scene's middle in either direction, scene units.
  public static let maximumDistance = 1024.0
  /// Radii and the least width of a polygon, scene units: thinner ones slip through others.
  public static let sizes = 0.5...1024.0
  /// The most corners of a polygon: the engine's own limit.
  public static let maximumCorners = 8

  /// Checks that the scene can be simulated.
  ///
  /// - Throws: ``CombinatorialError/invalid(path:value:allowed:)`` for the first problem found, with
  ///   the path of the field, such as `bodies[3].shapes[0].polygon[2]`.
  public func validate() throws(CombinatorialError) {
    guard (1...Self.maximumBodies).contains(bodies.count) else {
      throw .invalid(
        path: "bodies", value: "a list of \(bodies.count)",
        allowed: "1 to \(Self.maximumBodies) bodies")
    }
    guard task >= 0 else { throw .number("task", value: task) }
    guard trial >= 0 else { throw .number("trial", value: trial) }
    for (index, body) in bodies.enumerated() { try body.validate(path: "bodies[\(index)]") }
    guard bodies.contains(where: { $0.mobility == .free }) else {
      throw .invalid(path: "bodies", value: "all fixed", allowed: "at least one free body")
    }
  }
}

extension CombinatorialBody {
  fileprivate func validate(path: String) throws(CombinatorialError) {
    let middle = CombinatorialScene.extent / 2
    let farthest = CombinatorialScene.maximumDistance
    guard position.isFinite, abs(position.x - middle) <= farthest,
      abs(position.y - middle) <= farthest
    else {
      throw .invalid(
        path: "\(path).position", value: "\(position)",
        allowed: "two numbers within \(farthest) of (\(middle), \(middle))")
    }
    guard angle.isFinite, abs(angle) <= 1000 else {
      throw .invalid(
        path: "\(path).angle", value: "\(angle)", allowed: "a number from -1000 to 1000, radians")
    }
    guard diameter.isFinite, diameter > 0, diameter <= 2 * farthest else {
      throw .invalid(
        path: "\(path).diameter", value: "\(diameter)",
        allowed: "a number above 0 and at most \(2 * farthest)")
    }
    guard (1...16).contains(shapes.count) else {
      throw .invalid(
        path: "\(path).shapes", value: "a list of \(shapes.count)", allowed: "1 to 16 shapes")
    }
    for (index, shape) in shapes.enumerated() {
      try shape.validate(path: "\(path).shapes[\(index)]")
    }
  }
}

extension Outline {
  fileprivate func validate(path: String) throws(CombinatorialError) {
    let sizes = CombinatorialScene.sizes
    switch self {
    case .circle(let radius):
      guard sizes.contains(radius) else {
        throw .invalid(
          path: "\(path).circle.radius", value: "\(radius)",
          allowed: "a number from \(sizes.lowerBound) to \(sizes.upperBound), scene units")
      }
    case .polygon(let corners):
      try Self.validate(corners, path: "\(path).polygon")
    }
  }

  private static func validate(_ corners: [Vector2], path: String) throws(CombinatorialError) {
    let sizes = CombinatorialScene.sizes
    guard (3...CombinatorialScene.maximumCorners).contains(corners.count) else {
      throw .invalid(
        path: path, value: "a list of \(corners.count) corners",
        allowed: "3 to \(CombinatorialScene.maximumCorners) corners")
    }
    for (index, corner) in corners.enumerated() {
      guard corner.isFinite, corner.length <= sizes.upperBound else {
        throw .invalid(
          path: "\(path)[\(index)]", value: "\(corner)",
          allowed: "two numbers within \(sizes.upperBound) of the body's origin")
      }
    }
    // Every other corner lies to the left of every edge: convex, counter-clockwise, once around.
    for (index, from) in corners.enumerated() {
      let to = corners[(index + 1) % corners.count]
      let length = Vector2(x: to.x - from.x, y: to.y - from.y).length
      guard length >= 0.1 else {
        throw .invalid(
          path: "\(path)[\(index)]", value: "\(from), \(length) from the next corner",
          allowed: "at least 0.1 away from it")
      }
      let distances = corners.indices.map { other in
        ((to.x - from.x) * (corners[other].y - from.y)
          - (to.y - from.y) * (corners[other].x - from.x)) / length
      }
      for (other, distance) in distances.enumerated()
      where other != index && other != (index + 1) % corners.count && distance <= 1e-3 {
        throw .invalid(
          path: "\(path)[\(other)]",
          value: "\(corners[other]), not to the left of the edge from corner \(index)",
          allowed:
            "part of a convex polygon with counter-clockwise corners, none in line with two others"
        )
      }
      let width = distances.max() ?? 0
      guard width >= sizes.lowerBound else {
        throw .invalid(
          path: path, value: "only \(width) wide", allowed: "at least \(sizes.lowerBound) wide")
      }
    }
  }
}
