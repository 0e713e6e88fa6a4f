import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// What is wrong with a checkpoint, and what is said of it.
@Suite struct CheckpointStoreTests {
  private func trainer(_ identity: String? = nil) throws -> DiffusionTrainer {
    try DiffusionTrainer(
      tinyDiffusionTraining(),
      latents: CachedLatents(lineLatents(8), seed: 0, identity: identity))
  }

  /// A checkpoint after two steps, spoiled; the error of resuming, and whether the folder stayed what it was.
  private func failure(
    identity: String? = nil, then: String? = nil, _ spoil: (URL) throws -> Void
  ) throws -> TrainingError? {
    try withTemporaryFolder { folder in
      let outcome = try loop(folder, steps: 2).run(trainer(identity))
      try spoil(outcome.checkpoint)
      func files() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try names(in: outcome.checkpoint) {
          found[name] = try Data(contentsOf: outcome.checkpoint.appendingPathComponent(name))
        }
        return found
      }
      let before = try files()
      var error: TrainingError?
      do {
        _ = try loop(folder, steps: 4).run(trainer(then ?? identity), resume: true)
      } catch let found as TrainingError {
        error = found
      }
      #expect(try files() == before)
      return error
    }
  }

  private func change(_ file: URL, _ body: (inout [String: Any]) -> Void) throws {
    let data = try Data(contentsOf: file)
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    body(&object)
    try JSONSerialization.data(withJSONObject: object).write(to: file)
  }

  @Test func changedDataAreNamed() throws {
    let error = try failure(identity: "first 8 of a", then: "first 8 of b") { _ in }
    guard case .otherData(_, "first 8 of a", "first 8 of b") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func changedBytesAreNamedWhereBothAreKnown() throws {
    try withTemporaryFolder { folder in
      func run(_ steps: Int, _ content: String?) throws {
        var loop = try loop(folder, steps: steps)
        loop.dataContent = content
        _ = try loop.run(trainer("8 lines"), resume: steps > 1)
      }
      try run(1, nil)
      try run(2, "a")
      #expect {
        try run(3, "b")
      } throws: {
        if case TrainingError.otherData(_, "content a", "content b") = $0 { true } else { false }
      }
      try run(3, "a")
    }
  }

  @Test func aNewerLayoutIsNamed() throws {
    let error = try failure { folder in
      try change(folder.appendingPathComponent("state.json")) { $0["version"] = 7 }
    }
    guard case .otherVersion(_, 7, 1) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anEarlierLayoutWithoutANumberIsRead() throws {
    #expect(
      try failure { folder in
        try change(folder.appendingPathComponent("state.json")) { $0["version"] = nil }
      } == nil)
  }

  @Test func anotherKindOfModelIsNamed() throws {
    let error = try failure { folder in
      try change(folder.appendingPathComponent("config.json")) { $0["modelType"] = "unet" }
    }
    guard case .otherConfiguration(_, let difference) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(difference == "saved modelType unet, now phyworld-video-dit")
  }

  @Test func anotherArchitectureIsNamed() throws {
    let error = try failure { folder in
      try change(folder.appendingPathComponent("config.json")) {
        var transformer = $0["transformer"] as? [String: Any] ?? [:]
        transformer["width"] = 48
        $0["transformer"] = transformer
      }
    }
    guard case .otherConfiguration(_, let difference) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(difference.contains("48") && difference.contains("32"))
  }

  /// Headers that are no JSON, claim too much, or point outside the file.
  @Test(arguments: ["model", "ema", "optimizer"]) func corruptTensorsAreNamed(_ name: String) throws
  {
    func header(_ text: String, claiming length: Int? = nil) -> Data {
      var size = UInt64(length ?? text.utf8.count).littleEndian
      return withUnsafeBytes(of: &size) { Data($0) } + Data(text.utf8)
    }
    let spoilt: [Data] = [
      Data(), header("{"), header("{}", claiming: 1 << 40), header("{}", claiming: 1 << 20),
      header(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#),
      header(#"{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#) + Data(count: 16),
      header(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#) + Data(count: 16),
      header(#"{"a":{"dtype":"F32","shape":[1152921504606846976,16],"data_offsets":[0,16]}}"#)
        + Data(count: 16),
    ]
    for data in spoilt {
      let error = try failure { folder in
        try data.write(to: folder.appendingPathComponent("\(name).safetensors"))
      }
      guard case .damagedCheckpoint = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func whatAKilledProgramLeftIsRemoved() throws {
    try withTemporaryFolder { folder in
      _ = try loop(folder, steps: 2).run(trainer())
      let rest = folder.appendingPathComponent("checkpoints/.step-00000004.AB.partial")
      try FileManager.default.createDirectory(at: rest, withIntermediateDirectories: true)
      try Data("half".utf8).write(to: rest.appendingPathComponent("model.safetensors"))
      _ = try loop(folder, steps: 3).run(trainer(), resume: true)
      #expect(
        try names(in: folder.appendingPathComponent("checkpoints")) == [
          "step-00000002", "step-00000003",
        ])
    }
  }

  @Test func aCardLiesBesideTheWeightsAndDependsOnTheRunAlone() throws {
    func card() throws -> String {
      try withTemporaryFolder { folder in
        let outcome = try loop(folder, steps: 2).run(trainer("8 lines"))
        let url = outcome.checkpoint.appendingPathComponent(ModelCard.fileName)
        return try String(contentsOf: url, encoding: .utf8)
      }
    }
    let text = try card()
    #expect(text.hasPrefix("---\nlibrary_name: phyworld\n"))
    #expect(text.contains("# Checkpoint after 2 steps"))
    #expect(text.contains("| data | 8 lines; 16 videos taken |"))
    #expect(text.contains("depth 1, width 32, 2 heads"))
    #expect(try card() == text)
  }
}
