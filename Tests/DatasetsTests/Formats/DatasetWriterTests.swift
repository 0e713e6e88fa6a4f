import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Making sets: resuming, refusing, never overwriting.
struct DatasetWriterTests {
  /// A source that fails at one video, as a process that is stopped there.
  struct Interrupted: VideoSource {
    struct Stop: Error {}
    var base = RenderedScenes(Samples.stream, size: 16)
    var limit: Int
    var count: Int? { nil }
    var identity: String { "interrupted" }

    func video(at index: Int) throws -> LabelledVideo {
      guard index < limit else { throw Stop() }
      return try base.video(at: index)
    }
  }

  @Test(arguments: DatasetFormat.allCases)
  func interruptedWorkGoesOnAtTheNextShard(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let whole = temporary.appendingPathComponent("whole")
      try Samples.write(format, count: 6, size: 16, shardSize: 2, to: whole)
      let folder = temporary.appendingPathComponent("set")
      let writer = DatasetWriter(
        Samples.settings(format, count: 6, size: 16, shardSize: 2), to: folder, threads: 2)
      #expect(throws: Interrupted.Stop.self) { try writer.write(Interrupted(limit: 3)) }
      // One shard and its mark; nothing half-made.
      let shard = format.shardName(0)
      let names = try names(in: folder)
      #expect(names.contains(shard) && names.contains { $0.hasSuffix(".json") })
      #expect(!names.contains { $0.contains("partial") || $0 == "manifest.json" })
      #expect {
        try DatasetReader.open(folder)
      } throws: { error in
        guard case DatasetError.unfinished(_, let missing) = error else { return false }
        return missing == [format.shardName(1), format.shardName(2)]
      }
      #expect(try DatasetInspection(of: folder).count == 2)

      var seen: [Int] = []
      let manifest = try writer.write(RenderedScenes(Samples.stream, size: 16)) { done, total in
        #expect(total == 6)
        seen.append(done)
      }
      #expect(manifest != nil && seen.contains(2) && seen.last == 6)
      #expect(try Samples.digest(of: folder) == Samples.digest(of: whole))
      // Once more: all is there.
      #expect(try writer.write(Interrupted(limit: 0)) == manifest)
    }
  }

  @Test(arguments: DatasetFormat.allCases)
  func aShardWithoutItsMarkIsMadeAgainAndCompared(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(format, count: 2, size: 16, to: folder)
      let before = try Samples.digest(of: folder)
      let shard = folder.appendingPathComponent(format.shardName(0))
      let mark = format == .hdf5 ? "0.json" : "shard-00000.json"
      for name in [mark, "manifest.json"] {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
      }
      try Samples.write(format, count: 2, size: 16, to: folder)
      #expect(try Samples.digest(of: folder) == before)

      // Another file of that name is not overwritten.
      for name in [mark, "manifest.json"] {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
      }
      try FileManager.default.removeItem(at: shard)
      try Data("mine".utf8).write(to: shard)
      #expect(throws: DatasetError.self) {
        try Samples.write(format, count: 2, size: 16, to: folder)
      }
      #expect(try Data(contentsOf: shard) == Data("mine".utf8))
    }
  }

  @Test func shardsOfOtherSettingsAreNeverOverwritten() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.tar, count: 4, size: 16, shardSize: 2, to: folder)
      let before = try Samples.digest(of: folder)
      func refuses(_ name: String, _ change: (inout DatasetSettings) -> Void) {
        var settings = Samples.settings(.tar, count: 4, size: 16, shardSize: 2)
        change(&settings)
        #expect {
          try DatasetWriter(settings, to: folder).write(RenderedScenes(Samples.stream, size: 16))
        } throws: { error in
          guard case DatasetError.setting(_, name, _, _) = error else { return false }
          return true
        }
      }
      func refuseAll() {
        refuses("seed") { $0.seed = 8 }
        refuses("count") { $0.count = 3 }
        refuses("size") { $0.size = 32 }
        refuses("quality") { $0.quality = "h264 crf 25" }
        refuses("frames per second") { $0.framesPerSecond = 5 }
        refuses("shard size") { $0.shardSize = 4 }
        refuses("mode") { $0.mode = .official }
        refuses("recipe") {
          $0.recipe = SceneRecipe(region: EvaluationLevel.vLow.region)
        }
      }
      refuseAll()
      // The marks say so too.
      try FileManager.default.removeItem(at: folder.appendingPathComponent("manifest.json"))
      refuseAll()
      try Samples.write(.tar, count: 4, size: 16, shardSize: 2, to: folder)
      #expect(try Samples.digest(of: folder) == before)
    }
  }

  @Test func senselessRequestsAreRefused() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      func refuses(_ change: (inout DatasetSettings) -> Void) {
        var settings = Samples.settings(.tar, count: 2, size: 16)
        change(&settings)
        #expect(throws: DatasetError.self) {
          try DatasetWriter(settings, to: folder).write(RenderedScenes(Samples.stream, size: 16))
        }
      }
      refuses { $0.count = 0 }
      refuses { $0.shardSize = 0 }
      refuses { $0.size = 0 }
      refuses { $0.framesPerSecond = 0 }
      #expect(!FileManager.default.fileExists(atPath: folder.path))
      // Videos of another size than the set's.
      refuses { $0.size = 32 }
      // More videos than there are.
      let small = temporary.appendingPathComponent("small")
      try Samples.write(.tar, count: 2, size: 16, to: small)
      let source = try #require(try DatasetReader.open(small) as? StoredDataset)
      #expect(throws: DatasetError.self) {
        try DatasetWriter(Samples.settings(.npz, count: 3, size: 16), to: folder).write(source)
      }
      // A file where the folder should be.
      #expect(throws: DatasetError.self) {
        try Samples.write(.tar, to: small.appendingPathComponent("shard-00000.tar"))
      }
      for text in ["0/3", "4/3", "1", "a/b", "1/0", "-1/2", "1/2/3"] {
        #expect(throws: DatasetError.self) { try ShardSelection(text) }
      }
      #expect(try ShardSelection("2/4") == ShardSelection(part: 2, of: 4))
    }
  }

  @Test(arguments: [DatasetFormat.hdf5, .npz])
  func scenesOfDifferentKindsDoNotFitOneArray(_ format: DatasetFormat) throws {
    struct Mixed: VideoSource {
      var count: Int? { nil }
      var identity: String { "mixed" }
      func video(at index: Int) throws -> LabelledVideo {
        index == 0
          ? try RenderedScenes(Samples.stream, size: 16).video(at: 0)
          : try RenderedScenes(Samples.Collisions(frames: 4), size: 16).video(at: index)
      }
    }
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      #expect {
        try DatasetWriter(Samples.settings(format, count: 2, size: 16), to: folder).write(Mixed())
      } throws: { "\($0)".contains("scene 1") && "\($0)".contains("tar or folder") }
      #expect(try names(in: folder).isEmpty)
      try DatasetWriter(
        Samples.settings(.tar, count: 2, size: 16), to: temporary.appendingPathComponent("tar")
      ).write(Mixed())
    }
  }
}
