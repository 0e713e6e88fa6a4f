import Experiments
import Models

/// One dial for the data, models, steps and probes of every experiment.
public enum ExperimentScale: String, CaseIterable, Codable, Sendable {
  /// Minutes on two cores: does it run? The numbers are whatever they are.
  case quick
  /// An hour or two on two cores.
  case laptop
  /// Hours on one GPU: DiT-S on a grid of latents.
  case workstation
  /// The paper's data, models and steps, on several GPUs.
  case paper

  /// What a reader wants to know before choosing.
  public var summary: String {
    switch self {
    case .quick: "minutes on two cores, errors whatever they are"
    case .laptop: "an hour or two on two cores"
    case .workstation: "hours on one GPU, DiT-S on a grid of latents"
    case .paper: "the paper's data, models and steps, on several GPUs"
    }
  }

  /// Whether latents are a grid (the paper's kind) and not one vector for three frames.
  public var usesGrid: Bool { self == .workstation || self == .paper }

  /// Scenes of every probe, at most.
  public var probeScenes: Int {
    switch self {
    case .quick: 24
    case .laptop: 96
    case .workstation: 192
    case .paper: 1000
    }
  }

  /// The run that every arm starts from.
  var configuration: RunConfiguration {
    var run = RunConfiguration()
    // Experiments measure when the arm is trained; levels of uniform motion say nothing of most arms.
    run.loop.probeEvery = 0
    run.evaluation.picturedVideos = 0
    switch self {
    case .quick:
      run.scale = .quick
      run.loop.steps = 150
      run.loop.checkpointEvery = 75
      run.optimization.batch = 32
    case .laptop:
      run.loop.steps = 3500
      run.loop.checkpointEvery = 500
    case .workstation:
      run.device = .auto
      run.loop.steps = 30_000
      run.loop.checkpointEvery = 1000
    case .paper:
      run.device = .auto
      run.loop.steps = 100_000
      run.loop.checkpointEvery = 1000
      run.optimization.batch = 256
    }
    if usesGrid {
      run.data.frames = 32
      run.data.feed = .streamed
      run.model.patch = 2
      run.optimization.precision = .bfloat16
    }
    return run
  }

  /// The released codec: small scenes of one body have a smaller one where latents are vectors.
  func codec(for scenes: Arm.Bodies) -> String {
    if scenes == .testbed { return "autoencoder-testbed" }
    if usesGrid { return "autoencoder-128" }
    return scenes == .one ? "autoencoder-64" : "autoencoder-64-many"
  }

  /// Training videos of an amount; 0 for the whole set.
  func videos(_ amount: Arm.Amount) -> Int {
    switch (self, amount) {
    case (.quick, .small): 60
    case (.quick, .middle): 300
    case (.quick, .large): 1500
    case (.laptop, .small): 300
    case (.laptop, .middle): 3000
    case (.laptop, .large): 10_000
    case (.workstation, .small): 3000
    case (.workstation, .middle): 30_000
    case (.workstation, .large): 300_000
    case (.paper, .small): 30_000
    case (.paper, .middle): 300_000
    case (.paper, .large): 0
    }
  }

  /// Training videos of a testbed arm; 0 for the whole set. On a laptop every task of 60 templates has one.
  var testbedVideos: Int {
    switch self {
    case .quick: 240
    case .laptop: 6000
    case .workstation: 60_000
    case .paper: 0
    }
  }

  /// The testbed's codec has 8 × 8 cells for three frames, at every scale: 16 tokens where others have one, or 64.
  func fitTestbed(_ run: inout RunConfiguration) {
    run.data.frames = 33
    run.model.patch = 2
    if !usesGrid { run.optimization.batch = 8 }
  }

  /// The transformer of a size; nil for the laptop recipe's own.
  func size(_ size: Arm.Size) -> ModelSize? {
    switch (self, size) {
    case (.quick, .small), (.laptop, .small): .nano
    case (.quick, .middle), (.laptop, .middle): nil
    case (.quick, .large): .micro
    case (.laptop, .large): .mini
    case (.workstation, .small): .tiny
    case (.workstation, .middle): .small
    case (.workstation, .large): .base
    case (.paper, .small): .small
    case (.paper, .middle): .base
    case (.paper, .large): .large
    }
  }
}
