import Tensors
import Videos

/// The frames of two videos that are compared one by one.
public struct FramePair: Sendable {
  /// What was made.
  public let generated: Video
  /// What is right.
  public let truth: Video
  /// The first frame that counts: those before were given to the model.
  public let first: Int

  /// Two videos of one size; the first `conditionFrames` frames do not count.
  ///
  /// - Throws: ``PerceptionError``
  public init(
    generated: Video, truth: Video, conditionFrames: Int = 0
  ) throws(PerceptionError) {
    guard generated.frames == truth.frames, generated.width == truth.width,
      generated.height == truth.height
    else {
      throw .sizesDiffer(generated: "\(generated)", truth: "\(truth)")
    }
    first = max(conditionFrames, 0)
    guard generated.frames > first, generated.frameSize > 0 else {
      throw .noFrames(frames: generated.frames, conditionFrames: first)
    }
    self.generated = generated
    self.truth = truth
  }

  /// The frames that count.
  public var frames: Range<Int> { first..<generated.frames }
  /// Pixels in a row.
  public var width: Int { generated.width }
  /// Rows of a frame.
  public var height: Int { generated.height }

  /// Both sides of a frame that are the same bytes need no measuring.
  func isEqual(_ frame: Int) -> Bool {
    let range = (frame * generated.frameSize)..<((frame + 1) * generated.frameSize)
    return generated.bytes[range] == truth.bytes[range]
  }

  /// Frames as numbers in [-1, 1], channels last in memory: [frames, 3, height, width].
  static func tensor(_ video: Video, _ frames: Range<Int>) -> Tensor {
    let size = video.frameSize
    let bytes = Array(video.bytes[(frames.lowerBound * size)..<(frames.upperBound * size)])
    let pixels = Tensor(bytes: bytes, [frames.count, video.height, video.width, 3])
    return (pixels.to(.float32) * (1 / 127.5) - 1).permute([0, 3, 1, 2])
  }
}
