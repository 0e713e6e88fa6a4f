import Datasets
import Foundation
import Measures
import Models
import Videos

/// A few continuations, made and measured while training: always of the same scenes.
struct LawProbe {
  /// The levels of uniform motion that are looked at; runs on other laws have the first alone.
  static let levels: [EvaluationLevel] = [.idLevel, .vLow, .vHigh]

  /// What a look finds.
  struct Found {
    /// Mean errors under "FORM.LEVEL".
    var values: [String: Double]
    /// Truth and continuation of a few scenes, row by row; nil where none was asked for.
    var picture: Image?
  }

  private let configuration: RunConfiguration
  private let autoencoder: any LatentCodec
  private let teller: (any SceneTeller)?
  private let truths: [(level: EvaluationLevel, videos: [LabelledVideo])]
  private let isMeasured: Bool

  /// Renders the scenes; nil where new scenes of the run's data cannot be made, as nothing tells how.
  init?(
    _ configuration: RunConfiguration, autoencoder: any LatentCodec,
    teller: (any SceneTeller)? = nil
  ) throws {
    self.configuration = configuration
    self.teller = teller
    self.autoencoder = autoencoder
    isMeasured = try configuration.isMeasured
    let size = autoencoder.resolution
    let count = configuration.evaluation.probeVideos
    if isMeasured {
      truths = try Self.levels.map { level in
        (
          level,
          try Truth.videos(
            configuration.evaluationStream(level, probe: true), 0..<count, size: size)
        )
      }
    } else {
      guard var recipe = try configuration.data.knownRecipe() else { return nil }
      recipe.frames = configuration.evaluation.frames
      let stream = SceneStream(recipe: recipe, seed: configuration.evaluation.probeSeed)
      truths = [(.idLevel, try Truth.videos(stream, 0..<count, size: size))]
    }
  }

  /// Continues, measures and paints.
  func look(_ transformer: VideoDiT, _ diffusion: Diffusion) throws -> Found {
    var sampler = Sampler()
    sampler.steps = configuration.sampling.steps
    sampler.shift = diffusion.shift
    sampler.seed = configuration.seed
    sampler.precision = configuration.optimization.precision
    let model = try LatentDiffusionModel(
      autoencoder: autoencoder, transformer: transformer, diffusion: diffusion, sampler: sampler)
    var scores: [VideoScore] = []
    var others: [SceneScore] = []
    var rows: [Video] = []
    for (level, videos) in truths {
      let generated = try model.continuation(
        of: videos.map(\.video), scenes: videos.map(\.scene),
        frames: configuration.evaluation.frames, numbered: Array(videos.indices), by: teller)
      for (number, (truth, video)) in zip(videos, generated).enumerated() {
        if number < configuration.evaluation.picturedVideos { rows += [truth.video, video] }
        if isMeasured {
          scores.append(
            try VideoScorer(conditionFrames: model.conditionFrames).score(
              video, scene: truth.scene, truth: truth.trajectory, index: truth.index,
              level: level.rawValue))
        } else {
          others.append(
            try SceneScorer(conditionFrames: model.conditionFrames).score(
              video, scene: truth.scene, truth: truth.trajectory, scenario: truth.scenario,
              id: "\(truth.index)", index: truth.index, level: level.rawValue))
        }
      }
    }
    return Found(
      values: isMeasured ? Self.means(scores) : Self.means(others),
      picture: rows.isEmpty ? nil : picture(rows))
  }

  /// Eight frames of every row, the first and the last among them.
  private func picture(_ rows: [Video]) -> Image {
    let frames = configuration.evaluation.frames
    let columns = min(frames, 8)
    let indices = (0..<columns).map { columns > 1 ? $0 * (frames - 1) / (columns - 1) : 0 }
    return Filmstrip.image(rows: rows, frameIndices: indices, scale: 1)
  }

  private static func means(_ scores: [VideoScore]) -> [String: Double] {
    var values: [String: Double] = [:]
    for (form, levels) in MetricsDocument.means(scores) {
      for (level, mean) in levels { values["\(form).\(level)"] = mean }
    }
    return values
  }

  /// The means of every velocity error of whole scenes that is a number, `velocity_error.post.official` under
  /// "official.post.id"; what follows an impact also without its part.
  static func means(_ scores: [SceneScore]) -> [String: Double] {
    var sums: [String: (sum: Double, count: Int)] = [:]
    for score in scores {
      for (name, value) in score.measures where value.isFinite {
        var parts = name.split(separator: ".").map(String.init)
        guard parts.count > 1, parts.removeFirst() == "velocity_error", let form = parts.popLast(),
          !parts.contains(where: { $0.hasPrefix("body_") })
        else { continue }
        let level = score.level ?? EvaluationLevel.idLevel.rawValue
        var keys = [([form] + parts + [level]).joined(separator: ".")]
        if parts == ["post"] { keys.append("\(form).\(level)") }
        for key in keys {
          let old = sums[key] ?? (0, 0)
          sums[key] = (old.sum + value, old.count + 1)
        }
      }
    }
    return sums.mapValues { $0.sum / Double($0.count) }
  }
}

extension RunConfiguration.DataOptions {
  /// How more scenes of the training data's kind are made; nil for files that do not tell.
  func knownRecipe() throws -> SceneRecipe? {
    guard path != TrainingData.none else { return try resolvedRecipe() }
    return try DatasetReader.open(URL(fileURLWithPath: path)).provenance?.recipe
  }
}
