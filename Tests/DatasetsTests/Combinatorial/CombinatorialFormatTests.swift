import Combinatorial
import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Combinatorial sets in every format, made, read, verified and converted.
struct CombinatorialFormatTests {
  /// Two tasks of two templates with two trials each, at 64 pixels, every pixel kept.
  static func write(_ storage: DatasetFormat, to folder: URL) throws -> DatasetManifest {
    var set = try CombinatorialSet(named: "combinatorial/10005,ABG")
    (set.tasks, set.trials) = (0..<2, 0..<2)
    if storage == .hdf5 { set.order = .tasks }
    let source = try RenderedCombinatorial(set, seed: 1, size: 64)
    let settings = DatasetSettings(
      storage: storage, provenance: source.provenance, count: set.count, size: 64, frames: 50,
      quality: .lossless, shardSize: 3)
    return try #require(try DatasetWriter(settings, to: folder).write(source))
  }

  @Test(arguments: DatasetFormat.allCases) func setsAreWhole(_ storage: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let manifest = try Self.write(storage, to: folder)
      let report = try DatasetVerification(of: folder)
      #expect(report.faults == [])
      #expect(report.checked == 8 && report.remade == 8 && report.identical == 8)
      let inspection = try DatasetInspection(of: folder)
      #expect(inspection.faults == [] && inspection.frames == 50 && inspection.seed == 1)
      #expect(inspection.scenario == "combinatorial")
      #expect(inspection.recipe?.contains("10005,ABG") == true)
      let opened = try DatasetReader.open(folder)
      #expect(opened.provenance?.combinatorial == manifest.settings.combinatorial)
      let set = try #require(manifest.settings.combinatorial)
      let fresh = try RenderedCombinatorial(set, seed: 1, size: 64)
      #expect(try opened.video(at: 5) == fresh.video(at: 5))
    }
  }

  @Test func officialFilesHoldOneTaskEach() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let manifest = try Self.write(.hdf5, to: folder)
      #expect(
        manifest.shards.map(\.file) == [
          "10005:000.hdf5", "10005:001.hdf5", "ABG:000.hdf5", "ABG:001.hdf5",
        ])
      let file = try CombinatorialHDF5(
        contentsOf: folder.appendingPathComponent("10005:001.hdf5"))
      let bodies = try #require(try file.sample(at: 1).label.combinatorial?.scene.bodies)
      #expect(file.tasks[0].streams["action_streams"]?.shape == [2, 3])
      #expect(file.tasks[0].streams["object_streams"]?.shape == [2, 50, bodies.count, 14])
      #expect(file.tasks[0].streams["object_streams"]?.type == "float32")
      #expect(file.tasks[0].streams["video_streams"]?.type == "variable-length uint8")
      // The action gives the ball, as the sampler rounds it.
      let action = try file.action(at: 1)
      let ball = try #require(bodies.last)
      #expect((511 * action[0]).rounded(.down) == ball.position.x)
      #expect((511 * action[1]).rounded(.down) == ball.position.y)
      #expect((2 + 62 * action[2]).rounded() == ball.diameter / 2)
      let features = try file.features(at: 1)
      // Of the red ball: no bar, jar or sticks; red.
      let last = Array(features[((bodies.count - 1) * 14)..<(bodies.count * 14)])
      #expect(Array(last[4...]) == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0])

      let merged = try DatasetConversion.merge(folder)
      let whole = try CombinatorialHDF5(contentsOf: merged)
      #expect(
        whole.tasks.map(\.key) == ["10005:000", "10005:001", "ABG:000", "ABG:001"])
      #expect(try DatasetVerification(of: merged).faults == [])
      #expect(try whole.video(at: 3) == file.video(at: 1))
      #expect(throws: DatasetError.self) {
        try CombinatorialHDF5.merge([merged], into: temporary.appendingPathComponent("two.hdf5"))
      }
    }
  }

  /// The released files have no labels beside them.
  @Test func scenesAreReadFromFeaturesAlone() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      _ = try Self.write(.hdf5, to: folder)
      let url = folder.appendingPathComponent("10005:000.hdf5")
      let known = try CombinatorialHDF5(contentsOf: url).sample(at: 1)
      let lone = temporary.appendingPathComponent("10005:000.hdf5")
      try FileManager.default.copyItem(at: url, to: lone)
      let read = try DatasetReader.open(lone).sample(at: 1)
      #expect(read.label.isReconstructed && read.picture == known.picture)
      let truth = try #require(known.label.combinatorial)
      let guess = try #require(read.label.combinatorial)
      #expect(guess.scene.template?.number == 10005 && guess.scene.trial == 1)
      let far = zip(truth.trajectory.poses, guess.trajectory.poses).map {
        max(abs($0.x - $1.x), abs($0.y - $1.y))
      }
      #expect((far.max() ?? 1) < 1e-3)
      for (a, b) in zip(truth.scene.bodies, guess.scene.bodies) {
        #expect(a.objectType.form == b.objectType.form && a.color == b.color)
        #expect(a.mobility == b.mobility && abs(a.diameter - b.diameter) < 1e-3)
        for case (.polygon(let one), .polygon(let two)) in zip(a.shapes, b.shapes) {
          for (p, q) in zip(one, two) { #expect(abs(p.x - q.x) + abs(p.y - q.y) < 1e-2) }
        }
      }
      #expect(try DatasetVerification(of: lone).faults == [])
    }
  }

  @Test func interleavedScenesAreSortedIntoOfficialFiles() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      _ = try Self.write(.tar, to: folder)
      let official = temporary.appendingPathComponent("official")
      let manifest = try #require(
        try DatasetConversion.convert(folder, to: official, storage: .hdf5))
      #expect(manifest.shards.map(\.count) == [2, 2, 2, 2])
      let report = try DatasetVerification(of: official)
      #expect(report.faults == [] && report.identical == 8 && report.remade == 8)
      let back = temporary.appendingPathComponent("back")
      try DatasetConversion.convert(official, to: back, storage: .npz)
      #expect(try DatasetVerification(of: back).faults == [])
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      _ = try Self.write(.folder, to: folder)
      // A pose that the engine does not give, and a scene that the set does not have.
      let list = folder.appendingPathComponent("shard-00000/scenes.jsonl")
      var text = try String(contentsOf: list, encoding: .utf8)
      text = text.replacing("\"poses\":[[[", with: "\"poses\":[[[1", maxReplacements: 1)
      try Data(text.utf8).write(to: list)
      let causes = try DatasetVerification(of: folder).faults.map(\.cause)
      #expect(causes.contains { $0.contains("pose of moving body 0 in frame 0") })

      let file = temporary.appendingPathComponent("10000:000.hdf5")
      let writer = try HDF5Writer(file)
      try writer.addDataset("action_streams", shape: [1, 3])
      try writer.addDataset("object_streams", shape: [1, 50, 2, 13], singles: true)
      try writer.addDataset("video_streams", shape: [1], lists: true)
      try writer.close()
      let error = #expect(throws: DatasetError.self) { try DatasetReader.open(file) }
      #expect(error.map { "\($0)".contains("(n, frames, bodies, 14)") } == true)

      let other = temporary.appendingPathComponent("10000:001.hdf5")
      let blank = try HDF5Writer(other)
      try blank.addDataset("action_streams", shape: [1, 3])
      try blank.addDataset("object_streams", shape: [1, 50, 2, 14], singles: true)
      try blank.addDataset("video_streams", shape: [1], lists: true)
      try blank.close()
      let fault = #expect(throws: DatasetError.self) { try DatasetReader.open(other).sample(at: 0) }
      #expect(fault.map { "\($0)".contains("of no object type") } == true)
    }
  }
}
