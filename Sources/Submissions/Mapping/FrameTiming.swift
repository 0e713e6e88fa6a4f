import Foundation

/// Which frames of a video are which frames of its scene.
public struct FrameTiming: Hashable, Sendable {
  /// The scenes' frames a second.
  public static let sceneRate = 10.0

  /// Frames of the submitted video.
  public let sourceFrames: Int
  /// The submitted frames that are taken, in order.
  public let indices: [Int]
  /// Given frames of the truth that are put before them.
  public let prepended: Int
  /// Submitted frames a second, where frames were chosen by it.
  public let rate: Double?

  /// Maps `frames` submitted frames onto a scene of `wanted` frames.
  ///
  /// - Parameters:
  ///   - stated: Frames a second that the file states.
  ///   - startsAtGivenFrames: Whether the first submitted frame shows what the model was given,
  ///     rather than the first frame after it.
  /// - Throws: ``FrameFailure`` for a length that cannot be mapped.
  init(
    frames: Int, stated: Double?, wanted: Int, startsAtGivenFrames: Bool, options: MappingOptions
  ) throws(FrameFailure) {
    sourceFrames = frames
    let given = options.conditionFrames
    // The rate in a file says something about time only where there are frames to spare: many a
    // writer states 30 and means ours.
    let rate = options.framesPerSecond ?? (frames > wanted ? stated : nil)
    if let rate, rate > Self.sceneRate * 1.01, rate <= 1000 {
      let chosen = (0..<wanted).map { Int((Double($0) * rate / Self.sceneRate).rounded()) }
        .prefix { $0 < frames }
      guard chosen.count >= wanted - 1 else {
        throw FrameFailure(
          .length,
          "\(frames) frames at \(Self.number(rate)) a second last for \(chosen.count) of the "
            + "\(wanted) frames 0.1 s apart; if they are 0.1 s apart themselves, say --fps 10")
      }
      self.rate = rate
      indices = Array(chosen)
      prepended = 0
      return
    }
    self.rate = nil
    switch frames {
    case wanted...:
      indices = Array(0..<wanted)
      prepended = 0
    case wanted - 1 where given != 1 || startsAtGivenFrames:
      // The released evaluator's 31 of 32.
      indices = Array(0..<frames)
      prepended = 0
    case wanted - given where given > 0 && !startsAtGivenFrames:
      indices = Array(0..<frames)
      prepended = given
    default:
      throw FrameFailure(
        .length,
        "\(frames) frames; \(wanted), \(wanted - 1), or the \(wanted - given) after the given "
          + "\(given) are needed: to score only the first frames of every video, say --frames")
    }
  }

  /// What is done, in words.
  public var text: String {
    let count = indices.count
    if let rate {
      let first = indices.prefix(4).map(String.init).joined(separator: ", ")
      return "frames \(first), … of \(sourceFrames) at \(Self.number(rate)) a second"
    }
    if prepended > 0 { return "\(count) frames, put after the \(prepended) given ones" }
    return count == sourceFrames ? "all \(count) frames" : "the first \(count) of \(sourceFrames) frames"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(format: "%.2f", value)
  }
}
