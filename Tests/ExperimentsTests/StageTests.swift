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

  /// A released codec of another kind tells the run its latents.
  @Test func aSpatialCodecTellsItsLayout() throws {
    try withTemporaryFolder { folder in
      var architecture = SpatialAutoencoderConfiguration()
      (architecture.width, architecture.headWidth) = (8, 8)
      (architecture.encoderBlocks, architecture.decoderBlocks) = (0, 0)
      (architecture.temporalFactor, architecture.temporalTaps) = (2, 2)
      let weights = folder.appendingPathComponent("grid")
      try SpatialAutoencoder(architecture, seed: 1).save(to: weights)
      let released = "autoencoder.released=\(weights.path)"
      let run = try RunConfiguration.load(
        scale: .quick, overrides: [released, "model.patch=2"])
      let transformer = try run.training(on: run.latentLayout).transformer
      // 33 frames: one, and sixteen pairs; three given frames are two steps.
      #expect(transformer.latentShape == [17, 16, 16, 16])
      #expect(transformer.conditionSteps == 2)
      for (override, complaint) in [
        ("data.frames=34", "34 frames"), ("evaluation.conditionFrames=2", "conditionFrames is 2"),
        ("model.patch=3", "patch is 3"),
      ] {
        let error = try failure((any Error).self) {
          try RunConfiguration.load(scale: .quick, overrides: [released, override])
        }
        #expect("\(error)".contains(complaint), "\(error)")
      }
    }
  }

  @Test func aSpatialAutoencodersFileIsChecked() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("own.yaml")
      func load(_ text: String) throws -> SpatialAutoencoderRun {
        try Data(text.utf8).write(to: file)
        return try SpatialAutoencoderRun.load(file)
      }
      let run = try load("train: spatial-autoencoder\nloop: {steps: 3}")
      #expect(run.loop.steps == 3)
      #expect(try SpatialAutoencoderRun.describes(file))
      #expect(try !AutoencoderRun.describes(file))
      for (text, complaint) in [
        ("training: {losses: {absolut: 1}}", "absolut"),
        ("training: {losses: {films: 1}}", "population.frames"),
        ("training: {population: {side: 50}}", "side"), ("maximumCost: -1", "maximumCost"),
        ("training: {architecture: {temporalFactor: 4}}", "temporalFactor"),
      ] {
        let error = try failure((any Error).self) {
          _ = try load("train: spatial-autoencoder\n" + text)
        }
        #expect("\(error)".contains(complaint), "\(error)")
      }
      // Weights to start from that are not there.
      var lost = SpatialAutoencoderRun()
      lost.start = folder.appendingPathComponent("nowhere").path
      let stage = SpatialAutoencoderStage(
        folder: folder.appendingPathComponent("run"), run: lost, observer: SilentObserver())
      #expect(throws: RunError.self) { try stage.train(resume: false) }
    }
  }
}
