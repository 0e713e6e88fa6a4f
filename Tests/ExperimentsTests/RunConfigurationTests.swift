import Datasets
import Experiments
import Foundation
import Models
import Tensors
import Testing
import Worlds

@Suite("Run configuration") struct RunConfigurationTests {
  @Test(arguments: Scale.allCases)
  func everyScaleIsPossible(scale: Scale) throws {
    let configuration = try RunConfiguration.load(scale: scale)
    #expect(configuration == scale.configuration)
    #expect(configuration.scale == scale)
    #expect(!scale.summary.isEmpty)
  }

  @Test func startsFromTheScaleThatTheFileNames() throws {
    try withFile("scale: quick\nseed: 3\n") { file in
      var expected = Scale.quick.configuration
      expected.seed = 3
      let found = try RunConfiguration.load(file)
      #expect(found == expected)
      // A preset under another's name would be saved as something it is not.
      #expect(throws: ConfigurationError.self) {
        try RunConfiguration.load(file, scale: .laptop)
      }
    }
    #expect(try RunConfiguration.load() == Scale.laptop.configuration)
  }

  @Test func theDeviceIsASetting() throws {
    #expect(try RunConfiguration.load().device == .cpu)
    #expect(try RunConfiguration.load(overrides: ["device=auto"]).device == .auto)
    #expect(try RunConfiguration.load(overrides: ["device=\"cuda:1\""]).device == .cuda(1))
    let error = #expect(throws: ConfigurationError.self) {
      try RunConfiguration.load(overrides: ["device=gpu"])
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("cpu, cuda, cuda:1"))
  }

  @Test func precisionReachesTrainingOnlyWhereItSaysSomething() throws {
    func training(_ overrides: [String]) throws -> Precision? {
      let configuration = try RunConfiguration.load(overrides: overrides)
      return try configuration.training(on: configuration.autoencoder.training.architecture)
        .precision
    }
    #expect(try training([]) == nil)
    #expect(try training(["optimization.precision=bfloat16"]) == .bfloat16)
  }

  /// Override, and what the error must name.
  @Test(arguments: [
    ("version=2", "version is 2"), ("scenario=billiards", "scenario is billiards"),
    ("scale=laptop", "scale is laptop"), ("threads=-1", "threads is -1"),
    ("data.radius=[-0.5, 1.4]", "data.radius is -0.5...1.4"),
    ("data.radius=[0, 1.4]", "data.radius is 0.0...1.4"),
    ("data.radius=[0.7, 2.5]", "data.radius is 0.7...2.5"),
    ("data.speed=[-1, 4]", "data.speed is -1.0...4.0"),
    ("data.speed=[1, .inf]", "data.speed is 1.0...inf"),
    ("data.videos=0", "data.videos is 0"), ("data.frames=0", "data.frames is 0"),
    ("data.frames=32", "a video has 32 frames"),
    ("evaluation.videosInside=0", "evaluation.videosInside is 0"),
    ("evaluation.videosOutside=-1", "evaluation.videosOutside is -1"),
    ("evaluation.comparedVideos=0", "evaluation.comparedVideos is 0"),
    ("evaluation.probeVideos=0", "evaluation.probeVideos is 0"),
    ("evaluation.frames=3", "evaluation.frames is 3"),
    ("evaluation.frames=34", "evaluation.frames is 34"),
    ("evaluation.conditionFrames=0", "evaluation.conditionFrames is 0"),
    ("evaluation.conditionFrames=4", "evaluation.conditionFrames is 4"),
    ("sampling.steps=0", "sampling.steps is 0"),
    ("sampling.comparedSteps=[1, 0]", "sampling.comparedSteps is [1, 0]"),
    ("autoencoder.steps=0", "autoencoder.steps is 0"),
    ("autoencoder.training.architecture.resolution=50", "resolution is 50"),
    ("autoencoder.training.architecture.resolution=48", "resolution is 48"),
    ("autoencoder.training.architecture.framesPerLatent=0", "framesPerLatent"),
    ("autoencoder.training.architecture.grid=3", "grid is 3"),
    ("model.patch=2", "patch is 2"), ("model.patch=0", "patch is 0"),
    ("model.heads=5", "heads is 5"), ("model.heads=0", "heads is 0"),
    ("model.width=0", "width is 0"), ("model.depth=0", "depth is 0"),
    ("diffusion.shift=0", "shift is 0"), ("diffusion.minimumTime=1", "minimumTime is 1"),
    ("loop.steps=0", "steps is 0"), ("loop.recordEvery=0", "recordEvery is 0"),
    ("loop.maximumSeconds=-1", "maximumSeconds is -1"),
    ("optimization.batch=0", "batch is 0"), ("optimization.matrixRate=-1", "matrixRate is -1"),
    ("optimization.averageDecay=1", "averageDecay is 1"),
  ])
  func refusesImpossibleValues(override: String, complaint: String) throws {
    let error = try failure((any Error).self) {
      try RunConfiguration.load(scale: .quick, overrides: [override])
    }
    #expect("\(error)".contains(complaint), "\(error)")
    // The value and a remedy, not the value alone.
    #expect("\(error)".count > complaint.count + 6)
  }

  @Test func refusesAPatchThatDoesNotDivideTheGrid() throws {
    #expect(throws: Never.self) {
      try RunConfiguration.load(scale: .laptopGrid, overrides: ["model.patch=4"])
    }
    #expect(throws: (any Error).self) {
      try RunConfiguration.load(scale: .laptopGrid, overrides: ["model.patch=3"])
    }
  }

  @Test func saysThatACodecIsMissingAndNotThatThePatchIsWrong() throws {
    var configuration = RunConfiguration()
    configuration.autoencoder.released = "/no/such/codec"
    configuration.model.patch = 2
    let error = try failure(RunError.self) { try configuration.validate() }
    guard case .noWeights("/no/such/codec", _) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func givesTheTransformerWhatTheAutoencoderMakes() throws {
    let configuration = Scale.laptopGrid.configuration
    let architecture = configuration.autoencoder.training.architecture
    let transformer = try configuration.training(on: architecture).transformer
    #expect(transformer.latentShape == [11, 4, 4, 20])
    #expect(transformer.conditionSteps == 1)
    #expect(transformer.patch == 2)
    #expect(transformer.width == configuration.model.width)
  }

  @Test func keepsTrainingProbesAndEvaluationApart() throws {
    for seed in (0..<1000).map(UInt64.init) + [.max] {
      var configuration = RunConfiguration()
      configuration.seed = seed
      let evaluation = configuration.evaluation
      let seeds = [configuration.trainingSeed, evaluation.seed, evaluation.probeSeed]
      #expect(Set(seeds).count == 3, "seed \(seed)")
    }
    // Evaluation scenes are the same whatever is trained.
    var other = RunConfiguration()
    other.seed = 1
    #expect(other.evaluation == RunConfiguration().evaluation)
    #expect(other.trainingSeed != RunConfiguration().trainingSeed)
  }

  @Test func noSceneIsInTwoSets() throws {
    let configuration = Scale.quick.configuration
    var seen: [[Body]: String] = [:]
    func add(_ stream: SceneStream, _ count: Int, _ name: String) throws {
      for index in 0..<count {
        let previous = seen.updateValue(name, forKey: try stream.scene(at: index).bodies)
        #expect(previous == nil, "\(name) \(index) is also in \(previous ?? "")")
      }
    }
    for level in EvaluationLevel.allCases {
      let count = configuration.evaluation.count(level)
      try add(configuration.evaluationStream(level), count, "evaluation \(level)")
      try add(configuration.evaluationStream(level, probe: true), count, "probe \(level)")
    }
    for seed in 0..<3 {
      var run = configuration
      run.seed = UInt64(seed)
      let stream = SceneStream(recipe: run.data.recipe, seed: run.trainingSeed)
      try add(stream, 2000, "training \(seed)")
    }
    #expect(seen.count > 6000)
  }

  @Test func evaluationCoversEveryLevel() {
    let configuration = Scale.quick.configuration
    for level in EvaluationLevel.allCases {
      #expect(configuration.evaluationStream(level).recipe.region == level.region)
    }
    let parts = SampleStage.parts(configuration)
    let steps = Set(configuration.sampling.comparedSteps + [configuration.sampling.steps])
    #expect(parts.prefix(8).map(\.level) == EvaluationLevel.allCases)
    #expect(parts.prefix(8).allSatisfy { $0.steps == configuration.sampling.steps })
    #expect(parts.allSatisfy { $0.count > 0 })
    #expect(Set(parts).count == parts.count)
    #expect(Set(parts.map(\.steps)) == steps)
    // Three levels at each number of steps but the main one.
    #expect(parts.count == 8 + 3 * (steps.count - 1))
  }

  @Test func insideIsWhatTheRunTrainsOn() throws {
    let configuration = try RunConfiguration.load(
      scale: .quick, overrides: ["data.speed=[2, 3]", "data.radius=[1, 1.2]"])
    let scenes = configuration.evaluationStream(.idLevel)
    for index in 0..<100 {
      let parameters = try scenes.parameters(at: index)
      #expect((2...3).contains(try #require(parameters["v"])))
      #expect((1...1.2).contains(try #require(parameters["r"])))
    }
    #expect(configuration.evaluationStream(.vHigh).recipe.region == EvaluationLevel.vHigh.region)
  }
}
