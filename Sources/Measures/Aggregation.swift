extension MetricsDocument {
  /// Builds the document from the records of the model and of its floors.
  /// - Parameters:
  ///   - scores: The model's videos, all levels.
  ///   - floors: Floor name (see `floorNames`) to the records of the same scenes.
  ///   - samplingSteps: Number of sampling steps to records made with that many.
  public init(
    scores: [VideoScore], floors: [String: [VideoScore]] = [:],
    samplingSteps: [Int: [VideoScore]] = [:], bootstrap: Bootstrap = Bootstrap()
  ) {
    let levels = Self.byLevel(scores)
    self.init(
      velocityError: Self.table(scores, bootstrap),
      floors: floors.mapValues { Self.table($0, bootstrap) },
      kept: levels.mapValues { Self.kept($0, bootstrap) },
      attributes: levels.mapValues(Self.attributes),
      ratioOutToIn: Self.ratioOutToIn(scores, bootstrap))
    self.samplingSteps = Dictionary(
      uniqueKeysWithValues: samplingSteps.map { (String($0), Self.table($1, bootstrap)) })
  }

  /// Mean error with interval, form by level.
  public static func table(_ scores: [VideoScore], _ bootstrap: Bootstrap = Bootstrap()) -> Table {
    let levels = byLevel(scores)
    return byForm { form in
      levels.mapValues { videos in bootstrap.mean(videos.map { $0[form] }) }
    }
  }

  /// Mean error of the v levels (each level weighs the same) over the in-distribution one.
  public static func ratioOutToIn(
    _ scores: [VideoScore], _ bootstrap: Bootstrap = Bootstrap()
  ) -> [String: Summary] {
    let levels = byLevel(scores)
    return byForm { form in
      let errors = { (level: String) in (levels[level] ?? []).map { $0[form] } }
      return bootstrap.ratio(speedLevels.map(errors), over: errors("id"))
    }
  }

  /// The means alone, form by level: what a training curve records.
  public static func means(_ scores: [VideoScore]) -> [String: [String: Double]] {
    let levels = byLevel(scores)
    return byForm { form in
      levels.mapValues { videos in videos.map { $0[form] }.finiteMean }.filter(\.value.isFinite)
    }
  }

  private static func kept(_ videos: [VideoScore], _ bootstrap: Bootstrap) -> Kept {
    let kept = videos.filter(\.ballKept)
    return Kept(
      fraction: fraction(of: videos, \.ballKept), videos: videos.count,
      lost: videos.count - kept.count,
      lostFrames: videos.map { Double($0.lostFrames) / Double($0.scoredFrames) }.finiteMean,
      errorAmongKept: byForm { form in bootstrap.mean(kept.map { $0[form] }) })
  }

  private static func attributes(_ videos: [VideoScore]) -> KeptAttributes {
    KeptAttributes(
      colorKept: fraction(of: videos, \.colorKept), sizeKept: fraction(of: videos, \.sizeKept),
      shapeKept: fraction(of: videos, \.shapeKept),
      radiusDrift: videos.map(\.radiusDrift).finiteMean,
      radiusError: videos.map(\.radiusError).finiteMean)
  }

  private static func fraction(
    of videos: [VideoScore], _ holds: KeyPath<VideoScore, Bool>
  ) -> Double {
    videos.map { $0[keyPath: holds] ? 1.0 : 0.0 }.mean
  }

  private static func byLevel(_ scores: [VideoScore]) -> [String: [VideoScore]] {
    Dictionary(grouping: scores, by: \.level)
  }

  private static func byForm<Value>(_ value: (VelocityForm) -> Value) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: VelocityForm.allCases.map { ($0.rawValue, value($0)) })
  }
}
