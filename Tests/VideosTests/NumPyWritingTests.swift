import Foundation
import Testing
import Videos

struct NumPyWritingTests {
  private func withFile(_ body: (URL) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).npz")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url)
  }

  @Test func headersAreNumPysOwn() {
    let header = NumPyLayout(type: "<f8", shape: [3, 4]).header
    #expect(header.count.isMultiple(of: 64) && header.last == UInt8(ascii: "\n"))
    let text = String(decoding: header.dropFirst(10), as: UTF8.self)
    #expect(text.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }"))
    let single = String(decoding: NumPyLayout(type: "|u1", shape: [5]).header, as: UTF8.self)
    #expect(single.contains("'shape': (5,), }"))
    let none = String(decoding: NumPyLayout(type: "|u1", shape: []).header, as: UTF8.self)
    #expect(none.contains("'shape': (), }"))
  }

  @Test func arraysComeBack() throws {
    try withFile { url in
      let doubles = NumPyDoubles(shape: [2, 2], values: [1.5, -0.0, .infinity, 0.1])
      let writer = try NumPyArchiveWriter(url)
      try writer.begin("bytes", NumPyLayout(type: "|u1", shape: [4]))
      try writer.append([1, 2] as [UInt8])
      try writer.append(Data([3, 4]))
      try writer.add(
        "doubles", NumPyLayout(type: "<f8", shape: [2, 2]), NumPyDoubles.bytes(of: doubles.values))
      try writer.finish()
      let archive = try NumPyArchive(contentsOf: url)
      #expect(archive.names == ["bytes", "doubles"])
      #expect(try archive.array(named: "bytes").bytes == [1, 2, 3, 4])
      #expect(try archive.doubles(named: "doubles") == doubles)
      let (layout, elements) = try archive.elements(of: "bytes")
      #expect(layout == NumPyLayout(type: "|u1", shape: [4]) && Array(elements) == [1, 2, 3, 4])
      try archive.check("bytes")
      #expect(throws: ArchiveError.self) { try archive.doubles(named: "bytes") }
      #expect(throws: ArchiveError.self) { try archive.array(named: "doubles") }
    }
  }

  @Test func existingFilesAndHugeArraysAreRefused() throws {
    try withFile { url in
      let writer = try NumPyArchiveWriter(url)
      #expect(throws: VideoError.self) { try NumPyArchiveWriter(url) }
      #expect(throws: VideoError.self) {
        try writer.begin("large", NumPyLayout(type: "|u1", shape: [1 << 33]))
      }
    }
  }

  /// The vectors of FIPS 180-2.
  @Test func digestsAreSHA256() {
    #expect(
      SHA256.digest(of: Data())
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let digest = SHA256()
    digest.update(Data("a".utf8))
    digest.update(Array("bc".utf8))
    #expect(
      digest.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  /// Their index is longer than their frames, which the mp4 writer then moves beyond the end.
  @Test func veryShortVideosComeBack() throws {
    for frames in 1...4 {
      let video = Video(
        frames: frames, height: 16, width: 16, bytes: [UInt8](repeating: 200, count: frames * 768))
      let decoded = try VideoFile.video(from: VideoFile.mp4Data(video), name: "v")
      #expect(decoded.frames == frames)
    }
  }

  @Test func videosSayWhatTheyAre() throws {
    let video = Video(frames: 3, height: 16, width: 32, bytes: [UInt8](repeating: 9, count: 4608))
    let information = try VideoFile.information(
      of: VideoFile.mp4Data(video, framesPerSecond: 5), name: "v")
    #expect(information.codec == "h264" && information.pixelFormat == "yuv420p")
    #expect(information.width == 32 && information.height == 16 && information.frames == 3)
    #expect(information.framesPerSecond == 5)
    let lossless = try VideoFile.information(
      of: VideoFile.mp4Data(video, quality: .lossless), name: "v")
    #expect(lossless.pixelFormat == "gbrp")
    #expect(throws: VideoError.self) { try VideoFile.information(of: Data("x".utf8), name: "v") }
    #expect(throws: VideoError.self) { try VideoFile.information(of: Data(), name: "v") }
  }
}
