import Foundation
import Measures
import TestSupport
import Testing
import Videos
import Worlds

/// Reference data: the released evaluator's own answers.
private enum Golden {
  struct Evaluator: Decodable { var cases: [Case] }

  struct Case: Decodable {
    var id, function, scene: String
    var `init`: [Double]
    var num_frames: Int
    var frames: Frames
    var error: String?
    var result: Result?
  }

  struct Frames: Decodable { var file, key: String }

  struct Result: Decodable {
    var x_pos, y_pos, r, x_vel, y_vel, gt_x_pos, gt_y_pos: [Double?]?
    var abs_x_err_avg, abs_y_err_avg, abs_x_vel_err_avg, abs_y_vel_err_avg: Double?
    var delta_r, vel_error: Double?
    var frame_indices: [Int]?
  }

  struct Scenes: Decodable { var scenes: [Scene] }

  struct Scene: Decodable {
    var id: String
    var positions: [[[Double]]]
  }

  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(
      type, from: Data(contentsOf: GoldenFolder.url.appendingPathComponent(name)))
  }
}

/// Every field of every one-object case, within 1e-9 relative; null is NaN.
@Suite(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
struct GoldenEvaluatorTests {
  @Test func everyFieldIsTheReleasedOne() throws {
    let scenes = try Golden.read(Golden.Scenes.self, "scenes.json").scenes
    let archive = try NumPyArchive(
      contentsOf: GoldenFolder.url.appendingPathComponent("eval_frames.npz"))
    let cases = try Golden.read(Golden.Evaluator.self, "evaluator.json").cases
      .filter { $0.function == "evaluate_xy" }
    #expect(cases.count == 34)
    for item in cases {
      let scene = try #require(scenes.first { $0.id == item.scene })
      let truth = scene.positions.prefix(item.num_frames).map { Vector2(x: $0[0][0], y: $0[0][1]) }
      let video = try archive.video(named: item.frames.key)
      guard let result = item.result else {
        #expect(throws: MeasureError.invalidColor(item.`init`[2])) {
          try OneObjectEvaluation(video: video, truth: truth, initVector: item.`init`)
        }
        continue
      }
      compare(
        try OneObjectEvaluation(video: video, truth: truth, initVector: item.`init`), result,
        item.id)
    }
  }

  private func compare(_ own: OneObjectEvaluation, _ result: Golden.Result, _ id: String) {
    #expect(own.frameIndices == result.frame_indices, "\(id)")
    for (name, value, expected) in [
      ("x_pos", own.xPositions, result.x_pos), ("y_pos", own.yPositions, result.y_pos),
      ("r", own.radii, result.r), ("x_vel", own.xVelocities, result.x_vel),
      ("y_vel", own.yVelocities, result.y_vel), ("gt_x_pos", own.truth.map(\.x), result.gt_x_pos),
      ("gt_y_pos", own.truth.map(\.y), result.gt_y_pos),
    ] {
      let expected = expected ?? []
      #expect(value.count == expected.count, "\(id) \(name)")
      for (left, right) in zip(value, expected) { same(left, right, "\(id) \(name)") }
    }
    same(own.xError, result.abs_x_err_avg, "\(id) abs_x_err_avg")
    same(own.yError, result.abs_y_err_avg, "\(id) abs_y_err_avg")
    same(own.xVelocityError, result.abs_x_vel_err_avg, "\(id) abs_x_vel_err_avg")
    same(own.yVelocityError, result.abs_y_vel_err_avg, "\(id) abs_y_vel_err_avg")
    same(own.radiusSpread, result.delta_r, "\(id) delta_r")
    same(own.velocityError, result.vel_error, "\(id) vel_error")
  }

  /// Velocities divide position differences by 0.1, so the scale of rounding is that of positions.
  private func same(_ value: Double, _ expected: Double?, _ place: String) {
    guard let expected else {
      #expect(value.isNaN, "\(place)")
      return
    }
    #expect(
      abs(value - expected) <= 1e-9 * max(abs(expected), 0.1), "\(place): \(value) \(expected)")
  }
}
