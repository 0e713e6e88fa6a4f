import Datasets
import Measures
import TestSupport
import Testing
import Videos
import Worlds

/// Every field of every collision case of the reference, within 1e-9 relative; null is NaN.
@Suite(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
struct GoldenCollisionTests {
  @Test func everyFieldIsTheReleasedOne() throws {
    let reference = try GoldenReference(folder: GoldenFolder.url)
    let cases = reference.evaluations.filter { $0.collision != nil }
    #expect(cases.count == 22)
    for item in cases {
      let expected = try #require(item.collision)
      let own = try CollisionEvaluation(
        video: reference.video(item.frames),
        truth: reference.scene(item.sceneID).trajectory.prefix(item.frameCount),
        initVector: item.initial)
      #expect(own.frameIndices == expected.frameIndices, "\(item.id)")
      let parsed = own.parsed.map { pair in
        [pair.red, pair.blue].map { [$0.x, $0.y, $0.radius] }
      }
      same(
        parsed.flatMap { $0.flatMap(\.self) }, expected.parsed.flatMap { $0.flatMap(\.self) },
        "\(item.id) parsed")
      compare(own, expected, item.id)
    }
  }

  private func compare(_ own: CollisionEvaluation, _ expected: GoldenCollision, _ id: String) {
    func rows(_ pairs: [CollisionEvaluation.Pair<Double>]) -> [Double] {
      pairs.flatMap { [$0.red, $0.blue] }
    }
    for (name, value, wanted) in [
      ("pre_x_vel", rows(own.xVelocities(.pre)), expected.velocityBefore.flatMap(\.self)),
      (
        "gt_pre_x_vel", rows(own.trueXVelocities(.pre)), expected.trueVelocityBefore.flatMap(\.self)
      ),
      ("post_x_vel", rows(own.xVelocities(.post)), expected.velocityAfter.flatMap(\.self)),
      (
        "gt_post_x_vel", rows(own.trueXVelocities(.post)),
        expected.trueVelocityAfter.flatMap(\.self)
      ),
      ("delta_r", [own.radiusSpread], [expected.radiusRange]),
      ("pre_x_err_avg", [own.xError(.pre)], [expected.meanXErrorBefore]),
      ("post_x_err_avg", [own.xError(.post)], [expected.meanXErrorAfter]),
      ("pre_vel_err_avg", [own.xVelocityError(.pre)], [expected.meanVelocityErrorBefore]),
      ("post_vel_err_avg", [own.xVelocityError(.post)], [expected.meanVelocityErrorAfter]),
      ("pre_vel_error", [own.velocityError(.pre)], [expected.velocityErrorBefore]),
      ("post_vel_error", [own.velocityError(.post)], [expected.velocityErrorAfter]),
      ("pre_momentum", [own.momentumError(.pre)], [expected.meanMomentumErrorBefore]),
      ("post_momentum", [own.momentumError(.post)], [expected.meanMomentumErrorAfter]),
      ("pre_energy", [own.energyError(.pre)], [expected.meanEnergyErrorBefore]),
      ("post_energy", [own.energyError(.post)], [expected.meanEnergyErrorAfter]),
    ] { same(value, wanted, "\(id) \(name)") }
  }

  /// Velocities divide position differences by 0.1, so the scale of rounding is that of positions.
  private func same(_ value: [Double], _ expected: [Double], _ place: String) {
    #expect(value.count == expected.count, "\(place)")
    for (left, right) in zip(value, expected) {
      #expect(
        left.isNaN && right.isNaN || abs(left - right) <= 1e-9 * max(abs(right), 0.1),
        "\(place): \(left) \(right)")
    }
  }
}
