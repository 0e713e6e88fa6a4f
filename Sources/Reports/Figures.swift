import Measures

/// The figures of a report, each from plain content.
public struct Figures: Sendable {
  private let content: ReportContent

  /// Figures of a report's content.
  public init(_ content: ReportContent) { self.content = content }

  /// Generated against true speed over the whole range, training range shaded (the paper's Figure 7
  /// kind); nil without records.
  public var speeds: Plot? {
    let shown = content.scores.filter { $0.generatedSpeed.isFinite && $0.trueSpeed.isFinite }
    guard !shown.isEmpty else { return nil }
    let inside = shown.filter(isInside)
    let outside = shown.filter { !isInside($0) }
    let nearest = content.floorScores["nearest_case"] ?? []
    let rebuilt = content.floorScores["autoencoder"] ?? []
    let top = max(shown.map(\.trueSpeed).max() ?? 6, content.trainingSpeeds.upperBound) * 1.05
    // Runaway values would flatten everything else; they are drawn as triangles at the edge.
    let generated = shown.map(\.generatedSpeed)
    let low = max(min(generated.min() ?? 0, 0), -0.25 * top)
    let high = min(max(generated.max() ?? top, top), 1.5 * top)
    return Plot(
      title: "Generated speed against true speed",
      x: Axis("True speed (world units/s)", range: 0...top),
      y: Axis("Generated speed (world units/s)", range: low...high),
      series: [
        .init("exact", style: .dashed, color: 0, points: [.init(0, 0), .init(top, top)]),
        .init("nearest training case", style: .rings, color: 3, points: points(nearest)),
        .init("autoencoder", style: .dots, color: 0, points: points(rebuilt)),
        .init("model, r or v never trained on", style: .dots, color: 2, points: points(outside)),
        .init("model, trained r and v", style: .dots, color: 1, points: points(inside)),
      ],
      shades: [.init(content.trainingSpeeds, label: "trained on")])
  }

  private func isInside(_ score: VideoScore) -> Bool {
    content.trainingSpeeds.contains(score.v) && content.trainingRadii.contains(score.r)
  }

  private func points(_ scores: [VideoScore]) -> [Plot.Point] {
    scores.filter { $0.generatedSpeed.isFinite && $0.trueSpeed.isFinite }.map { score in
      .init(
        score.trueSpeed, score.generatedSpeed,
        note: "\(Levels.name(score.level)) \(score.index): r \(Format.fixed(score.r, 2)), true "
          + "\(Format.fixed(score.trueSpeed, 2)), generated \(Format.fixed(score.generatedSpeed, 2))"
      )
    }
  }

  /// Law error over training time, logarithmic; nil when no small evaluation was recorded.
  public var trainingError: Plot? {
    let form = VelocityForm.official.rawValue
    let levels = Levels.ordered(
      content.metrics.training.flatMap { ($0.velocityError[form] ?? [:]).keys })
    guard !levels.isEmpty, let last = content.metrics.training.last else { return nil }
    let minutes = Self.usesMinutes(last)
    var series = levels.enumerated().map { number, level in
      Plot.Series(
        Levels.name(level), style: .lineAndDots, color: Self.color(of: level, number),
        points: content.metrics.training.compactMap { point in
          point.velocityError[form]?[level].map {
            .init(Self.time(point, minutes), $0, note: "step \(point.step): \(Format.error($0))")
          }
        })
    }
    if let floor = content.metrics.floors["ground_truth"]?[form]?["id"]?.mean, floor.isFinite {
      series.append(
        .init(
          "ruler's floor", style: .dashed, color: 0,
          points: [.init(0, floor), .init(Self.time(last, minutes), floor)]))
    }
    return Plot(
      title: "Velocity error over training",
      x: Axis(Self.timeLabel(minutes), range: Self.timeRange(last, minutes)),
      y: Axis("Velocity error (official)", scale: .log), series: series)
  }

  /// Training loss over time, logarithmic; nil when none was recorded.
  public var loss: Plot? {
    let known = content.metrics.training.filter { $0.loss.isFinite }
    guard known.count > 1, let last = content.metrics.training.last else { return nil }
    let minutes = Self.usesMinutes(last)
    return Plot(
      title: "Training loss",
      x: Axis(Self.timeLabel(minutes), range: Self.timeRange(last, minutes)),
      y: Axis("Loss", scale: .log),
      series: [
        .init(
          "training loss", style: .line, color: 4,
          points: known.map { .init(Self.time($0, minutes), $0.loss) })
      ])
  }

  /// Error by number of sampling steps, both axes logarithmic; nil when it was not measured.
  public var samplingSteps: Plot? {
    let form = VelocityForm.official.rawValue
    let counts = content.metrics.samplingSteps.keys.compactMap(Int.init).filter { $0 > 0 }.sorted()
    let tables = counts.map { content.metrics.samplingSteps[String($0)]?[form] ?? [:] }
    let levels = Levels.ordered(tables.flatMap(\.keys))
    guard !levels.isEmpty else { return nil }
    let series = levels.enumerated().map { number, level in
      Plot.Series(
        Levels.name(level), style: .lineAndDots, color: Self.color(of: level, number),
        points: zip(counts, tables).compactMap { count, table in
          table[level].map {
            .init(
              Double(count), $0.mean, low: $0.low, high: $0.high,
              note: "\(count) steps: \(Format.error($0.mean)) (\(Format.interval($0)))")
          }
        })
    }
    return Plot(
      title: "Velocity error by number of sampling steps",
      x: Axis("Sampling steps", scale: .log, ticks: counts.map(Double.init)),
      y: Axis("Velocity error (official)", scale: .log), series: series)
  }

  private static func color(of level: String, _ number: Int) -> Int {
    switch level {
    case "id": 1
    case "v_high": 2
    case "v_low": 3
    default: 4 + number % 2
    }
  }

  private static func usesMinutes(_ last: TrainingPoint) -> Bool { last.seconds > 180 }

  private static func time(_ point: TrainingPoint, _ minutes: Bool) -> Double {
    minutes ? point.seconds / 60 : point.seconds
  }

  private static func timeLabel(_ minutes: Bool) -> String {
    minutes ? "Training time (minutes)" : "Training time (seconds)"
  }

  private static func timeRange(_ last: TrainingPoint, _ minutes: Bool) -> ClosedRange<Double>? {
    let end = time(last, minutes)
    return end > 0 ? 0...end * 1.02 : nil
  }
}
