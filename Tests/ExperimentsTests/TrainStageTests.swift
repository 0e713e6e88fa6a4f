import Datasets
import Experiments
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training
import Videos

/// Trainings of a few steps on an untrained autoencoder.
@Suite("Training a run") struct TrainStageTests {
  private static func configuration(
    in folder: URL, _ own: [String] = []
  ) throws -> RunConfiguration {
    let released = folder.appendingPathComponent("released")
    if !FileManager.default.fileExists(atPath: released.path) {
      try StageTests.autoencoder().save(to: released)
    }
    return try RunConfiguration.load(
      scale: .quick,
      overrides: [
        "autoencoder.released=\(released.path)", "data.videos=6", "optimization.batch=4",
        "model.width=16", "model.depth=1", "model.heads=2", "loop.steps=4", "loop.probeEvery=2",
        "loop.checkpointEvery=2", "sampling.steps=2", "evaluation.probeVideos=2",
        "evaluation.picturedVideos=1",
      ] + own)
  }

  private static func train(_ run: RunFolder, _ configuration: RunConfiguration) throws {
    try run.create(configuration)
    try TrainStage(run, configuration, observer: SilentObserver())(resume: false)
  }

  @Test(arguments: [("none", 6), ("collision/eval", 2)])
  func looksAtTheLawErrorAndPaints(set: String, rows: Int) throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("run"))
      try Self.train(run, try Self.configuration(in: folder, ["data.set=\(set)"]))
      let probes = try MetricsFile.read(run.url).compactMap(\.probe)
      #expect(probes.count == 2)
      for value in probes.flatMap(\.values) { #expect(value.isFinite) }
      for step in [2, 4] {
        let picture = try ImageFile.image(
          png: Data(contentsOf: run.probePicture(step: step)))
        // Frames of 64 pixels with gaps of 2; eight of them in a row.
        #expect(picture.width == 8 * 66 + 2)
        #expect(picture.height == rows * 66 + 2)
      }
    }
  }

  @Test func noPictureIsPaintedWhereNoneIsWanted() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("run"))
      try Self.train(
        run, try Self.configuration(in: folder, ["evaluation.picturedVideos=0"]))
      #expect(!FileManager.default.fileExists(atPath: run.url.path + "/probes"))
    }
  }

  @Test func startsFromEarlierWeights() throws {
    try withTemporaryFolder { folder in
      let first = RunFolder(folder.appendingPathComponent("first"))
      try Self.train(first, try Self.configuration(in: folder))
      // Learning nothing, a run ends where it began.
      let second = RunFolder(folder.appendingPathComponent("second"))
      let still = ["optimization.matrixRate=0", "optimization.otherRate=0", "loop.probeEvery=0"]
      try Self.train(
        second,
        try Self.configuration(
          in: folder, still + ["optimization.initial=\(first.model.path)", "seed=5"]))
      func weights(_ run: RunFolder) throws -> [String: [UInt8]] {
        try Safetensors.read(run.model.appendingPathComponent("model.safetensors")).tensors
          .mapValues { $0.rawBytes() }
      }
      #expect(try weights(second) == weights(first))
      let third = RunFolder(folder.appendingPathComponent("third"))
      try Self.train(third, try Self.configuration(in: folder, still + ["seed=5"]))
      #expect(try weights(third) != weights(first))
    }
  }

  @Test func earlierWeightsThatDoNotFitAreNamed() throws {
    try withTemporaryFolder { folder in
      let first = RunFolder(folder.appendingPathComponent("first"))
      try Self.train(first, try Self.configuration(in: folder))
      let file = first.model.appendingPathComponent("model.safetensors").path
      for (own, path) in [
        ("optimization.initial=\(first.model.path)", file),
        ("optimization.initial=\(folder.path)/absent", "\(folder.path)/absent/model.safetensors"),
      ] {
        let run = RunFolder(folder.appendingPathComponent("wide"))
        let error = try failure(ModelError.self) {
          try Self.train(run, try Self.configuration(in: folder, [own, "model.width=32"]))
        }
        #expect("\(error)".contains(path))
        #expect(!run.hasCheckpoint)
        try FileManager.default.removeItem(at: run.url)
      }
    }
  }

  @Test func theCardTellsWhatWasTrained() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder.appendingPathComponent("run"))
      try Self.train(run, try Self.configuration(in: folder))
      let card = try String(
        contentsOf: run.model.appendingPathComponent("README.md"), encoding: .utf8)
      #expect(card.contains("| steps | 4 of 4 videos |"))
      #expect(card.contains("6 videos of 33 frames"))
      #expect(card.contains("load_file(\"ema.safetensors\")"))
      #expect(!card.contains(folder.path))
    }
  }

  @Test func otherBytesInTheSameFilesAreFound() throws {
    try withTemporaryFolder { folder in
      let set = folder.appendingPathComponent("set")
      var recipe = try SceneCatalogue.set(named: "uniform/eval/level1").recipe
      recipe.frames = 33
      let source = RenderedScenes(SceneStream(recipe: recipe, seed: 2), size: 64)
      try DatasetWriter(
        DatasetSettings(
          storage: .npz, provenance: source.provenance, count: 6, size: 64, frames: 33,
          quality: .lossless), to: set
      ).write(source)
      let run = RunFolder(folder.appendingPathComponent("run"))
      let configuration = try Self.configuration(
        in: folder, ["data.path=\(set.path)", "loop.probeEvery=0"])
      try Self.train(run, configuration)
      let reader = try DatasetReader.open(set)
      let before = try SourceContent.digest(of: reader)
      let again = try SourceContent.digest(of: DatasetReader.open(set))
      #expect(again == before)
      let file = URL(fileURLWithPath: reader.place(of: 0).file)
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      let changed = try SourceContent.digest(of: DatasetReader.open(set))
      #expect(changed != before)
      try FileManager.default.removeItem(at: run.model)
      #expect(throws: (any Error).self) {
        try TrainStage(run, configuration, observer: SilentObserver())(resume: true)
      }
      #expect(!run.isTrained)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      try TrainStage(run, configuration, observer: SilentObserver())(resume: true)
      #expect(run.isTrained)
    }
  }

  @Test func anEstimateHasItsParts() throws {
    try withTemporaryFolder { folder in
      var stage = EstimateStage(observer: SilentObserver())
      stage.budget = 0.2
      let estimate = try stage.estimate(Self.configuration(in: folder))
      #expect(
        estimate.parts.map(\.name) == [
          "encoding", "making the model", "training", "checkpoints", "probes",
        ])
      #expect(estimate.parts.map(\.count) == [6, 1, 4, 2, 2])
      for part in estimate.parts { #expect(part.seconds > 0) }
      #expect(estimate.memoryBytes > 10_000_000)
      #expect(estimate.flopsPerStep ?? 0 > 0)
      #expect(estimate.lines.contains { $0.hasPrefix("memory") })
      let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(estimate))
      let keys = Set((json as? [String: Any] ?? [:]).keys)
      #expect(keys.isSuperset(of: ["parameters", "flops_per_step", "memory_bytes", "seconds"]))
    }
  }
}
