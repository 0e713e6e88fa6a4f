import Datasets
import Foundation
import Models
import Training
import Worlds

extension RunConfiguration {
  /// Checks every value; of a released autoencoder only the layout is looked at.
  /// - Throws: `ConfigurationError.value` naming field, value and remedy, or the part's own error.
  public func validate() throws {
    func require(_ holds: Bool, _ field: String, _ value: Any, _ remedy: String) throws {
      guard holds else {
        throw ConfigurationError.value(field: field, value: "\(value)", remedy: remedy)
      }
    }
    try require(version == 1, "version", version, "this build reads version 1")
    try require(
      scenario == UniformMotion.name, "scenario", scenario, "only \(UniformMotion.name) so far")
    try require((0...1024).contains(threads), "threads", threads, "use 0 (all cores) to 1024")
    try require(data.videos >= 0, "data.videos", data.videos, "must be >= 0 (0 takes all)")
    try require(
      data.set == TrainingData.none || data.path == TrainingData.none, "data.path", data.path,
      "data.set is \(data.set); give one of the two and set the other to none")
    if data.set != TrainingData.none {
      do {
        if CombinatorialSet.isName(data.set) {
          _ = try CombinatorialSet(named: data.set)
        } else {
          _ = try SceneCatalogue.set(named: data.set)
        }
      } catch {
        throw ConfigurationError.value(
          field: "data.set", value: data.set, remedy: "\(error); see phyworld data list")
      }
    } else if data.path == TrainingData.none {
      try require(
        data.videos > 0 || data.feed == .streamed, "data.videos", data.videos,
        "must be > 0: a region has no end (data.feed=streamed needs none)")
    }
    try require(
      data.radius.lowerBound > 0 && data.radius.upperBound < UniformMotion.radiusLimit,
      "data.radius", data.radius, "must lie above 0 and below \(UniformMotion.radiusLimit)")
    try require(
      data.speed.lowerBound >= 0 && data.speed.upperBound.isFinite, "data.speed", data.speed,
      "must be finite and not negative")
    try require(data.frames > 0, "data.frames", data.frames, "must be > 0")
    try require(sampling.steps > 0, "sampling.steps", sampling.steps, "must be > 0")
    try require(
      sampling.comparedSteps.allSatisfy { (1...1000).contains($0) }, "sampling.comparedSteps",
      sampling.comparedSteps, "each must lie in 1...1000")
    for (field, value) in [
      ("videosInside", evaluation.videosInside), ("videosOutside", evaluation.videosOutside),
      ("comparedVideos", evaluation.comparedVideos), ("probeVideos", evaluation.probeVideos),
    ] {
      try require(value > 0, "evaluation.\(field)", value, "must be > 0")
    }
    try require(
      evaluation.picturedVideos >= 0, "evaluation.picturedVideos", evaluation.picturedVideos,
      "must be >= 0 (0 paints none)")
    try require(
      evaluation.frames > evaluation.conditionFrames && evaluation.frames <= data.frames,
      "evaluation.frames", evaluation.frames,
      "must lie above conditionFrames (\(evaluation.conditionFrames)) and not above data.frames "
        + "(\(data.frames))")
    try require(
      (0...1).contains(autoencoder.minimumKept), "autoencoder.minimumKept",
      autoencoder.minimumKept, "must lie in 0...1")
    try require(
      (1...Scene.maximumBodies).contains(model.stateBodies), "model.stateBodies",
      model.stateBodies, "must lie in 1...\(Scene.maximumBodies)")
    try require(!model.textEncoder.isEmpty, "model.textEncoder", "empty", "name an encoder")
    try require(autoencoder.steps > 0, "autoencoder.steps", autoencoder.steps, "must be > 0")
    try autoencoder.training.validate()
    let layout = try latentLayout
    do {
      _ = try layout.conditionSteps(given: evaluation.conditionFrames)
    } catch {
      guard case .frameCount(_, let remedy) = error as? ModelError else { throw error }
      throw ConfigurationError.value(
        field: "evaluation.conditionFrames", value: "\(evaluation.conditionFrames)",
        remedy: "the given frames must be whole latent steps of the autoencoder: \(remedy)")
    }
    try diffusion.validate()
    try loop.validate()
    do {
      try training(on: layout).validate()
    } catch {
      // Without its codec's files a run was measured against another layout: that they are missing is the reason.
      if autoencoder.released != "none" { _ = try ReleasedWeights.folder(autoencoder.released) }
      throw error
    }
  }
}
