import Measures
import Testing
import Videos
import Worlds

@Suite struct VideoScorerTests {
  /// A video that shows another speed scores the difference in every form.
  @Test(arguments: [1.0, 3.0, 2.6])
  func aWrongSpeedScoresTheDifference(shown: Double) throws {
    let truth = try Rendered(radius: 1, speed: 2)
    let video = try Rendered(radius: 1, speed: shown).video(size: 64)
    let score = try truth.score(video)
    #expect(abs(score.unbiased - abs(shown - 2)) < 0.003)
    #expect(shown > 2 || abs(score.official - abs(shown - 2)) < 0.04)
    #expect(abs(score.perFrame - abs(shown - 2)) < 0.15)
    #expect(abs(score.generatedSpeed - shown) < 0.003)
    #expect(abs(score.trueSpeed - 2) < 1e-5)
  }

  /// The released code compares a left-moving ball with +v; the unbiased form knows directions.
  @Test func directionMattersOnlyToTheReleasedForm() throws {
    let scenario = try Rendered(radius: 1, speed: -2, x: 8.4)
    let score = try scenario.score(scenario.video(size: 64))
    #expect(abs(score.official - 4) < 0.05)
    #expect(score.unbiased < 0.003)
    #expect(score.ballKept)
  }

  @Test func aBodyAtRestIsMeasuredAlongX() throws {
    let scenario = try Rendered(radius: 1, speed: 0)
    #expect(try scenario.score(scenario.video(size: 64)).unbiased < 1e-9)
    let moving = try Rendered(radius: 1, speed: 1).video(size: 64)
    #expect(abs(try scenario.score(moving).generatedSpeed - 1) < 0.003)
  }

  @Test func aLostBallIsCounted() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    let lost = try scenario.score(video.erasing(10..<31))
    #expect(!lost.ballKept)
    #expect(lost.lostFrames == lost.scoredFrames - 7)
    #expect(lost.unbiased < 0.01)
    let gap = try scenario.score(video.erasing(10..<12))
    #expect(gap.ballKept)
    #expect(gap.lostFrames == 2)
  }

  @Test func aBallOffItsTrackIsNotKept() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let score = try scenario.score(Rendered(radius: 1, speed: 2, y: 6.5).video(size: 64))
    #expect(!score.ballKept)
    #expect(score.lostFrames == 0)
  }

  @Test(arguments: [0, 255] as [UInt8])
  func emptyVideosAreLostNotPerfect(level: UInt8) throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let score = try scenario.score(.filled(level))
    #expect(!score.ballKept && !score.colorKept && !score.sizeKept && !score.shapeKept)
    #expect(score.lostFrames == score.scoredFrames)
    #expect(score.official == 2)
    #expect(abs(score.perFrame - 2) < 1e-4)
    #expect(score.unbiased.isNaN && score.generatedSpeed.isNaN && score.radiusDrift.isNaN)
  }

  @Test func colorSizeAndShapeAreReadApart() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    let blue = try scenario.score(video.recoloring(8..<31))
    #expect(blue.ballKept && !blue.colorKept && blue.sizeKept && blue.shapeKept)
    let small = try scenario.score(Rendered(radius: 0.8, speed: 2).video(size: 64))
    #expect(small.ballKept && small.colorKept && !small.sizeKept && small.shapeKept)
    #expect(abs(small.radiusError + 0.2) < 0.01)
    let square = try scenario.score(Rendered(radius: 1, speed: 2, shape: .square).video(size: 64))
    #expect(square.ballKept && square.colorKept && !square.shapeKept)
  }

  /// What a decoder leaves behind: noise on every channel, and pale blotches on the ground.
  @Test func noiseHardlyMovesTheUnbiasedRuler() throws {
    let scores = try (0..<12).map { index in
      let scenario = try Rendered(index: index)
      var video = try scenario.video(size: 64)
      var random = CounterRandom(recipe: "noise", seed: 1, index: UInt64(index))
      for byte in video.bytes.indices {
        let value = Double(video.bytes[byte]) + random.uniform(-12, 12)
        video.bytes[byte] = UInt8(min(max(value, 0), 255))
      }
      return try scenario.score(video.painting(row: 4, column: 4, (255, 190, 190)))
    }
    #expect(scores.map(\.unbiased).mean < 0.004)
    #expect(scores.allSatisfy { $0.ballKept && $0.colorKept && $0.sizeKept && $0.shapeKept })
    #expect(abs(scores.map(\.radiusError).mean) < 0.03)
  }

  @Test func conditionFramesAreNeverScored() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    #expect(try scenario.score(video.erasing(0..<3)) == scenario.score(video))
  }

  @Test func aShorterVideoIsComparedWithTheStart() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let score = try scenario.score(scenario.video(size: 64).prefix(frames: 10))
    #expect(score.scoredFrames == 7)
    #expect(score.unbiased < 0.01)
  }

  @Test func scoringFails() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let long = Video.filled(255, frames: 40)
    #expect(throws: MeasureError.frameMismatch(video: 40, truth: 31)) { try scenario.score(long) }
    let empty = Scene(bodies: [], frames: 31)
    #expect(throws: MeasureError.bodyCount(0)) {
      try VideoScorer().score(long, scene: empty, truth: scenario.truth, index: 0, level: "id")
    }
  }
}
