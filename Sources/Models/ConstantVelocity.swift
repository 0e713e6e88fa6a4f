import Videos
import Worlds

/// The law itself as a baseline: reads position, velocity and size off the condition frames and simulates on
/// without forces.
///
/// Its error is what reading three frames costs; a network that knew inertia could do as well, in and out of
/// its training range.
public struct ConstantVelocity: WorldModel, Sendable {
  /// A short name for tables.
  public var name = "constant velocity"
  /// Frames it reads.
  public let conditionFrames: Int
  private let reader: ConditionReader

  /// Reads `conditionFrames` frames.
  public init(conditionFrames: Int = 3) {
    self.conditionFrames = conditionFrames
    reader = ConditionReader(frames: conditionFrames)
  }

  /// Simulates and renders on.
  /// - Throws: `ModelError.nothingToContinue` for a condition without a visible body.
  public func continuation(of condition: [Video], frames: Int) throws -> [Video] {
    try checkLengths(condition, frames: frames)
    let renderer = Renderer(size: reader.paintedSize)
    return try condition.enumerated().map { index, video in
      let bodies = reader.bodies(in: video)
      guard !bodies.isEmpty else {
        throw ModelError.nothingToContinue(
          video: index, reason: "no body stays visible in its first \(conditionFrames) frames")
      }
      let scene = Scene(bodies: bodies, frames: frames)
      let drawn = try renderer.render(
        scene, try Simulator().simulate(scene), averagedTo: video.width)
      return joined(video, drawn, frames: frames)
    }
  }
}
