import Worlds

/// Paints scenes frame by frame, whole or averaged; its working memory serves scene after scene.
struct ScenePainter {
  /// What the bodies of the last painted frame cover; bodies out of the picture are left out.
  private(set) var spots: [Spot] = []

  private let renderer: Renderer
  private var brushes: [Brush] = []
  private var averaging: AveragingPainter?

  /// Frames of `renderer.size / factor` pixels.
  init(_ renderer: Renderer, factor: Int) {
    self.renderer = renderer
    if factor > 1 { averaging = AveragingPainter(size: renderer.size, factor: factor) }
  }

  /// Takes up the bodies of a scene.
  mutating func begin(_ scene: Scene, _ trajectory: Trajectory) {
    precondition(
      scene.bodies.count == trajectory.bodyCount,
      "\(trajectory.bodyCount) paths for \(scene.bodies.count) bodies")
    brushes.removeAll(keepingCapacity: true)
    for body in scene.bodies { brushes.append(Brush(body, size: renderer.size)) }
  }

  /// Paints one frame over white bytes.
  mutating func paint(
    _ frame: Int, of trajectory: Trajectory, into target: UnsafeMutablePointer<UInt8>
  ) {
    spots.removeAll(keepingCapacity: true)
    renderer.withPainter { painter in
      for (index, brush) in brushes.enumerated() {
        let position = trajectory[frame: frame, body: index]
        if let spot = Spot(brush, at: position, grid: painter.grid) { spots.append(spot) }
      }
      guard averaging?.paint(spots, with: painter, into: target) == nil else { return }
      painter.paint(spots, into: target)
    }
  }
}
