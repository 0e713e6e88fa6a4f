import Worlds

/// The initial state of a scene in numbers, for the `state` arm.
///
/// Two numbers of gravity, then for every place of a body: whether there is one, position, velocity and radius, all
/// brought to about unit size, and which shape, colour and mobility it has, as ones and zeros. Free places are zero.
public struct SceneState: Hashable, Sendable {
  /// Places for bodies.
  public let bodies: Int

  /// Room for so many bodies.
  public init(bodies: Int) { self.bodies = bodies }

  /// Numbers of one body.
  static let perBody = 6 + Shape.allCases.count + BodyColor.allCases.count + 1

  /// Numbers of one scene.
  public var channels: Int { 2 + bodies * Self.perBody }

  /// The numbers of a scene.
  ///
  /// - Throws: `ModelError.condition` for a scene with more bodies than places.
  public func numbers(_ scene: Scene) throws -> [Float] {
    guard scene.bodies.count <= bodies else {
      throw ModelError.condition(
        "a scene has \(scene.bodies.count) bodies where the state has room for \(bodies): "
          + "set model.stateBodies to \(scene.bodies.count) and train again")
    }
    var values = [Float(scene.gravity.x / 10), Float(scene.gravity.y / 10)]
    for body in scene.bodies {
      let half = Scene.extent / 2
      values += [
        1, Float((body.position.x - half) / half), Float((body.position.y - half) / half),
        Float(body.velocity.x / half), Float(body.velocity.y / half), Float(body.radius - 1),
      ]
      values += Shape.allCases.map { $0 == body.shape ? 1 : 0 }
      values += BodyColor.allCases.map { $0 == body.color ? 1 : 0 }
      values.append(body.mobility == .fixed ? 1 : 0)
    }
    return values + [Float](repeating: 0, count: channels - values.count)
  }
}
