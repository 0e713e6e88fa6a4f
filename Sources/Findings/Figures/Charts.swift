import Measures
import Tables
import Worlds

/// Figures from evidence.
enum Charts {
  /// Generated over true speed, one dot for each scene, trained speeds shaded (the paper's Figure 7).
  ///
  /// - Parameters:
  ///   - trained: starting speeds that training has.
  ///   - falls: whether balls gain speed on their way: then the speeds that trained starts lead to are shaded.
  static func speeds(
    _ name: String, _ title: String, _ evidence: Evidence, arm: String, probes: [String],
    trained: [ClosedRange<Double>], falls: Bool = false
  ) -> FigureContent {
    let scenes = probes.flatMap { evidence.scenes(arm: arm, probe: $0) }
    func points(_ keep: (SceneEvidence) -> Bool) -> [ChartContent.Point] {
      scenes.filter(keep).compactMap { scene in
        guard let x = scene.number("true_speed.unbiased"),
          let y = scene.number("generated_speed.unbiased")
        else { return nil }
        return .init(x, y, note: "scene \(scene.score.id): \(text(scene.score.parameters))")
      }
    }
    let inside: (SceneEvidence) -> Bool = { scene in
      let speed = scene.score.parameters["v"] ?? .nan
      return trained.contains { $0.contains(speed) }
    }
    let (seen, unseen) = (points(inside), points { !inside($0) })
    let lost = scenes.count - seen.count - unseen.count
    let top = (scenes.compactMap { $0.number("true_speed.unbiased") }.max() ?? 4) * 1.02
    let low = scenes.compactMap { $0.number("true_speed.unbiased") }.min() ?? 0
    let reached = seen.map(\.x)
    let along = reached.min().flatMap { least in reached.max().map { least...$0 } }
    return FigureContent(
      name: name, title: title,
      caption: "\(scenes.count) videos of \(evidence.seeds.count) "
        + (evidence.seeds.count == 1 ? "seed" : "seeds")
        + "; the line is the law"
        + (falls ? "; speeds are means along the path, the fall included" : "")
        + (lost > 0 ? "; \(lost) without a ball to measure are not drawn" : "")
        + ".",
      drawing: .chart(
        ChartContent(
          x: .init("True speed (world units/s)"), y: .init("Generated speed (world units/s)"),
          series: [
            .init("the law", .dashed, color: 0, [.init(low, low), .init(top, top)]),
            .init("speeds trained on", .dots, color: 1, seen),
            .init("speeds never seen", .dots, color: 2, unseen),
          ], trained: falls ? [along].compactMap { $0 } : trained)))
  }

  /// A mean over the scenes of each named place, with intervals, one series for each kind of scenes.
  static func means(
    _ name: String, _ title: String, _ caption: String, x: ChartContent.Axis,
    y: ChartContent.Axis, series: [MeanSeries], trained: [ClosedRange<Double>] = []
  ) -> FigureContent {
    FigureContent(
      name: name, title: title, caption: caption,
      drawing: .chart(ChartContent(x: x, y: y, series: series.map(\.content), trained: trained)))
  }

  /// The mean error over two parameters (the paper's Figure 8).
  static func heatMap(
    _ name: String, _ title: String, _ scenes: [SceneEvidence], x: String, y: String,
    xLabel: String, yLabel: String, bins: Int, top: Double, value: (SceneEvidence) -> Double?,
    valueLabel: String, trained: [[ClosedRange<Double>]], holes: [[ClosedRange<Double>]],
    hull: [Vector2]
  ) -> FigureContent {
    let known = scenes.compactMap { scene -> (x: Double, y: Double, value: Double)? in
      guard let a = scene.score.parameters[x], let b = scene.score.parameters[y],
        let number = value(scene)
      else { return nil }
      return (a, b, number)
    }
    var cells: [HeatMapContent.Cell] = []
    if let lowX = known.map(\.x).min(), let highX = known.map(\.x).max(),
      let lowY = known.map(\.y).min(), let highY = known.map(\.y).max()
    {
      let (wide, high) = ((highX - lowX) / Double(bins), (highY - lowY) / Double(bins))
      func bin(_ value: Double, _ low: Double, _ width: Double) -> Int {
        width > 0 ? min(Int((value - low) / width), bins - 1) : 0
      }
      let groups = Dictionary(grouping: known) { point in
        bin(point.x, lowX, wide) * bins + bin(point.y, lowY, high)
      }
      cells = groups.sorted { $0.key < $1.key }.map { key, points in
        let (column, row) = (Double(key / bins), Double(key % bins))
        return HeatMapContent.Cell(
          x: lowX + column * wide...lowX + (column + 1) * wide,
          y: lowY + row * high...lowY + (row + 1) * high,
          value: points.reduce(0) { $0 + $1.value } / Double(points.count), count: points.count)
      }
    }
    return FigureContent(
      name: name, title: title, caption: "Mean over \(known.count) videos, all radii together.",
      drawing: .heatMap(
        HeatMapContent(
          xLabel: xLabel, yLabel: yLabel, valueLabel: valueLabel, top: top, cells: cells,
          trained: trained, holes: holes, hull: hull)))
  }

  private static func text(_ parameters: [String: Double]) -> String {
    parameters.sorted { $0.key < $1.key }.map { "\($0.key) \(Format.significant($0.value, 3))" }
      .joined(separator: ", ")
  }
}

/// Means with intervals at several places.
struct MeanSeries {
  var name: String
  var color: Int
  var style = ChartContent.Style.lineAndDots
  var places: [(x: Double, values: [Double])]

  var content: ChartContent.Series {
    ChartContent.Series(
      name, style, color: color,
      places.compactMap { place in
        let mean = Bootstrap().mean(place.values)
        guard mean.count > 0 else { return nil }
        return .init(
          place.x, mean.mean, low: mean.low, high: mean.high,
          note: "\(Format.significant(mean.mean, 3)) (\(Format.significant(mean.low, 3)) to "
            + "\(Format.significant(mean.high, 3))), \(mean.count) scenes")
      })
  }
}
