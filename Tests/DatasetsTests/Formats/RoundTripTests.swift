import Datasets
import Foundation
import TestSupport
import Testing
import Videos
import Worlds

/// What is written in any format comes back as it was.
struct RoundTripTests {
  @Test(arguments: DatasetFormat.allCases)
  func losslessVideosAndStatesComeBack(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let manifest = try #require(try Samples.write(format, shardSize: 2, to: folder))
      #expect(manifest.shards.map(\.count) == [2, 2, 1])
      let source = try DatasetReader.open(folder)
      #expect(source.count == 5)
      #expect(source.provenance == Samples.provenance)
      // In any order.
      for index in [4, 0, 3, 1, 2] {
        #expect(try source.video(at: index) == Samples.video(index))
      }
      // Each shard by itself, and its provenance from the mark beside it.
      let shard = try DatasetReader.open(folder.appendingPathComponent(format.shardName(1)))
      #expect(shard.count == 2)
      #expect(shard.provenance == Samples.provenance)
      #expect(try shard.video(at: 1) == Samples.video(3))
      #expect(throws: DatasetError.self) { try source.video(at: 5) }
      #expect(throws: DatasetError.self) { try shard.video(at: -1) }
      let verification = try DatasetVerification(of: folder, threads: 2)
      #expect(verification.isWhole, "\(verification.faults)")
      #expect(verification.count == 5 && verification.checked == 5)
      #expect(verification.identical == 5 && verification.remade == 5)
    }
  }

  @Test(arguments: DatasetFormat.allCases)
  func severalBodiesLevelsAndContactsComeBack(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let folder = temporary.appendingPathComponent("set")
      let scenes = RenderedScenes(Samples.Collisions(), size: 64)
      let settings = DatasetSettings(
        storage: format, provenance: nil, count: 3, size: 64, frames: 12, quality: .lossless)
      try DatasetWriter(settings, to: folder).write(scenes)
      let source = try DatasetReader.open(folder)
      for index in 0..<3 {
        let video = try source.video(at: index)
        #expect(try video == scenes.video(at: index))
        #expect(video.scenario == "collision" && video.level == "train")
        #expect(!video.trajectory.contacts.isEmpty && !video.trajectory.velocities.isEmpty)
      }
      #expect(try DatasetVerification(of: folder).isWhole)
    }
  }

  @Test(arguments: DatasetFormat.allCases, DatasetFormat.allCases)
  func conversionKeepsEverything(_ from: DatasetFormat, _ to: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      let first = temporary.appendingPathComponent("first")
      let second = temporary.appendingPathComponent("second")
      try Samples.write(from, count: 3, shardSize: 2, to: first)
      let manifest = try #require(
        try DatasetConversion.convert(first, to: second, storage: to, shardSize: 3))
      #expect(manifest.settings.recipe == Samples.recipe && manifest.settings.seed == 7)
      #expect(manifest.settings.framesPerSecond == 10 && manifest.settings.size == 32)
      let source = try DatasetReader.open(second)
      for index in 0..<3 { #expect(try source.video(at: index) == Samples.video(index)) }
      let verification = try DatasetVerification(of: second)
      #expect(verification.isWhole, "\(verification.faults)")
    }
  }

  /// H.264 loses a little each time: a conversion must not encode again.
  @Test func conversionKeepsTheBytesOfVideos() throws {
    try withTemporaryFolder { temporary in
      let first = temporary.appendingPathComponent("first")
      let second = temporary.appendingPathComponent("second")
      try Samples.write(.tar, count: 2, size: 64, quality: .official, to: first)
      try DatasetConversion.convert(first, to: second, storage: .hdf5)
      let (tar, hdf5) = (try DatasetReader.open(first), try DatasetReader.open(second))
      for index in 0..<2 {
        #expect(try tar.sample(at: index).picture == hdf5.sample(at: index).picture)
        #expect(try tar.sample(at: index).trajectory == hdf5.sample(at: index).trajectory)
      }
      #expect(try DatasetVerification(of: second).isWhole)
    }
  }

  @Test(arguments: DatasetFormat.allCases)
  func bytesDependOnNeitherThreadsNorProcesses(_ format: DatasetFormat) throws {
    try withTemporaryFolder { temporary in
      var digests: Set<String> = []
      for threads in 1...3 {
        let folder = temporary.appendingPathComponent("threads \(threads)")
        try Samples.write(
          format, count: 7, quality: .official, shardSize: 3, threads: threads, to: folder)
        digests.insert(try Samples.digest(of: folder))
      }
      // Three processes, the last part first: whoever completes the set writes the manifest.
      let shared = temporary.appendingPathComponent("shared")
      for part in [3, 1, 2] {
        let manifest = try Samples.write(
          format, count: 7, quality: .official, shardSize: 3,
          selection: ShardSelection(part: part, of: 3), to: shared)
        #expect((manifest != nil) == (part == 2))
      }
      digests.insert(try Samples.digest(of: shared))
      #expect(digests.count == 1)
    }
  }

  @Test func contentDoesNotDependOnTheNumberOfShards() throws {
    try withTemporaryFolder { temporary in
      var digests: Set<String> = []
      for (number, size) in [10, 5, 2].enumerated() {
        for threads in 1...3 {
          let folder = temporary.appendingPathComponent("\(number)-\(threads)")
          let manifest = try Samples.write(
            .tar, count: 10, shardSize: size, threads: threads, to: folder)
          #expect(manifest?.shards.count == [1, 2, 5][number])
          digests.insert(try Samples.digest(of: DatasetReader.open(folder)))
        }
      }
      #expect(digests.count == 1)
    }
  }

  @Test func aRenderedSceneNeedsNoFile() throws {
    let source = RenderedScenes(Samples.stream, size: 32)
    #expect(source.count == nil)
    #expect(source.provenance == Samples.provenance)
    #expect(try source.video(at: 3) == LabelledVideo(Samples.stream, index: 3, size: 32))
  }

  @Test func severalThreadsMayReadAtOnce() throws {
    try withTemporaryFolder { temporary in
      for format in DatasetFormat.allCases {
        let folder = temporary.appendingPathComponent(format.rawValue)
        try Samples.write(format, count: 6, size: 16, shardSize: 2, to: folder)
        let source = try DatasetReader.open(folder)
        let expected = try (0..<6).map { try Samples.video($0, size: 16) }
        DispatchQueue.concurrentPerform(iterations: 24) { number in
          #expect((try? source.video(at: number % 6)) == expected[number % 6])
        }
      }
    }
  }

  @Test func mirroredVideosAreThoseOfMirroredScenes() throws {
    let video = try Samples.video(0, size: 64)
    let mirrored = video.flippedHorizontally()
    #expect(mirrored.flippedHorizontally().video == video.video)
    #expect(mirrored.scene.bodies[0].velocity.x == -video.scene.bodies[0].velocity.x)
    for frame in 0..<4 {
      let position = video.trajectory[frame: frame, body: 0]
      #expect(mirrored.trajectory[frame: frame, body: 0].x == Scene.extent - position.x)
      let (there, here) = (mirrored.video.frame(frame), video.video.frame(frame))
      for column in 0..<64 {
        let (left, right) = ((30 * 64 + column) * 3, (30 * 64 + 63 - column) * 3)
        #expect(there.bytes[left..<(left + 3)] == here.bytes[right..<(right + 3)])
      }
    }
    // The mirrored scene, simulated, goes where the mirrored positions are.
    let fresh = try Simulator().simulate(mirrored.scene)
    for (ours, theirs) in zip(fresh.positions, mirrored.trajectory.positions) {
      #expect(abs(ours.x - theirs.x) < 1e-5 && ours.y == theirs.y)
    }
  }
}
