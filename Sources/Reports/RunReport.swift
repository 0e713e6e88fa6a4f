import Datasets
import Experiments
import Foundation
import Measures
import Models
import Training
import Videos

/// Turns a measured run into the content of its report.
public enum RunReport {
  /// Reads what a run left and makes its page; other seeds of the same scale add a table.
  ///
  /// - Parameter others: further measured runs that differ in the seed only.
  /// - Throws: `RunError` naming what is missing and the command that makes it.
  public static func content(of run: RunFolder, others: [RunFolder] = []) throws -> ReportContent {
    let configuration = try run.configuration()
    let metrics = try run.metrics()
    let scores = try run.scores()
    var floors: [String: [VideoScore]] = [:]
    for name in MetricsDocument.floorNames { floors[name] = try run.floorScores(name) }
    let latent = try ModelFolder.configuration(
      VideoAutoencoderConfiguration.self, kind: VideoAutoencoderConfiguration.kind,
      in: run.autoencoder)
    var content = ReportContent(
      title: "Uniform motion, \(configuration.scale.rawValue) scale", metrics: metrics,
      scores: scores, floorScores: floors)
    content.summary =
      "A width-\(configuration.model.width), depth-\(configuration.model.depth) video diffusion "
      + "transformer, trained for \(configuration.loop.steps) steps on \(configuration.data.videos) "
      + "videos of \(latent.resolution)×\(latent.resolution) pixels; "
      + "\(configuration.evaluation.conditionFrames) frames given, "
      + "\(configuration.evaluation.frames - configuration.evaluation.conditionFrames) generated."
    content.trainingSpeeds = configuration.data.speed
    content.trainingRadii = configuration.data.radius
    if configuration.data.recipe.region != EvaluationLevel.idLevel.region {
      content.levelDescriptions["id"] =
        "The range it trained on (r \(configuration.data.radius), v \(configuration.data.speed))"
    }
    content.hasSpatialGrid = latent.grid > 1
    content.latentNote = note(latent)
    content.gates = gates(run)
    content.configuration = try ConfigurationFile.yaml(configuration)
    content.seeds = [
      .init("run (data, weights, noise)", "\(configuration.seed)"),
      .init("training scenes", "\(configuration.trainingSeed)"),
      .init("evaluation scenes", "\(configuration.evaluation.seed)"),
      .init("probe scenes while training", "\(configuration.evaluation.probeSeed)"),
    ]
    content.environment = environment(run)
    content.timings = run.timings().map { .init($0.stage, seconds: $0.seconds) }
    for other in others {
      let found = try other.metrics()
      content.otherSeeds[found.seed] = found
    }
    content.clips = try clips(run, configuration, scores, size: latent.resolution)
    return content
  }

  private static func note(_ latent: VideoAutoencoderConfiguration) -> String {
    let steps = "\(latent.framesPerLatent) consecutive frames"
    if latent.grid > 1 {
      return "\(steps) become a \(latent.grid)×\(latent.grid) grid of \(latent.latentChannels) "
        + "channels, the paper's kind of latent."
    }
    return
      "\(steps) become one vector of \(latent.latentChannels) channels, without a spatial grid: "
      + "unlike the paper's latent, and what makes minutes on two cores possible. The preset "
      + "laptop-grid has the paper's kind."
  }

  private static func gates(_ run: RunFolder) -> [ReportContent.Gate] {
    guard let data = try? Data(contentsOf: run.gateFile),
      let gate = try? JSONDecoder().decode(ShapeGate.self, from: data)
    else { return [] }
    return gate.bands.flatMap { band -> [ReportContent.Gate] in
      let radii = "r \(band.radius.lowerBound)–\(band.radius.upperBound)"
      let inside = EvaluationLevel.radius.contains(band.radius.lowerBound)
      return [
        ("squares stay square", band.squaresKept, inside ? 0.9 : 0.5),
        ("discs stay round", band.discsKept, inside ? 0.9 : 0.5),
        ("colours stay", band.colorsKept, 0.99),
        ("two bodies stay two", band.pairsKept, inside ? 0.8 : 0.5),
      ].map { name, value, limit in
        .init("\(name), \(radii)", value: value, limit: limit, passed: value >= limit)
      }
    }
  }

  private static func environment(_ run: RunFolder) -> [ReportContent.Entry] {
    guard let machine = run.environment() else { return [] }
    return [
      .init("PhyWorld", machine.phyworld), .init("libtorch", machine.libtorch),
      .init("processor", machine.processor),
      .init("cores, threads", "\(machine.cores), \(machine.threads)"),
      .init("started", machine.started),
    ]
  }

  private static func clips(
    _ run: RunFolder, _ configuration: RunConfiguration, _ scores: [VideoScore], size: Int
  ) throws -> [ReportClip] {
    try ClipPicker.choose(scores).compactMap { choice in
      guard let level = EvaluationLevel(rawValue: choice.score.level) else { return nil }
      let index = choice.score.index
      let truth = try Truth.videos(
        configuration.evaluationStream(level), index..<index + 1, size: size)
      let generated = try run.sample(index, level: level, steps: configuration.sampling.steps)
      return try truth.first.map {
        try ReportClip(
          choice, truth: $0.video, generated: generated,
          conditionFrames: configuration.evaluation.conditionFrames)
      }
    }
  }

  /// Writes the figures as SVG and the tables as Markdown and CSV.
  public static func writeFigures(_ content: ReportContent, to folder: URL) throws {
    let figures = Figures(content)
    let tables = MetricsTables(content.metrics)
    let plots: [(String, Plot?)] = [
      ("speeds", figures.speeds), ("training-error", figures.trainingError),
      ("loss", figures.loss), ("sampling-steps", figures.samplingSteps),
    ]
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, plot) in plots {
        guard let plot else { continue }
        try Data(plot.svgFile().utf8)
          .write(to: folder.appendingPathComponent("\(name).svg"), options: .atomic)
      }
      for (name, table) in [("errors", tables.errors), ("attributes", tables.attributes)] {
        try Data(table.markdown.utf8)
          .write(to: folder.appendingPathComponent("\(name).md"), options: .atomic)
      }
      try Data(tables.tidy.csv.utf8)
        .write(to: folder.appendingPathComponent("metrics.csv"), options: .atomic)
    } catch let error as CocoaError {
      throw RunError.cannotWrite(folder.path, reason: error.localizedDescription)
    }
  }
}
