import Foundation
import Models
import Training

/// One dial for data, model, steps and evaluation; everything it sets can be overridden.
public enum Scale: String, CaseIterable, Codable, Sendable {
  /// The whole loop in under a minute on two cores; errors are whatever they are.
  case quick
  /// The whole loop in about eight minutes on two cores; latents are one vector per frame.
  case laptop
  /// The laptop's scale on the paper's kind of latent, a spatial grid; trains its own autoencoder.
  case laptopGrid = "laptop-grid"

  /// What a reader wants to know before choosing.
  public var summary: String {
    switch self {
    case .quick: "the whole loop in under a minute on two cores, errors whatever they are"
    case .laptop: "the whole loop in about eight minutes on two cores"
    case .laptopGrid: "as laptop, on a spatial grid of latents (hours; trains its own autoencoder)"
    }
  }

  /// The configuration that the scale stands for.
  public var configuration: RunConfiguration {
    var run = RunConfiguration()
    run.scale = self
    switch self {
    case .laptop: break
    case .quick:
      run.data.videos = 3000
      run.loop.steps = 420
      run.loop.checkpointEvery = 200
      run.loop.probeEvery = 140
      run.evaluation.videosInside = 48
      run.evaluation.videosOutside = 16
      run.evaluation.comparedVideos = 16
      run.evaluation.probeVideos = 16
    case .laptopGrid:
      run.autoencoder.released = "none"
      run.autoencoder.minimumKept = 0.9
      run.autoencoder.training.architecture.grid = 4
      run.autoencoder.training.architecture.frameLatentChannels = 8
      run.autoencoder.training.architecture.latentChannels = 20
      run.model.patch = 2
      run.data.videos = 5000
      run.loop.steps = 3000
      run.optimization.batch = 32
    }
    return run
  }
}
