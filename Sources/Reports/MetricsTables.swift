import Measures

/// The tables of an evaluation, for the page, the terminal, Markdown and CSV alike.
public struct MetricsTables: Sendable {
  private let metrics: MetricsDocument
  private let descriptions: [String: String]

  /// Tables of a document.
  /// - Parameter descriptions: Level name to what it holds, shown under the name; nil shows the
  ///   ranges of uniform motion, an empty dictionary nothing.
  public init(_ metrics: MetricsDocument, descriptions: [String: String]? = nil) {
    self.metrics = metrics
    self.descriptions = descriptions ?? Levels.descriptions
  }

  private var levels: [String] {
    Levels.ordered(metrics.velocityError.values.flatMap(\.keys))
  }

  private func level(_ level: String) -> ReportTable.Cell {
    .init(Levels.name(level), detail: descriptions[level] ?? "")
  }

  /// The model's error by level in all three forms, with intervals, counts and balls kept.
  public var errors: ReportTable {
    let columns =
      [ReportTable.Column("Level", numeric: false)]
      + VelocityForm.allCases.map { .init($0.rawValue) } + [.init("Kept"), .init("Lost")]
    let rows = levels.map { name in
      let forms = VelocityForm.allCases.map { form in
        Self.summary(metrics.velocityError[form.rawValue]?[name])
      }
      let kept = metrics.kept[name]
      return [level(name)] + forms + [
        .init(kept.map { Format.percent($0.fraction) } ?? "–"),
        .init(kept.map { "\($0.lost) of \($0.videos)" } ?? "–"),
      ]
    }
    return ReportTable(
      caption: "Velocity error of the model by level, with 95 % intervals",
      columns: columns, rows: rows)
  }

  /// The model beside its floors and baselines in one form.
  public func floors(_ form: VelocityForm) -> ReportTable {
    let floors = Levels.orderedFloors(metrics.floors.keys)
    let columns =
      [ReportTable.Column("Level", numeric: false), .init("Model")]
      + floors.map { .init(Levels.floorName($0)) }
    let rows = levels.map { name in
      let own = metrics.velocityError[form.rawValue]?[name]
      let others = floors.map { Self.summary(metrics.floors[$0]?[form.rawValue]?[name]) }
      return [level(name), Self.summary(own)] + others
    }
    return ReportTable(
      caption: "\(form.rawValue): the model beside its floors and baselines",
      columns: columns, rows: rows)
  }

  /// What the balls keep besides their speed, and the error among those kept.
  public var attributes: ReportTable {
    let columns = [
      ReportTable.Column("Level", numeric: false), .init("Error if kept"), .init("Frames lost"),
      .init("Colour"), .init("Size"), .init("Shape"), .init("Radius error"), .init("Drift"),
    ]
    let rows = levels.map { name -> [ReportTable.Cell] in
      let own = metrics.attributes[name]
      let kept = metrics.kept[name]
      let percent = { (value: Double?) in ReportTable.Cell(Format.percent(value ?? .nan)) }
      return [
        level(name), Self.summary(kept?.errorAmongKept[VelocityForm.official.rawValue]),
        percent(kept?.lostFrames), percent(own?.colorKept), percent(own?.sizeKept),
        percent(own?.shapeKept), percent(own?.radiusError),
        .init(Format.fixed(own?.radiusDrift ?? .nan, 3)),
      ]
    }
    return ReportTable(
      caption:
        "What the balls keep: error among those kept (official), frames without a ball, videos "
        + "that keep colour, size and shape, mean radius error, drift of the radius in world units",
      columns: columns, rows: rows)
  }

  /// Error by number of sampling steps in one form; nil when it was not measured.
  public func samplingSteps(_ form: VelocityForm) -> ReportTable? {
    let counts = metrics.samplingSteps.keys.compactMap(Int.init).sorted()
    guard !counts.isEmpty else { return nil }
    let tables = counts.map { metrics.samplingSteps[String($0)]?[form.rawValue] ?? [:] }
    let names = Levels.ordered(tables.flatMap(\.keys))
    return ReportTable(
      caption: "\(form.rawValue) by number of sampling steps",
      columns: [.init("Steps", numeric: false)] + names.map { .init(Levels.name($0)) },
      rows: zip(counts, tables).map { count, table in
        [.init(String(count))] + names.map { Self.summary(table[$0]) }
      })
  }

  /// The ratio of outside to inside for this seed and others; nil without others.
  public func seeds(_ others: [UInt64: MetricsDocument]) -> ReportTable? {
    guard !others.isEmpty else { return nil }
    let all = others.merging([metrics.seed: metrics]) { _, own in own }
    let form = VelocityForm.official.rawValue
    let shown = ["id"] + MetricsDocument.speedLevels
    return ReportTable(
      caption: "The same run, seed by seed (official form)",
      columns: [.init("Seed", numeric: false)] + shown.map { .init(Levels.name($0)) }
        + [.init("Outside / inside"), .init("Lost in distribution")],
      rows: all.keys.sorted().map { seed in
        let document = all[seed] ?? metrics
        let ratio = document.ratioOutToIn[form]
        return [.init(String(seed))] + shown.map { Self.summary(document.velocityError[form]?[$0]) }
          + [
            .init(
              Format.rough(ratio?.mean ?? .nan),
              detail: ratio.map { "\(Format.rough($0.low)) to \(Format.rough($0.high))" } ?? ""),
            Self.count(document.kept["id"]?.lost),
          ]
      })
  }

  /// Every mean of the evaluation, one per row: source, form, level, mean, low, high, count.
  public var tidy: ReportTable {
    let sources =
      [("model", metrics.velocityError)]
      + Levels.orderedFloors(metrics.floors.keys).map { ($0, metrics.floors[$0] ?? [:]) }
    let rows = sources.flatMap { source, table in
      VelocityForm.allCases.flatMap { form in
        Levels.ordered((table[form.rawValue] ?? [:]).keys).compactMap { level in
          table[form.rawValue]?[level].map { summary -> [ReportTable.Cell] in
            [.init(source), .init(form.rawValue), .init(level)]
              + [summary.mean, summary.low, summary.high].map {
                .init($0.isFinite ? String($0) : "")
              } + [.init(String(summary.count))]
          }
        }
      }
    }
    return ReportTable(
      columns: ["source", "form", "level"].map { .init($0, numeric: false) }
        + ["mean", "low", "high", "count"].map { .init($0) },
      rows: rows)
  }

  private static func summary(_ summary: Summary?) -> ReportTable.Cell {
    guard let summary, summary.count > 0 else { return "–" }
    return .init(Format.error(summary.mean), detail: Format.interval(summary))
  }

  private static func count(_ count: Int?) -> ReportTable.Cell {
    .init(count.map { String($0) } ?? "–")
  }
}
