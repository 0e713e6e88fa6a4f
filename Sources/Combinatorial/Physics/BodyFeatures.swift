import Foundation
import Worlds

/// The 14 numbers that the released files say of a body in a frame.
public struct BodyFeatures: Hashable, Sendable {
  /// Number of features of a body.
  public static let count = 14

  /// Place as a share of the scene's side: of jars the centre of mass, else the origin.
  public let x, y: Double
  /// The turn as a share of a full one, 0 up to 1.
  public let angle: Double
  /// Diameter as a share of the scene's side.
  public let diameter: Double
  /// What the body is.
  public let form: ObjectType.Form
  /// Its colour.
  public let color: TestbedColor

  /// The features of a body that stands in `pose`.
  public init(_ body: CombinatorialBody, pose: Pose) {
    self.init(
      body, pose: (Double(pose.x), Double(pose.y), Double(pose.angle)))
  }

  init(_ body: CombinatorialBody, pose: (x: Double, y: Double, angle: Double)) {
    let extent = CombinatorialScene.extent
    var (x, y) = (pose.x, pose.y)
    if body.objectType.form == .jar {
      let center = body.centerOfArea
      x += center.x * cos(pose.angle) - center.y * sin(pose.angle)
      y += center.x * sin(pose.angle) + center.y * cos(pose.angle)
    }
    self.x = x / extent
    self.y = y / extent
    let turns = pose.angle / (2 * .pi)
    angle = turns - turns.rounded(.down)
    diameter = body.diameter / extent
    form = body.objectType.form
    color = body.color
  }

  /// The features in the released order: x, y, angle, diameter, ball, bar, jar, sticks, red, green,
  /// blue, purple, gray, black.
  public var values: [Float] {
    var values = [Float](repeating: 0, count: Self.count)
    values.replaceSubrange(0..<4, with: [x, y, angle, diameter].map { Float($0) })
    values[4 + form.rawValue] = 1
    values[7 + Int(color.id)] = 1
    return values
  }
}

extension CombinatorialBody {
  /// Where it stands, in double precision.
  var exactPose: (x: Double, y: Double, angle: Double) { (position.x, position.y, angle) }

  /// The mean place of its area relative to the origin; where parts overlap it counts twice, as in
  /// the engine.
  package var centerOfArea: Vector2 {
    var (area, x, y) = (0.0, 0.0, 0.0)
    for shape in shapes {
      switch shape {
      case .circle(let radius): area += .pi * radius * radius
      case .polygon(let corners):
        for (index, a) in corners.enumerated() {
          let b = corners[(index + 1) % corners.count]
          let part = (a.x * b.y - a.y * b.x) / 2
          area += part
          x += part * (a.x + b.x) / 3
          y += part * (a.y + b.y) / 3
        }
      }
    }
    return Vector2(x: x / area, y: y / area)
  }
}

extension CombinatorialTrajectory {
  /// The features of all bodies in a frame, in the scene's order.
  ///
  /// - Precondition: the trajectory is one of this scene.
  public func features(of scene: CombinatorialScene, frame: Int) -> [BodyFeatures] {
    var poses = self.frame(frame).makeIterator()
    return scene.bodies.map { body in
      let pose = body.mobility == .free ? poses.next() : nil
      return BodyFeatures(body, pose: pose ?? body.restPose)
    }
  }
}
