import Foundation
import Videos
import Worlds

/// Scores one-body videos against their scenes.
public struct VideoScorer: Hashable, Sendable {
  /// Frames the model was given; never scored.
  public var conditionFrames: Int
  /// Edge at which the frames were painted before averaging.
  public var renderedSize: Int
  /// What counts as kept.
  public var limits: Attributes.Limits

  /// A scorer; the defaults are the paper's three condition frames and 256-pixel rendering.
  public init(
    conditionFrames: Int = 3, renderedSize: Int = 256,
    limits: Attributes.Limits = Attributes.Limits()
  ) {
    self.conditionFrames = conditionFrames
    self.renderedSize = renderedSize
    self.limits = limits
  }

  /// Measures one video. A shorter video is compared with the start of the truth.
  /// - Throws: `MeasureError.bodyCount`, or `.frameMismatch` when the video outlasts the truth.
  public func score(
    _ video: Video, scene: Scene, truth: Trajectory, index: Int, level: String
  ) throws -> VideoScore {
    guard let body = scene.bodies.first, scene.bodies.count == 1, truth.bodyCount == 1 else {
      throw MeasureError.bodyCount(scene.bodies.count)
    }
    guard video.frames <= truth.frameCount else {
      throw MeasureError.frameMismatch(video: video.frames, truth: truth.frameCount)
    }
    let positions = (0..<video.frames).map { truth[frame: $0, body: 0] }
    let speed = hypot(body.velocity.x, body.velocity.y)
    let evaluation = try OneObjectEvaluation(
      video: video, truth: positions, radius: body.radius, speed: speed, color: body.color,
      conditionFrames: conditionFrames)
    let readings = WeightedParser(renderedSize: renderedSize)
      .track(video, frames: evaluation.frameIndices)
    let velocity = VelocityError(evaluation: evaluation, readings: readings)
    let attributes = Attributes(
      readings: readings, truth: evaluation.truth, body: body, limits: limits)
    return VideoScore(
      index: index, level: level, r: body.radius, v: speed,
      official: velocity.official, perFrame: velocity.perFrame, unbiased: velocity.unbiased,
      generatedSpeed: velocity.generatedSpeed, crossSpeed: velocity.crossSpeed,
      trueSpeed: velocity.trueSpeed,
      scoredFrames: evaluation.frameIndices.count, lostFrames: attributes.lostFrames,
      ballKept: attributes.ballKept, colorKept: attributes.colorKept,
      sizeKept: attributes.sizeKept, shapeKept: attributes.shapeKept,
      radiusError: attributes.radiusError, radiusDrift: attributes.radiusDrift,
      squareness: attributes.squareness)
  }
}
