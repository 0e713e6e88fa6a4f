/// How one submitted video was brought onto its scene's frames.
public struct FrameMapping: Hashable, Sendable {
  /// Pictures.
  public let geometry: FrameGeometry
  /// Frames.
  public let timing: FrameTiming

  /// What was done, in words, such as `512 by 512 pixels, averaged to 256 by 256; all 32 frames`.
  public var text: String { "\(geometry.text); \(timing.text)" }
}
