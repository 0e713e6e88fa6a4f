import Datasets

/// True videos of a stream, rendered as the models see them.
public enum Truth {
  /// Scenes `indices` of `stream`, simulated and rendered at 256 pixels averaged to `size`.
  public static func videos(
    _ stream: SceneStream, _ indices: Range<Int>, size: Int
  ) throws -> [LabelledVideo] {
    try indices.map { try LabelledVideo(stream, index: $0, size: size) }
  }
}
