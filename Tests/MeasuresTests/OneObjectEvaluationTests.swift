import Measures
import Testing
import Videos
import Worlds

@Suite struct OneObjectEvaluationTests {
  private func evaluate(_ video: Video, _ scenario: Rendered) throws -> OneObjectEvaluation {
    try OneObjectEvaluation(
      video: video, truth: scenario.truth.path(ofBody: 0), initVector: [1, 2])
  }

  @Test func missingBallSitsAtTheRightEdge() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    let gap = try evaluate(video.erasing(10..<12), scenario)
    #expect(
      gap.parsed[7]
        == ParsedObject(
          x: 10, y: gap.parsed[6].y, radius: gap.parsed[6].radius, present: false))
    #expect(gap.parsed[9].present)
    // Only the first and the last frame decide the headline number.
    #expect(abs(gap.velocityError - (try evaluate(video, scenario).velocityError)) < 1e-12)
  }

  @Test func missingFromTheFirstScoredFrameIsNaNInYAndRadius() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let evaluation = try evaluate(scenario.video(size: 64).erasing(3..<4), scenario)
    #expect(evaluation.yError.isNaN)
    #expect(evaluation.radiusSpread.isNaN)
    #expect(evaluation.xError.isFinite)
  }

  @Test(arguments: [0, 127, 255] as [UInt8])
  func emptyFramesHaveNoBall(level: UInt8) throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let evaluation = try evaluate(.filled(level), scenario)
    #expect(evaluation.parsed.allSatisfy { !$0.present && $0.x == 10 && $0.radius.isNaN })
    #expect(evaluation.velocityError == 2)
  }

  @Test func bodyNeverInViewScoresNothing() throws {
    let scenario = try Rendered(radius: 1, speed: 2, x: 9.5)
    let evaluation = try evaluate(scenario.video(size: 64), scenario)
    #expect(evaluation.frameIndices.isEmpty)
    #expect(evaluation.velocityError.isNaN)
    #expect(evaluation.radiusSpread.isNaN)
  }

  @Test func valuesAt127BelongToNeitherColor() {
    var video = Video.filled(255, frames: 1, size: 8)
    video = video.painting(row: 0, column: 3, (127, 0, 0)).painting(
      row: 7, column: 5, (128, 126, 126))
    let seen = OfficialParser(color: .red).read(video, frame: 0)
    #expect(seen?.x == 6.25)
    #expect(seen?.y == 0)
    #expect(OfficialParser(color: .blue).read(video, frame: 0) == nil)
  }

  @Test func badInputIsNamed() throws {
    let scenario = try Rendered(radius: 1, speed: 2)
    let video = try scenario.video(size: 64)
    let truth = scenario.truth.path(ofBody: 0)
    #expect(throws: MeasureError.invalidColor(2)) {
      try OneObjectEvaluation(video: video, truth: truth, initVector: [1, 1, 2])
    }
    #expect(throws: MeasureError.shortInit(1)) {
      try OneObjectEvaluation(video: video, truth: truth, initVector: [1])
    }
    #expect(throws: MeasureError.frameMismatch(video: 31, truth: 30)) {
      try OneObjectEvaluation(video: video, truth: Array(truth.dropLast()), initVector: [1, 2])
    }
  }
}
