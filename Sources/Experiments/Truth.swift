import Datasets
import Videos
import Worlds

/// True videos of a stream, rendered as the models see them.
public enum Truth {
  /// Scenes `indices` of `stream`, simulated and rendered at 256 pixels averaged to `size`.
  public static func videos(
    _ stream: SceneStream, _ indices: Range<Int>, size: Int
  ) throws -> [LabelledVideo] {
    let simulator = Simulator()
    let renderer = Renderer()
    return try indices.map { index in
      let scene = try stream.scene(at: index)
      let trajectory = try simulator.simulate(scene)
      return LabelledVideo(
        index: index, parameters: try stream.parameters(at: index), scene: scene,
        trajectory: trajectory,
        video: try renderer.render(scene, trajectory, averagedTo: size))
    }
  }
}
