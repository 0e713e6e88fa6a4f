import Worlds

/// Which frames of a video are scored.
public enum ScoredFrames {
  /// Frames from the first generated one on, while the true body is wholly inside the frame.
  ///
  /// Inclusive bounds x − r ≥ 0, x + r ≤ 10 and the same for y (specification 5.3).
  /// - Parameters:
  ///   - truth: Position of the one body in each frame.
  ///   - radius: Its radius or half-side, world units.
  ///   - conditionFrames: Frames that the model was given; never scored.
  public static func indices(
    truth: [Vector2], radius: Double, conditionFrames: Int = 3
  ) -> [Int] {
    truth.indices.filter { frame in
      let centre = truth[frame]
      return frame >= conditionFrames
        && centre.x - radius >= 0 && centre.x + radius <= Scene.extent
        && centre.y - radius >= 0 && centre.y + radius <= Scene.extent
    }
  }
}
