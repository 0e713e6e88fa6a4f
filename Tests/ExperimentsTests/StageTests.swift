import Experiments
import Foundation
import Models
import Reports
import TestSupport
import Testing

/// Stages asked for in the wrong order, or with the wrong weights; what they do in the right order
/// is tested through the program.
@Suite("Stages") struct StageTests {
  static func withRun(_ body: (RunFolder, RunConfiguration) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("run"))
      var configuration = Scale.quick.configuration
      configuration.evaluation.videosInside = 1
      configuration.evaluation.videosOutside = 1
      configuration.autoencoder.released = folder.appendingPathComponent("released").path
      try run.create(configuration)
      try body(run, configuration)
    }
  }

  /// Smaller than any preset's, and untrained.
  static func autoencoder(framesPerLatent: Int = 3) throws -> VideoAutoencoder {
    var architecture = VideoAutoencoderConfiguration()
    architecture.encoderWidths = [8, 8, 8]
    architecture.decoderWidths = [8, 8, 8]
    architecture.hiddenWidth = 16
    architecture.framesPerLatent = framesPerLatent
    architecture.frameLatentChannels = 24
    architecture.latentChannels = 16
    return try VideoAutoencoder(architecture, seed: 0)
  }

  @Test func samplingNeedsATrainedModel() throws {
    try Self.withRun { run, configuration in
      let stage = SampleStage(run, configuration, observer: SilentObserver())
      #expect(
        throws: RunError.missing(
          run.model.path, remedy: "phyworld train --resume --output \(run.url.path)")
      ) { try stage() }
      let found = try names(in: run.url)
      #expect(found == ["config.yaml"])
    }
  }

  @Test func measuringNeedsVideos() throws {
    try Self.withRun { run, configuration in
      let stage = EvaluateStage(run, configuration, observer: SilentObserver())
      #expect(throws: ModelError.self) { try stage() }
      try Self.autoencoder().save(to: run.autoencoder)
      let video = run.sampleFolder(.idLevel, steps: configuration.sampling.steps)
        .appendingPathComponent("00000.mp4")
      #expect(
        throws: RunError.missing(video.path, remedy: "phyworld sample \(run.url.path)")
      ) { try stage() }
      #expect(try names(in: run.url) == ["autoencoder", "config.yaml"])
    }
  }

  @Test func theReportNeedsResults() throws {
    try Self.withRun { run, _ in
      #expect(
        throws: RunError.missing(
          run.metricsFile.path, remedy: "phyworld evaluate \(run.url.path)")
      ) { try RunReport.content(of: run) }
    }
  }

  @Test func trainingNeedsItsAutoencoder() throws {
    try Self.withRun { run, configuration in
      let stage = TrainStage(run, configuration, observer: SilentObserver())
      let error = try failure(RunError.self) { try stage(resume: false) }
      guard case .noWeights(configuration.autoencoder.released, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error)".contains("PHYWORLD_WEIGHTS"))

      let released = URL(fileURLWithPath: configuration.autoencoder.released)
      try Self.autoencoder(framesPerLatent: 1).save(to: released)
      #expect(
        throws: RunError.otherAutoencoder(
          released.path, field: "framesPerLatent", expected: "3", found: "1")
      ) { try stage(resume: false) }
      #expect(try names(in: run.url) == ["config.yaml"])
    }
  }

  @Test func findsReleasedWeightsInTheNamedFolder() throws {
    try withTemporaryFolder { folder in
      let weights = folder.appendingPathComponent("small")
      try Self.autoencoder().save(to: weights)
      let found = try ReleasedWeights.folder(
        "small", environment: ["PHYWORLD_WEIGHTS": folder.path])
      #expect(found.path == weights.path)
      #expect(try ReleasedWeights.folder(weights.path, environment: [:]).path == weights.path)
      let error = try failure(RunError.self) {
        try ReleasedWeights.folder("small", environment: [:])
      }
      #expect("\(error)".contains("'small'"))
    }
  }
}
