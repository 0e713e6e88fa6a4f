import Foundation
import TestSupport
import Testing
import Videos
import Worlds

struct VideoFileTests {
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func officialFileDecodesToTheOfficialFrames() throws {
    let video = try VideoFile.read(GoldenFolder.url.appendingPathComponent("uniform_motion_00.mp4"))
    let archive = try NumPyArchive(
      contentsOf: GoldenFolder.url.appendingPathComponent("eval_frames.npz"))
    let official = try archive.video(named: "case_15_mp4")
    #expect(video.frames == 32 && video.width == 256 && video.height == 256)
    // Measured 0 with libavcodec 59; other versions may round differently.
    #expect(largestDifference(video, official) <= 2)
  }

  @Test func lossyFileKeepsEveryFrameNearlyUnchanged() throws {
    let video = try movingDisc(size: 256, frames: 32)
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("disc.mp4")
      try VideoFile.write(video, to: url)
      let back = try VideoFile.read(url)
      #expect(back.frames == 32 && back.width == 256 && back.height == 256)
      let error = zip(video.bytes, back.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(error) / Double(video.bytes.count) < 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["disc.mp4"])
      let size = try Data(contentsOf: url).count
      #expect((2_000...20_000).contains(size), "\(size) bytes")
    }
  }

  @Test(arguments: [1, 2, 33])
  func losslessFileComesBackExactly(frames: Int) throws {
    for video in [try movingDisc(frames: frames), noise(frames: frames, height: 17, width: 35)] {
      let data = try VideoFile.mp4Data(video, quality: .lossless)
      #expect(try VideoFile.video(from: data, name: "memory") == video)
    }
  }

  @Test func indexComesBeforeTheFrames() throws {
    let data = try VideoFile.mp4Data(try movingDisc())
    let index = try #require(data.range(of: Data("moov".utf8)))
    let frames = try #require(data.range(of: Data("mdat".utf8)))
    #expect(index.lowerBound < frames.lowerBound)
  }

  @Test func unusableVideosAreRefused() throws {
    let empty = Video(frames: 0, height: 16, width: 16, bytes: [])
    #expect(throws: VideoError.self) { try VideoFile.mp4Data(empty) }
    let odd = noise(height: 17)
    #expect(throws: VideoError.self) { try VideoFile.mp4Data(odd) }
    let fine = noise()
    #expect(throws: VideoError.self) { try VideoFile.mp4Data(fine, quality: .h264(crf: 60)) }
    #expect(throws: VideoError.self) { try VideoFile.mp4Data(fine, framesPerSecond: 0) }
  }

  @Test func missingAndForeignFilesAreNamed() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appendingPathComponent("missing.mp4")
      #expect(throws: VideoError.missing(file: missing.path)) { try VideoFile.read(missing) }
      #expect(throws: VideoError.self) { try VideoFile.read(folder) }

      let contents: [String: Data] = [
        "empty.mp4": Data(), "text.mp4": Data("not a video at all\n".utf8),
        "zeros.mp4": Data(count: 4096),
        "playlist.mp4": Data("#EXTM3U\n#EXTINF:1,\nother.mp4\n".utf8),
        "concat.mp4": Data("ffconcat version 1.0\nfile other.mp4\n".utf8),
      ]
      for (name, data) in contents {
        let url = folder.appendingPathComponent(name)
        try data.write(to: url)
        #expect("\(name)") {
          try VideoFile.read(url)
        } throws: { error in
          guard case VideoError.notAVideo(let file, let cause) = error else { return false }
          return file == url.path && !cause.isEmpty && "\(error)".contains(name)
        }
      }
    }
  }

  @Test(arguments: [VideoQuality.official, .lossless])
  func truncatedFilesAreRefused(quality: VideoQuality) throws {
    let data = try VideoFile.mp4Data(try movingDisc(), quality: quality)
    for cut in stride(from: 1, to: data.count, by: max(1, data.count / 60)) {
      #expect(throws: VideoError.self, "\(cut) of \(data.count) bytes") {
        try VideoFile.video(from: data.prefix(cut), name: "cut.mp4")
      }
    }
    #expect(throws: VideoError.self) {
      try VideoFile.video(from: data.dropLast(1), name: "cut.mp4")
    }
  }

  @Test func damagedFilesNeverCrash() throws {
    let data = try VideoFile.mp4Data(try movingDisc())
    var random = CounterRandom(recipe: "damage", seed: 1, index: 0)
    for _ in 0..<300 {
      var damaged = data
      for _ in 0..<4 {
        damaged[Int(random.next() % UInt64(data.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      // Either outcome is fine; a crash is not.
      _ = try? VideoFile.video(from: damaged, name: "damaged.mp4")
    }
  }

  @Test func unwritableTargetIsNamed() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("no/such/folder/video.mp4")
      #expect {
        try VideoFile.write(try movingDisc(), to: url)
      } throws: { error in
        guard case VideoError.cannotWrite(let file, _) = error else { return false }
        return file == url.path
      }
    }
  }

  /// In a process of its own: other tests running beside it would blur the measurement.
  @Test func codecsAreReleased() async {
    await #expect(processExitsWith: .success) {
      let video = try movingDisc(size: 64, frames: 3)
      func round() throws {
        let data = try VideoFile.mp4Data(video)
        _ = try VideoFile.video(from: data, name: "memory")
        _ = try? VideoFile.video(from: data.prefix(data.count / 2), name: "cut")
        _ = try ImageFile.gif(video)
      }
      for _ in 0..<40 { try round() }
      let before = residentKilobytes()
      for _ in 0..<200 { try round() }
      // One leaked encoder holds about a megabyte.
      precondition(residentKilobytes() - before < 20_000, "codecs are leaked")
    }
  }
}
