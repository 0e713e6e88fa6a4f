import Foundation
import Measures
import Testing
import Worlds

/// The rulers held against the truth itself.
@Suite struct FloorTests {
  /// Specification 7: the released evaluator on its own renderer scores 0.0098 at 256 px.
  @Test func officialFloorIsTheReleasedOne() throws {
    let scores = try (0..<16).map { index in
      let scenario = try Rendered(index: index)
      return try scenario.score(scenario.video(size: 256))
    }
    let official = scores.map(\.official).mean
    // The bias is v/256, so the sampled speeds decide where around 0.0098 the mean falls.
    let expected = scores.map(\.v).mean / 256
    #expect(abs(official - expected) < 0.0008)
    #expect(scores.map(\.unbiased).mean < 0.001)
  }

  /// Area-averaged frames: the scale error stays 1/256 and the unbiased ruler stays unbiased.
  @Test(arguments: [(128, 0.003), (64, 0.003), (32, 0.006)])
  func unbiasedFloorIsSmall(size: Int, limit: Double) throws {
    let scores = try (0..<40).map { index in
      let scenario = try Rendered(index: index)
      return try scenario.score(scenario.video(size: size))
    }
    let mean = scores.map(\.unbiased).mean
    let signed = scores.map { $0.generatedSpeed - $0.trueSpeed }.mean
    #expect(mean < limit)
    #expect(abs(signed) < limit / 3)
    #expect(scores.allSatisfy { $0.ballKept && $0.colorKept && $0.sizeKept && $0.shapeKept })
  }

  /// The edges of the evaluation range: the smallest and the fastest bodies.
  @Test(arguments: [(0.3, 2.0), (0.3, 0.4), (2.0, 1.5), (0.45, 6.0), (1.6, 5.0)])
  func floorHoldsOutsideTheTrainingRange(radius: Double, speed: Double) throws {
    for shape in [Shape.disc, .square] {
      let scenario = try Rendered(radius: radius, speed: speed, shape: shape)
      let score = try scenario.score(scenario.video(size: 64))
      // Squares are painted without a soft edge: whole columns of 256 jump in and out.
      #expect(score.unbiased < (shape == .disc ? 0.001 : 0.03))
      #expect(score.ballKept && score.colorKept && score.sizeKept && score.shapeKept)
    }
  }
}
