import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Verification lists everything that is wrong, and nothing else.
struct DatasetVerificationTests {
  @Test func everyProblemIsListedWithItsPlace() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.tar, count: 8, size: 16, shardSize: 2, to: folder)
      func shard(_ number: Int) -> URL { folder.appendingPathComponent("shard-0000\(number).tar") }
      try FileManager.default.removeItem(at: shard(0))
      // An undecodable video: its signature is overwritten.
      try Damage.replace(shard(1)) { data in
        let place = data.range(of: Data("ftyp".utf8))?.lowerBound ?? 0
        for offset in 0..<40 { data[place + offset] = 0 }
      }
      try Damage.truncate(shard(2), to: 4000)
      try Data("?".utf8).write(to: folder.appendingPathComponent("notes.txt"))
      try Data("?".utf8).write(to: folder.appendingPathComponent(".shard-00003.tar.partial-1"))

      let report = try DatasetVerification(of: folder)
      func has(_ file: String, _ key: String?, _ index: Int?, _ cause: String) -> Bool {
        report.faults.contains {
          $0.file.hasSuffix(file) && (key == nil || $0.key == key)
            && (index == nil || $0.index == index) && $0.cause.contains(cause)
        }
      }
      #expect(has("shard-00000.tar", nil, nil, "no such file"))
      #expect(has("shard-00001.tar", nil, nil, "SHA-256"))
      #expect(has("shard-00001.tar", "000002", 0, "not a readable video"))
      #expect(has("shard-00002.tar", nil, nil, "bytes; the manifest says"))
      #expect(has("shard-00002.tar", nil, nil, "cut short"))
      #expect(has("shard-00002.tar", nil, nil, "videos; the manifest says 2"))
      #expect(has("set", "notes.txt", nil, "does not know it"))
      #expect(has("set", ".shard-00003.tar.partial-1", nil, "interrupted"))
      #expect(!has("shard-00003.tar", nil, nil, ""))
      // The videos that can be reached were all checked.
      #expect(report.checked == report.count && report.count >= 4)
      let inspection = try DatasetInspection(of: folder)
      #expect(inspection.parts.map(\.count).last == 2 && inspection.frames == 4)
      #expect(inspection.recipe == Samples.recipe.id && inspection.seed == 7)
    }
  }

  @Test func digestsAndListsOfFoldersAreChecked() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.folder, count: 3, size: 16, to: folder)
      let shard = folder.appendingPathComponent("shard-00000")
      try FileManager.default.removeItem(at: shard.appendingPathComponent("00000.mp4"))
      try Damage.truncate(shard.appendingPathComponent("00001.mp4"), to: 500)
      try Data().write(to: shard.appendingPathComponent("more.mp4"))
      let causes = try DatasetVerification(of: folder).faults.map { "\($0)" }
      for words in [
        ["00000.mp4", "no such file"], ["00001.mp4", "SHA-256"], ["more.mp4", "know"],
      ] {
        #expect(causes.contains { words.allSatisfy($0.contains) }, "\(words): \(causes)")
      }
      #expect(throws: DatasetError.self) { try DatasetReader.open(folder).video(at: 0) }
    }
  }

  /// Labels that are well formed but wrong: physics, recipe and pixels disagree.
  @Test func wrongLabelsAreFound() throws {
    try withTemporaryFolder { temporary in
      struct Wrong: VideoSource {
        var count: Int? { nil }
        var identity: String { "wrong" }
        func video(at index: Int) throws -> LabelledVideo {
          var video = try Samples.video(index, size: 64)
          switch index {
          case 1: video.video = try Samples.video(9, size: 64).video
          case 2:
            video.trajectory = Trajectory(
              bodyCount: 1,
              positions: video.trajectory.positions.map { Vector2(x: $0.x, y: $0.y + 1e-6) },
              velocities: video.trajectory.velocities)
          case 3:
            let other = try Samples.video(8, size: 64)
            video = other
            video.index = 3
          default: break
          }
          return video
        }
      }
      for quality in [VideoQuality.official, .lossless] {
        let folder = temporary.appendingPathComponent("\(quality)")
        try DatasetWriter(Samples.settings(.tar, count: 4, size: 64, quality: quality), to: folder)
          .write(Wrong())
        let faults = try DatasetVerification(of: folder).faults
        func has(_ index: Int, _ cause: String) -> Bool {
          faults.contains { $0.index == index && $0.cause.contains(cause) }
        }
        #expect(has(1, "pixels differ"), "\(faults)")
        #expect(has(2, "the simulator gives"))
        #expect(has(3, "another scene 3"))
        #expect(!faults.contains { $0.index == 0 })
      }
    }
  }

  @Test func manifestsThatContradictTheirFilesAreRefused() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.npz, count: 4, size: 16, shardSize: 2, to: folder)
      let file = folder.appendingPathComponent("manifest.json")
      let whole = try String(contentsOf: file, encoding: .utf8)
      func damaged(_ old: String, _ new: String, opens: Bool = false) throws {
        #expect(whole.contains(old))
        try whole.replacingOccurrences(of: old, with: new)
          .write(to: file, atomically: true, encoding: .utf8)
        if !opens {
          #expect(throws: DatasetError.self, "\(new)") { try Samples.digest(of: folder, 4) }
        }
        #expect(try !DatasetVerification(of: folder).isWhole, "\(new)")
        _ = try DatasetInspection(of: folder)
      }
      try damaged("\"count\" : 4", "\"count\" : 5")
      try damaged("\"first\" : 2", "\"first\" : 1")
      try damaged("shard-00001.npz", "shard-00007.npz")
      try damaged("shard-00001.npz", "../shard-00001.npz")
      try damaged("phyworld-dataset", "another")
      try damaged("\"version\" : 1", "\"version\" : 2")
      try damaged("\"shardSize\" : 2", "\"shardSize\" : 0")
      try damaged("\"storage\" : \"npz\"", "\"storage\" : \"zip\"")
      try damaged("\"sha256\" : \"", "\"sha256\" : \"0", opens: true)
      try damaged("\"seed\" : 7", "\"seed\" : 8", opens: true)
      try whole.write(to: file, atomically: true, encoding: .utf8)
      #expect(try DatasetVerification(of: folder).isWhole)
    }
  }

  @Test func samplesAreSpreadEvenly() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.tar, count: 10, size: 16, shardSize: 3, to: folder)
      for samples in [0, 1, 3, 7, 10, 50] {
        let report = try DatasetVerification(of: folder, samples: samples)
        #expect(report.checked == min(samples, 10) && report.count == 10 && report.digests == 4)
      }
    }
  }
}

extension Samples {
  /// Opens a set and reads some of its videos.
  static func digest(of folder: URL, _ count: Int) throws {
    let source = try DatasetReader.open(folder)
    guard source.count == count else { throw DatasetError.request("another count") }
    for index in 0..<count { _ = try source.video(at: index) }
  }
}
