import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Damaged files of every format: an error or a list of faults, never a crash or a hang.
struct FuzzTests {
  /// Opens, reads, inspects and verifies; only ``DatasetError`` may be thrown.
  static func use(_ url: URL) {
    do {
      let source = try DatasetReader.open(url)
      for index in 0..<min(source.count ?? 0, 4) { _ = try source.video(at: index) }
    } catch {
      #expect(error is DatasetError, "\(error)")
    }
    do {
      _ = try DatasetInspection(of: url)
      _ = try DatasetVerification(of: url, samples: 4)
    } catch {
      guard case .missing = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  /// Damages copies of one file in many places: bytes flipped, set to 0 or 255, and cut.
  static func damage(_ file: URL, tries: Int, labels: URL? = nil) throws {
    let data = try Data(contentsOf: file)
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent(file.lastPathComponent)
      if let labels {
        try FileManager.default.copyItem(
          at: labels, to: folder.appendingPathComponent(labels.lastPathComponent))
      }
      var random = CounterRandom(recipe: "fuzz \(file.pathExtension)", seed: 1, index: 0)
      for number in 0..<tries {
        var bytes = data
        let structure = min(data.count, 6000)
        // Half of the places lie where the structure is dense.
        let limit = number.isMultiple(of: 2) ? structure : data.count
        switch number % 8 {
        case 7: bytes = Data(data.prefix(Int(random.unit() * Double(data.count))))
        default:
          for _ in 0...(number % 3) {
            let place = Int(random.unit() * Double(limit))
            let values: [UInt8] = [
              0, 255, bytes[place] ^ 1, UInt8(truncatingIfNeeded: random.next()),
            ]
            bytes[place] = values[Int(random.unit() * 4)]
          }
        }
        try? FileManager.default.removeItem(at: copy)
        try bytes.write(to: copy)
        use(copy)
      }
    }
  }

  static let tries =
    ProcessInfo.processInfo.environment["PHYWORLD_FUZZ"].flatMap { Int($0) } ?? 200

  @Test(arguments: DatasetFormat.allCases)
  func damagedFilesEndInErrors(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(format, count: 2, size: 16, quality: .official, to: folder)
      let shard = folder.appendingPathComponent(format.shardName(0))
      switch format {
      case .folder:
        for name in ["scenes.jsonl", "manifest.json", "00000.mp4"] {
          let file = shard.appendingPathComponent(name)
          let whole = try Data(contentsOf: file)
          var random = CounterRandom(recipe: "fuzz folder", seed: 1, index: 0)
          for number in 0..<(Self.tries / 3) {
            try? FileManager.default.removeItem(at: file)
            var bytes = whole
            let place = Int(random.unit() * Double(whole.count))
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
            try (number % 5 == 4 ? whole.prefix(place) : bytes).write(to: file)
            Self.use(shard)
            Self.use(folder)
          }
          try? FileManager.default.removeItem(at: file)
          try whole.write(to: file)
        }
      case .hdf5:
        try Self.damage(shard, tries: Self.tries)
        try Self.damage(
          shard, tries: Self.tries, labels: folder.appendingPathComponent("0.scenes.jsonl"))
      default: try Self.damage(shard, tries: Self.tries)
      }
    }
  }

  @Test func damagedManifestsEndInErrors() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.tar, count: 4, size: 16, shardSize: 2, to: folder)
      for name in ["manifest.json", "shard-00000.json"] {
        let file = folder.appendingPathComponent(name)
        let whole = try Data(contentsOf: file)
        var random = CounterRandom(recipe: "fuzz manifest", seed: 1, index: 0)
        for number in 0..<Self.tries {
          var bytes = whole
          let place = Int(random.unit() * Double(whole.count))
          bytes[place] = UInt8(truncatingIfNeeded: random.next())
          try (number % 5 == 4 ? whole.prefix(place) : bytes).write(to: file)
          Self.use(folder)
        }
        try whole.write(to: file)
      }
    }
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func damagedOfficialFilesEndInErrors() throws {
    for name in ["sample_chunk_0.hdf5", "sample_merged.hdf5"] {
      try Self.damage(GoldenFolder.url.appendingPathComponent(name), tries: Self.tries / 4)
    }
  }
}
