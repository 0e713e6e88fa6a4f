import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// Every kind of damage has an error that names file, key and index.
struct DamagedFileTests {
  /// Writes a set, damages its first shard, and expects an error about the shard with these words,
  /// both when it is opened and read, and in the reports.
  static func expect(
    _ words: [String], _ format: DatasetFormat, count: Int = 3,
    damage: (URL) throws -> Void
  ) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(format, count: count, size: 16, to: folder)
      let shard = folder.appendingPathComponent(format.shardName(0))
      try damage(shard)
      #expect {
        let source = try DatasetReader.open(shard)
        for index in 0..<(source.count ?? 0) { _ = try source.video(at: index) }
      } throws: { error in
        let text = "\(error)"
        return error is DatasetError
          && (words + [shard.lastPathComponent]).allSatisfy(text.contains)
      }
      let verification = try DatasetVerification(of: folder)
      let text = verification.faults.map { "\($0)" }.joined(separator: "\n")
      #expect(words.allSatisfy(text.contains), "\(text)")
      _ = try DatasetInspection(of: folder)
    }
  }

  @Test func tarFiles() throws {
    try Self.expect(["000001.mp4", "cut short", "byte"], .tar) { shard in
      // In the middle of the second video.
      let data = try Data(contentsOf: shard)
      let place = try #require(data.range(of: Data("000001.mp4".utf8)))
      try Damage.truncate(shard, to: place.lowerBound + 512 + 100)
    }
    try Self.expect(["end mark is missing"], .tar) { shard in
      try Damage.replace(shard) { $0 = $0.dropLast(1024) }
    }
    try Self.expect(["fails its checksum", "header at byte 0"], .tar) { shard in
      try Damage.flip(shard, at: 1)
    }
    try Self.expect(["not of the ustar format"], .tar) { shard in
      try Damage.replace(shard) { $0[257] = 0 }
    }
    try Self.expect(["000002", "lacks .json"], .tar) { shard in
      try Self.rename("000002.json", "000002.text", in: shard)
    }
    for name in ["/00002.json", "../002.json"] {
      try Self.expect(["leaves the archive", name], .tar) { shard in
        try Self.rename("000002.json", name, in: shard)
      }
    }
    try Self.expect(["name that is empty or taken"], .tar) { shard in
      try Self.rename("000002.json", "000001.json", in: shard)
    }
    try Self.expect(["neither file nor folder"], .tar) { shard in
      try Self.changeHeader("000002.json", in: shard) { $0[156] = UInt8(ascii: "2") }
    }
    try Self.expect(["000001", "video 1", "its states"], .tar) { shard in
      try Damage.replace(shard) { data in
        let place = data.range(of: Data("000001.states.npy".utf8))?.lowerBound ?? 0
        data[place + 512] = 0
      }
    }
  }

  /// The whole samples before the cut can still be read.
  @Test func aTarFileThatIsCutKeepsItsFirstVideos() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.tar, count: 4, to: folder)
      let shard = folder.appendingPathComponent("shard-00000.tar")
      let size = try Data(contentsOf: shard).count
      try Damage.truncate(shard, to: size / 2)
      let salvaged = try TarShard(salvaging: shard)
      let count = try #require(salvaged.count)
      #expect(count >= 1 && count < 4 && !salvaged.faults.isEmpty)
      for index in 0..<count { #expect(try salvaged.video(at: index) == Samples.video(index)) }
      let inspection = try DatasetInspection(of: folder)
      #expect(inspection.count == count && inspection.frames == 4 && inspection.width == 32)
      #expect(inspection.faults.contains { $0.cause.contains("cut short") })
    }
  }

  @Test func npzFiles() throws {
    try Self.expect(["no zip directory"], .npz) { shard in
      try Damage.replace(shard) { $0 = Data($0.prefix($0.count / 2)) }
    }
    for array in NumPyShard.arrays {
      try Self.expect([array, "no such array"], .npz) { shard in
        try Damage.replace(shard) { data in
          // The directory at the end names it last.
          guard let range = data.range(of: Data("\(array).npy".utf8), options: .backwards) else {
            return
          }
          data[range.lowerBound] = UInt8(ascii: "X")
        }
      }
    }
    func shape(_ from: String, _ to: String) -> (URL) throws -> Void {
      { shard in
        try Damage.replace(shard) { data in
          guard let range = data.range(of: Data(from.utf8)) else { return }
          data.replaceSubrange(range, with: Data(to.utf8))
        }
      }
    }
    try Self.expect(
      ["videos", "shape"], .npz, damage: shape("(3, 4, 16, 16, 3)", "(4, 3, 16, 16, 3)"))
    try Self.expect(
      ["videos", "shape"], .npz, damage: shape("(3, 4, 16, 16, 3)", "(3, 4, 16, 3, 16)"))
    try Self.expect(
      ["videos", "axes"], .npz, damage: shape("(3, 4, 16, 16, 3)", "(3, 4, 768,)     "))
    try Self.expect(["positions", "shape"], .npz, damage: shape("(3, 4, 1, 2)", "(3, 1, 4, 2)"))
    try Self.expect(["videos", "holds |i1"], .npz, damage: shape("|u1", "|i1"))
    try Self.expect(["positions", "holds <i8"], .npz, damage: shape("<f8", "<i8"))
  }

  /// A flipped byte of stored pixels shows when the archive is verified.
  @Test func flippedPixelsOfAnNpzAreFound() throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      try Samples.write(.npz, count: 2, size: 16, to: folder)
      let shard = folder.appendingPathComponent("shard-00000.npz")
      try Damage.flip(shard, at: 1000)
      let causes = try DatasetVerification(of: shard).faults.map(\.cause)
      #expect(causes.contains { $0.contains("fails its checksum") }, "\(causes)")
    }
  }

  @Test func hdf5Files() throws {
    try Self.expect(["truncated"], .hdf5) { shard in
      try Damage.replace(shard) { $0 = Data($0.prefix($0.count / 2)) }
    }
    // A stream that is missing, by renaming it in the heap of names.
    for stream in OfficialHDF5.streams {
      try Self.expect([stream, "is missing"], .hdf5) { shard in
        try Damage.replace(shard) { data in
          guard let range = data.range(of: Data(stream.utf8)) else { return }
          data[range.upperBound - 1] = UInt8(ascii: "z")
        }
      }
    }
    // A video inside is damaged, empty, or cut.
    func heap(_ change: @escaping (inout Data, Int) -> Void) -> (URL) throws -> Void {
      { shard in
        try Damage.replace(shard) { data in
          guard let range = data.range(of: Data("ftyp".utf8)) else { return }
          change(&data, range.lowerBound - 4)
        }
      }
    }
    try Self.expect(
      ["video 0", "not a readable video"], .hdf5,
      damage: heap { data, start in for offset in 0..<40 { data[start + offset] = 0 } })
    try Self.expect(
      ["video 0", "promised"], .hdf5,
      damage: heap {
        $0[$1 - 8] = 1; $0[$1 - 7] = 0
      })
  }

  @Test func zeroByteFilesAndForeignFilesAreNamed() throws {
    try withTemporaryFolder { folder in
      for name in ["a.hdf5", "a.tar", "a.npz", "a.mp4"] {
        let url = folder.appendingPathComponent(name)
        try Data().write(to: url)
        #expect(throws: DatasetError.unrecognised(file: url.path, cause: "the file is empty")) {
          try DatasetReader.open(url)
        }
        #expect(try DatasetInspection(of: url).faults.count == 1)
        #expect(try DatasetVerification(of: url).faults.count == 1)
        try Data(repeating: 7, count: 5000).write(to: url)
        #expect(throws: DatasetError.self) { try DatasetReader.open(url) }
        #expect(try !DatasetVerification(of: url).isWhole)
        try FileManager.default.removeItem(at: url)
      }
      for make in [{ _ in }, { try Data().write(to: $0.appendingPathComponent("x.mp4")) }]
        as [(URL) throws -> Void]
      {
        try make(folder)
        #expect {
          try DatasetReader.open(folder)
        } throws: { error in
          guard case DatasetError.unrecognised = error else { return false }
          return true
        }
        #expect(try DatasetInspection(of: folder).faults.count == 1)
      }
      let nowhere = folder.appendingPathComponent("nowhere")
      #expect(throws: DatasetError.missing(file: nowhere.path)) { try DatasetReader.open(nowhere) }
      #expect(throws: DatasetError.missing(file: nowhere.path)) {
        try DatasetInspection(of: nowhere)
      }
      #expect(throws: DatasetError.missing(file: nowhere.path)) {
        try DatasetVerification(of: nowhere)
      }
    }
  }

  /// Gives an entry another name of the same length, with a right checksum.
  static func rename(_ old: String, _ new: String, in shard: URL) throws {
    try changeHeader(old, in: shard) { $0.replaceSubrange(0..<new.utf8.count, with: new.utf8) }
  }

  static func changeHeader(
    _ name: String, in shard: URL, _ change: (inout [UInt8]) -> Void
  ) throws {
    try Damage.replace(shard) { data in
      guard let start = data.range(of: Data(name.utf8))?.lowerBound else { return }
      var block = Array(data[start..<(start + 512)])
      change(&block)
      block.replaceSubrange(148..<156, with: Array("        ".utf8))
      let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
      let text = String(repeating: "0", count: 6 - sum.count) + sum
      block.replaceSubrange(148..<156, with: Array(text.utf8) + [0, 32])
      data.replaceSubrange(start..<(start + 512), with: block)
    }
  }
}
