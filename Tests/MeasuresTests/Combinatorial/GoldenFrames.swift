import Combinatorial
import Foundation
import TestSupport
import Videos
import Worlds

/// A rollout of the reference simulator with the pixels that its raster painted.
struct GoldenFrames {
  static let folder = GoldenFolder.url.deletingLastPathComponent().appendingPathComponent("phyre")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
  static let names = ["10016_012", "10029_077", "10061_034"]

  private struct Rollout: Decodable {
    struct Body: Decodable {
      var object_type: String
      var body_type: String
      var color: TestbedColor
      var position: Vector2
      var angle: Double
      var diameter: Double
      var shapes: [Outline]
    }
    var bodies: [Body]
    var frame_steps: [Int]
    var frame_poses: [[Pose]]
  }

  let scene: CombinatorialScene
  let truth: CombinatorialTrajectory
  /// At 256 pixels: the mean of two by two pixels of the reference.
  let video: Video

  init(_ name: String) throws {
    let rollout = try JSONDecoder().decode(
      Rollout.self, from: Data(contentsOf: Self.folder.appendingPathComponent("task_\(name).json")))
    scene = CombinatorialScene(
      bodies: rollout.bodies.compactMap { body in
        ObjectType(rawValue: body.object_type).map { type in
          CombinatorialBody(
            objectType: type, mobility: body.body_type == "dynamic" ? .free : .fixed,
            color: body.color, position: body.position, angle: body.angle, shapes: body.shapes,
            diameter: body.diameter)
        }
      })
    truth = CombinatorialTrajectory(
      frameSteps: rollout.frame_steps, bodyCount: scene.dynamicIndices.count,
      poses: rollout.frame_poses.flatMap(\.self))
    let archive = try NumPyArchive(
      contentsOf: Self.folder.appendingPathComponent("frames_\(name).npz"))
    let (layout, ids) = try archive.elements(of: "frames")
    let (frames, side) = (layout.shape[0], layout.shape[1])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ids.count * 3)
    ids.withUnsafeBytes { ids in
      for frame in 0..<frames {
        // The first row of a raster is the lowest one.
        for row in (0..<side).reversed() {
          for id in ids[((frame * side + row) * side)..<((frame * side + row + 1) * side)] {
            let color = TestbedColor.rgb(ofID: id)
            bytes += [color.red, color.green, color.blue]
          }
        }
      }
    }
    video = try Video(frames: frames, height: side, width: side, bytes: bytes)
      .areaAveraged(to: 256)
  }
}
