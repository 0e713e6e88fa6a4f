import Experiments
import Foundation
import Models
import TestSupport
import Testing

@Suite("Arms of conditioning") struct ConditionArmTests {
  @Test(arguments: ConditionArm.allCases) func armsReachTheTransformer(_ arm: ConditionArm) throws {
    let configuration = try RunConfiguration.load(overrides: ["model.arm=\(arm.rawValue)"])
    let transformer = try configuration.training(on: configuration.latentLayout).transformer
    #expect((transformer.stateChannels != nil) == (arm == .state))
    #expect(transformer.textChannels == (arm == .text ? 384 : nil))
  }

  @Test func aNamedSizeDecides() throws {
    let configuration = try RunConfiguration.load(overrides: ["model.size=nano"])
    let transformer = try configuration.training(on: configuration.latentLayout).transformer
    #expect(transformer.depth == 2)
    #expect(transformer.width == 64)
    #expect(transformer.heads == 1)
  }

  @Test func anEncoderThatIsNotThereIsNamed() {
    let error = #expect(throws: (any Error).self) {
      try RunConfiguration.load(overrides: ["model.arm=text", "model.textEncoder=/nowhere"])
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("/nowhere/config.json"))
  }

  /// Two steps of training and one video a level, on an autoencoder that has learned nothing.
  @Test func aRunIsToldInTrainingAndInSampling() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("run"))
      let released = folder.appendingPathComponent("released")
      try StageTests.autoencoder().save(to: released)
      var configuration = Scale.quick.configuration
      configuration.autoencoder.released = released.path
      configuration.model.arm = .state
      configuration.model.size = .nano
      configuration.data.videos = 4
      configuration.optimization.batch = 2
      configuration.loop.steps = 2
      configuration.loop.probeEvery = 0
      configuration.sampling.steps = 1
      configuration.sampling.comparedSteps = []
      configuration.evaluation.videosInside = 1
      configuration.evaluation.videosOutside = 1
      try run.create(configuration)
      try TrainStage(run, configuration, observer: SilentObserver())(resume: false)
      let note = try String(
        contentsOf: run.model.appendingPathComponent("condition.json"), encoding: .utf8)
      #expect(note.contains("\"state\""))
      try SampleStage(run, configuration, observer: SilentObserver())()
      let video = run.sampleFolder(.idLevel, steps: 1).appendingPathComponent("00000.mp4")
      #expect(FileManager.default.fileExists(atPath: video.path))
      // The weights of another arm are not taken for this one's.
      configuration.model.arm = .frames
      configuration.sampling.steps = 2
      #expect(throws: ModelError.self) {
        try SampleStage(run, configuration, observer: SilentObserver())()
      }
    }
  }
}
