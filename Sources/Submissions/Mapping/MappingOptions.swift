/// How videos of any shape are brought onto the scenes' frames, where there is a choice.
public struct MappingOptions: Codable, Hashable, Sendable {
  /// What is done with pictures that are not square.
  public enum Fit: String, Codable, CaseIterable, Sendable {
    /// Whichever of the other two shows the given frames better.
    case automatic
    /// The picture is squeezed into a square.
    case stretch
    /// The square in the middle is cut out.
    case crop
  }

  /// Frames that the model was given; never scored. Default 3, as in the paper.
  public var conditionFrames = 3
  /// Frames a second that videos really have, where files do not say or are wrong; 10 is the
  /// scenes' own rate. Nil: what the files say, where they have more frames than are needed.
  public var framesPerSecond: Double?
  /// Pixels along each side at which videos are scored, a divisor of 256; nil: the nearest to each
  /// video's own size.
  public var size: Int?
  /// What is done with pictures that are not square.
  public var fit = Fit.automatic

  /// The usual choices.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case size, fit
    case conditionFrames = "condition_frames"
    case framesPerSecond = "frames_per_second"
  }

  /// Checks the values against each other.
  ///
  /// - Throws: ``SubmissionError/request(_:)``
  public func validate(frames: Int) throws(SubmissionError) {
    guard (0..<frames - 1).contains(conditionFrames) else {
      throw .request(
        "\(conditionFrames) condition frames of \(frames) leave fewer than two to score")
    }
    if let size, !FrameGeometry.sizes.contains(size) {
      throw .request("videos cannot be scored at \(size) pixels; choose 32, 64, 128 or 256")
    }
    if let rate = framesPerSecond, !(rate >= FrameTiming.sceneRate && rate <= 1000) {
      throw .request(
        "\(rate) frames a second cannot be mapped onto frames 0.1 s apart; give 10 to 1000")
    }
  }
}
