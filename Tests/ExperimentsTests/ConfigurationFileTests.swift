import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Configuration files") struct ConfigurationFileTests {
  static let preset = Scale.quick.configuration

  static func load(_ text: String, _ overrides: [String] = []) throws -> RunConfiguration {
    try withFile(text) { try ConfigurationFile.load(preset, file: $0, overrides: overrides) }
  }

  @Test func leavesThePresetAloneWhereNothingIsSaid() throws {
    #expect(try ConfigurationFile.load(Self.preset) == Self.preset)
    #expect(try Self.load("") == Self.preset)
    #expect(try Self.load("# Nothing but a remark.\n") == Self.preset)
  }

  @Test func laysTheFileOverThePresetAndOverridesOverTheFile() throws {
    let text = "seed: 7\nloop: {steps: 11, probeEvery: 5}\ndata:\n  speed: [2, 3]\n"
    var expected = Self.preset
    expected.seed = 7
    expected.loop.steps = 11
    expected.loop.probeEvery = 5
    expected.data.speed = 2...3
    #expect(try Self.load(text) == expected)

    expected.loop.steps = 13
    expected.sampling.comparedSteps = [1, 2]
    let overrides = ["loop.steps=12", "sampling.comparedSteps=[1, 2]", "loop.steps=13"]
    #expect(try Self.load(text, overrides) == expected)
  }

  @Test func setsWhatThePresetLeavesOpen() throws {
    #expect(Self.preset.loop.maximumSeconds == nil)
    #expect(try Self.load("", ["loop.maximumSeconds=60"]).loop.maximumSeconds == 60)
    #expect(try Self.load("loop: {maximumSeconds: null}").loop.maximumSeconds == nil)
  }

  @Test(arguments: [
    ("sede: 1", "sede"), ("loop: {stpes: 1}", "loop.stpes"),
    ("autoencoder: {training: {batches: 4}}", "autoencoder.training.batches"),
  ])
  func refusesUnknownKeys(text: String, key: String) throws {
    try withFile(text) { file in
      let error = try failure(ConfigurationError.self) {
        try ConfigurationFile.load(Self.preset, file: file)
      }
      guard case .unknownKey(file.path, key, let known) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(known.count > 2)
      #expect("\(error)".contains("'\(key)'"))
    }
  }

  @Test func refusesUnknownKeysInOverrides() throws {
    let error = try failure(ConfigurationError.self) {
      try ConfigurationFile.load(Self.preset, overrides: ["model.widht=32"])
    }
    #expect("\(error)".contains("--set model.widht=32"))
    #expect("\(error)".contains("width"))
  }

  @Test(arguments: [
    ("loop: {steps: many}", "loop.steps"), ("data: {videos: 1.5}", "data.videos"),
    ("seed: -1", "seed"), ("model: 3", "model"), ("scale: enormous", "scale"),
    ("data: {radius: [1.4, 0.7]}", "data.radius"), ("just words", ""),
  ])
  func refusesValuesOfTheWrongKind(text: String, field: String) throws {
    try withFile(text) { file in
      let error = try failure(ConfigurationError.self) {
        try ConfigurationFile.load(Self.preset, file: file)
      }
      guard case .kind(file.path, let found, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(found.hasPrefix(field))
    }
  }

  @Test func refusesWhatIsNotYAML() throws {
    for text in ["loop: [1, 2", "a: b: c", "\tseed: 1", "seed: 1\nseed: 2"] {
      try withFile(text) { file in
        let error = try failure(ConfigurationError.self) {
          try ConfigurationFile.load(Self.preset, file: file)
        }
        guard case .syntax(file.path, _) = error else {
          Issue.record("\(text): \(error)")
          return
        }
      }
    }
  }

  @Test func refusesAFileThatCannotBeRead() throws {
    try withTemporaryFolder { folder in
      for file in [folder, folder.appendingPathComponent("none.yaml")] {
        let error = try failure(ConfigurationError.self) {
          try ConfigurationFile.load(Self.preset, file: file)
        }
        guard case .unreadable(file.path, _) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  @Test(arguments: ["loop.steps", "=3", "loop..steps=3", "loop.=3", ""])
  func refusesOverridesWithoutKeyOrValue(text: String) {
    #expect(throws: ConfigurationError.override(text)) {
      try ConfigurationFile.load(Self.preset, overrides: [text])
    }
  }

  @Test(arguments: Scale.allCases)
  func readsBackWhatItResolved(scale: Scale) throws {
    var configuration = scale.configuration
    configuration.seed = .max
    configuration.loop.maximumSeconds = 0.1 + 0.2
    configuration.data.speed = (1.0 / 3.0)...Double.greatestFiniteMagnitude
    configuration.optimization.otherRate = 1e-4 / 3
    configuration.autoencoder.released = "a: strange 'name' # 3"
    try withFile(try ConfigurationFile.yaml(configuration)) { file in
      let found = try ConfigurationFile.load(RunConfiguration(), file: file)
      // Compared as a whole, the message would fill the screen.
      let isEqual = found == configuration
      #expect(isEqual)
      #expect(found.data.speed == configuration.data.speed)
      #expect(found.loop.maximumSeconds == configuration.loop.maximumSeconds)
    }
  }

  @Test func tellsWhatAFileIsAbout() throws {
    try withFile("train: autoencoder\nloop: {steps: 3}\n") { file in
      let word = try ConfigurationFile.text(of: "train", in: file)
      #expect(word == "autoencoder")
      #expect(try ConfigurationFile.text(of: "scale", in: file) == nil)
      #expect(try AutoencoderRun.describes(file))
      #expect(try AutoencoderRun.load(file, overrides: ["loop.steps=4"]).loop.steps == 4)
    }
    let other = try withFile("scale: quick\n") { try AutoencoderRun.describes($0) }
    #expect(!other)
  }
}
