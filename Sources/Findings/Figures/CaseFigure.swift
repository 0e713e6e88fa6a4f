/// Law or replay, scene by scene: how far generated trajectories are from the truth and from training.
enum CaseFigure {
  /// Of an experiment's first arm; nil without evidence.
  static func make(_ arms: [Arm], _ evidence: Evidence) -> FigureContent? {
    guard let arm = arms.first(where: { arm in arm.size == .middle && arm.amount == .large })
    else { return nil }
    let probes = arm.probes.filter { $0.steps == nil }
    let scenes = probes.flatMap { probe in
      evidence.scenes(arm: arm.name, probe: probe.name).map {
        (scene: $0, side: probe.side(of: $0))
      }
    }
    func points(_ side: Probe.Side) -> [ChartContent.Point] {
      scenes.filter { $0.side == side }.map { entry in
        .init(
          max(entry.scene.truthDistance, 0.001), max(entry.scene.caseDistance, 0.001),
          note: "scene \(entry.scene.score.id)")
      }
    }
    let series = [
      ChartContent.Series("inside", .dots, color: 1, points(.inside)),
      ChartContent.Series("outside", .dots, color: 2, points(.outside)),
    ]
    let all = series.flatMap(\.points).flatMap { [$0.x, $0.y] }
    guard let low = all.min(), let high = all.max() else { return nil }
    return FigureContent(
      name: "law-or-replay", title: "Law or replay? \(arm.title)",
      caption:
        "Every dot is a video: its distance from the truth and from the nearest training trajectory (world "
        + "units, at least 0.001). Above the line it is nearer to the law, below it nearer to a training case.",
      drawing: .chart(
        ChartContent(
          x: .init("Distance from the truth", isLogarithmic: true),
          y: .init("Distance from the nearest training case", isLogarithmic: true),
          series: [
            .init("as far from both", .dashed, color: 0, [.init(low, low), .init(high, high)])
          ] + series)))
  }
}
