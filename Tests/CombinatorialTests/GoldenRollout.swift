import Combinatorial
import Foundation
import TestSupport
import Testing
import Worlds

/// A rollout of the reference simulator.
struct GoldenRollout: Decodable {
  struct Body: Decodable {
    var objectType: String
    var bodyType: String
    var color: String
    var position: Vector2
    var angle: Double
    var diameter: Double
    var shapes: [Outline]
    var mass: Double
    var center: Vector2
    var inertia: Double

    private enum CodingKeys: String, CodingKey {
      case objectType = "object_type"
      case bodyType = "body_type"
      case color, position, angle, diameter, shapes
      case mass = "box2d_mass"
      case center = "box2d_local_center_m"
      case inertia = "box2d_inertia"
    }
  }

  var taskID: String
  var templateID: Int
  var objectTypes: [ObjectType]
  var bodies: [Body]
  var frameSteps: [Int]
  var framePoses: [[Pose]]
  var overlap: Double
  var sensitivity: [String: [Double]]
  var features: [[Float]]

  private enum CodingKeys: String, CodingKey {
    case taskID = "task_id"
    case templateID = "template_id"
    case objectTypes = "object_types"
    case bodies
    case frameSteps = "frame_steps"
    case framePoses = "frame_poses"
    case overlap = "initial_overlap_area"
    case sensitivity
    case features = "features_frame0"
  }

  static let folder = GoldenFolder.url.deletingLastPathComponent().appendingPathComponent("phyre")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  /// What a test that is skipped for want of the folder says.
  static let absent = Comment(
    rawValue: "no reference data at \(folder.path); set PHYWORLD_SHARED")

  static let names = [
    "10000_003", "10003_021", "10007_040", "10016_012", "10023_055", "10029_077", "10038_008",
    "10050_063", "10061_034", "10067_090",
  ]

  init(_ name: String) throws {
    let url = Self.folder.appendingPathComponent("task_\(name).json")
    self = try JSONDecoder().decode(GoldenRollout.self, from: Data(contentsOf: url))
  }

  /// The bodies behind the walls.
  var inner: ArraySlice<Body> { bodies[4...] }

  func scene() throws -> CombinatorialScene {
    CombinatorialScene(
      template: try CombinatorialTemplate(number: templateID),
      bodies: try inner.map { body in
        guard let type = ObjectType(rawValue: body.objectType),
          let color = TestbedColor(rawValue: body.color)
        else { throw CocoaError(.fileReadCorruptFile) }
        return CombinatorialBody(
          objectType: type, mobility: body.bodyType == "dynamic" ? .free : .fixed, color: color,
          position: body.position, angle: body.angle, shapes: body.shapes, diameter: body.diameter)
      })
  }

  /// The largest change that any of the reference's variants made until a frame, scene units.
  func sensitivity(frame: Int) -> Double {
    sensitivity.values.map { $0.prefix(frame + 1).max() ?? 0 }.max() ?? 0
  }
}
