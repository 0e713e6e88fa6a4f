import Models
import Training

extension ModelCard {
  /// The card of a run's finished transformer.
  init(of trainer: DiffusionTrainer, _ configuration: RunConfiguration, _ run: RunFolder) {
    let training = trainer.configuration
    let optimization = configuration.optimization
    let data = configuration.data
    let source =
      data.path != TrainingData.none
      ? data.path : data.set != TrainingData.none ? data.set : data.recipe.id
    let last = (try? MetricsFile.read(run.url))?.last { $0.probe != nil }
    let errors = last?.probe?.sorted { $0.key < $1.key }.filter { $0.key.hasPrefix("official.") }
      .map { "\($0.key.dropFirst(9)) \(Self.rounded($0.value))" }
    self.init(
      title:
        "Video diffusion transformer, \(configuration.scenario), scale \(configuration.scale.rawValue)",
      summary: "\(trainer.summary) It continues videos of simple mechanics from their first "
        + "\(configuration.evaluation.conditionFrames) frames; its latents are those of the autoencoder "
        + "in the folder `../autoencoder`.",
      facts: [
        Fact("weights", "\(trainer.model.parameterCount)"),
        Fact(
          "training data",
          "\(data.videos == 0 ? "all" : "\(data.videos)") videos of \(data.frames) frames: \(source)"
            + (data.flips ? ", half mirrored" : "")),
        Fact("steps", "\(configuration.loop.steps) of \(training.batch) videos"),
        Fact(
          "optimisers",
          optimization.optimizer == .muon
            ? "Muon \(optimization.matrixRate) for the blocks' matrices, AdamW \(optimization.otherRate)"
            : "AdamW \(optimization.otherRate)"),
        Fact("averaged weights", "memory \(optimization.averageDecay)"),
        Fact("arithmetic", optimization.precision.rawValue),
        Fact(
          "started from",
          optimization.initial == TrainingData.none ? "drawn weights" : optimization.initial),
        Fact("seed", "\(configuration.seed)"),
        Fact(
          "law error of the probe's scenes (official form)",
          errors.map { $0.joined(separator: ", ") } ?? "not measured while training"),
        Fact("program", "PhyWorld \(PhyWorld.version)"),
      ],
      files: Self.weightFiles + [Fact("config.json", "architecture and diffusion")],
      use: """
        `phyworld sample RUN` continues the evaluation's scenes and `phyworld evaluate RUN` measures them, RUN being
        the folder above. The weights alone:

        \(Self.python)
        """,
      limits: """
        It knows the training data's range and little beyond: errors outside of it are an order of magnitude larger,
        which is what it was trained to show. The probe's scenes are few; `metrics.json` of the run has the
        measurement.
        """)
  }

  private static func rounded(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded()
    guard thousandths.isFinite, abs(thousandths) < 1e12 else { return "\(value)" }
    let digits = String(Int(abs(thousandths)))
    let padded = String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    return "\(thousandths < 0 ? "-" : "")\(padded.dropLast(3)).\(padded.suffix(3))"
  }
}
