import Findings
import Foundation
import Worlds

/// Made-up findings with numbers such as real runs give.
enum MadeUp {
  static func claim(
    _ name: String = "gap-pulls-speed", _ verdict: ClaimVerdict = .holds,
    sentence: String = "In a wide gap the model's speed is pulled to the trained ranges."
  ) -> ClaimResult {
    let value: (Double, Double, Double) =
      switch verdict {
      case .holds: (11.2, 8.31, 14.9)
      case .fails: (1.12, 0.81, 1.42)
      case .undecided: (2.2, 1.4, 3.1)
      }
    return ClaimResult(
      name: name, sentence: sentence,
      effect: "error inside the gap over error inside the training ranges",
      estimate: Estimate(value: value.0, low: value.1, high: value.2, scenes: 160, seeds: 2),
      threshold: .above(2), verdict: verdict,
      reason: "The whole interval lies on the claim's side of its threshold.")
  }

  /// Generated over true speed with two trained ranges, as in the paper's Figure 7.
  static var speeds: FigureContent {
    var random = CounterRandom(recipe: "speeds", seed: 1, index: 0)
    let dots = (0..<160).map { index -> ChartContent.Point in
      let speed = 1 + 3 * Double(index) / 159
      let isTrained = speed < 1.25 || speed > 3.75
      let pulled = speed < 2.5 ? 1.25 : 3.75
      let shown = (isTrained ? speed : 0.35 * speed + 0.65 * pulled) + random.uniform(-0.08, 0.08)
      return .init(speed, shown, note: "scene \(index): true \(speed), generated \(shown)")
    }
    return FigureContent(
      name: "speeds-hole-1.25-3.75", title: "Speeds, trained without 1.25 to 3.75",
      caption: "160 videos of two seeds. A model that had the law would stay on the broken line.",
      drawing: .chart(
        ChartContent(
          x: .init("True speed (world units/s)"), y: .init("Generated speed (world units/s)"),
          series: [
            .init("exact", .dashed, color: 0, [.init(1, 1), .init(4, 4)]),
            .init(
              "nearest training case", .rings, color: 3,
              dots.filter { $0.x < 1.25 || $0.x > 3.75 }.map { .init($0.x, $0.x + 0.02) }),
            .init("model", .dots, color: 1, dots),
          ], trained: [1...1.25, 3.75...4])))
  }

  static var errors: FigureContent {
    let names = ["1.25–3.75", "1.75–3.25", "2–3", "1.25–2 and 3–3.75", "2–2.25 put back"]
    func points(_ factor: Double) -> [ChartContent.Point] {
      names.indices.map { index in
        let value = factor / Double(index + 1)
        return .init(Double(index), value, low: value * 0.8, high: value * 1.25)
      }
    }
    return FigureContent(
      name: "errors-by-gap", title: "Error by gap",
      caption: "Mean velocity error with 95 % intervals; the dots are the truth by the same ruler.",
      drawing: .chart(
        ChartContent(
          x: .init("Speeds that training leaves out (world units/s)", names: names),
          y: .init("Velocity error"),
          series: [
            .init("inside the gap", .bars, color: 2, points(0.6)),
            .init("in training ranges", .bars, color: 1, points(0.06)),
            .init("constant velocity", .rings, color: 0, points(0.02)),
          ])))
  }

  static var scaling: FigureContent {
    func line(_ name: String, _ style: ChartContent.Style, _ color: Int, _ values: [Double])
      -> ChartContent.Series
    {
      .init(
        name, style, color: color,
        zip([300.0, 3000, 30_000], values).map {
          .init($0, $1, low: $1 * 0.85, high: $1 * 1.2, note: "\($0) videos")
        })
    }
    return FigureContent(
      name: "scaling", title: "Error by number of training videos", caption: "Two seeds.",
      drawing: .chart(
        ChartContent(
          x: .init("Training videos", isLogarithmic: true),
          y: .init("Velocity error", isLogarithmic: true),
          series: [
            line("nano, in distribution", .lineAndDots, 1, [0.12, 0.05, 0.024]),
            line("nano, out of distribution", .lineAndDots, 2, [0.5, 0.48, 0.51]),
            line("micro, in distribution", .lineAndDots, 4, [0.1, 0.04, 0.021]),
            line("micro, out of distribution", .lineAndDots, 5, [0.46, 0.44, 0.45]),
            line("floor of the ruler", .dashed, 0, [0.0042, 0.0042, 0.0042]),
          ])))
  }

  static var map: FigureContent {
    let cells = (0..<8).flatMap { row in
      (0..<8).map { column -> HeatMapContent.Cell in
        let (x, y) = (0.5 * Double(column), 0.5 * Double(row))
        let outside = max(x - 3, 0) + max(y - 3, 0) + max(1 - x, 0) * 0.4
        return .init(
          x: x...(x + 0.5), y: y...(y + 0.5),
          value: 0.05 + outside * 0.32 + 0.01 * Double((row * 3 + column) % 5),
          count: row == 7 && column == 7 ? 0 : 6 + (row + column) % 3)
      }
    }
    return FigureContent(
      name: "error-map", title: "Error after the impact over both speeds",
      caption: "480 videos; the hull is that of all trained pairs of speeds.",
      drawing: .heatMap(
        HeatMapContent(
          xLabel: "Speed of the left ball (world units/s)",
          yLabel: "Speed of the right ball (world units/s)",
          valueLabel: "Velocity error after the impact", top: 0.5, cells: cells,
          trained: [[1...3, 1...3]], holes: [[1.5...2.5, 1.5...2.5]],
          hull: [.init(x: 1, y: 1), .init(x: 3, y: 1), .init(x: 3, y: 3), .init(x: 1, y: 3)])))
  }

  static var conflict: FigureContent {
    FigureContent(
      name: "color-shape", title: "Color against shape",
      caption: "What a blue ball becomes when training has only red balls and blue squares.",
      drawing: .conflict(
        ConflictContent(
          attributes: ["Color", "Shape"], columns: ["red", "blue"], rows: ["ball", "square"],
          combinations: [
            .init(
              column: 0, row: 0, isTrained: true, count: 40, outcomes: [[0.975, 0], [0.025, 0]]),
            .init(column: 1, row: 1, isTrained: true, count: 40, outcomes: [[0, 0], [0, 1]]),
            .init(
              column: 1, row: 0, isTrained: false, count: 80, outcomes: [[0.05, 0.1], [0.0, 0.8]]),
            .init(
              column: 0, row: 1, isTrained: false, count: 80,
              outcomes: [[0.7, 0.1], [0.15, 0.02]]),
          ])))
  }

  static func finding(
    claims: [ClaimResult] = [
      claim(), claim("narrow-gap-is-bridged", .undecided, sentence: "A narrow gap is bridged."),
      claim("seeds-agree", .fails, sentence: "Both seeds agree within a tenth."),
    ], clips: [FindingClip] = []
  ) -> Finding {
    Finding(
      experiment: "figure-7", title: "Gaps in the training speeds",
      paper: "The larger the gap, the larger the error; a small gap is bridged by interpolation.",
      method:
        "Five training sets leave out other speeds; each model is probed over the whole range.",
      scale: "laptop", seeds: [1, 2],
      arms: [
        .init(
          name: "hole-1", title: "1.25 to 3.75 left out", addresses: ["3fa9c0d2", "81bb02ce"],
          set: "uniform-hole-1", videos: 20_000, parameters: 1_812_304, steps: 6000,
          seconds: [1260, 1301.5])
      ], claims: claims, figures: [speeds, errors, scaling, map, conflict],
      tables: [
        FindingTable(
          name: "errors", title: "Velocity error by gap",
          columns: ["Gap", "Inside the gap", "Trained", "Videos"],
          rows: [
            ["1.25–3.75", "0.611 (0.502 to 0.724)", "0.031 (0.026 to 0.040)", "160"],
            ["1.75–3.25", "−0.302 (−0.4 to −0.2)", "–", "160"],
          ])
      ], clips: clips, notes: ["Balls lost are counted apart: 3 of 160."],
      time: FindingTime(training: 5123, sampling: 412, measuring: 93, total: 5720),
      provenance: ["version": "0.3.0", "libtorch": "2.13.0", "cores": "2", "date": "2026-11-23"])
  }
}
