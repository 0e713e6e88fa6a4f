import Foundation
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct MappingTests {
  /// Maps one file of a name as the first scene's answer.
  private func map(
    _ name: String, options: MappingOptions = MappingOptions(),
    _ write: (URL, Video) throws -> Void
  ) throws -> MappedVideo {
    try withTemporaryFolder { folder in
      let split = try Trial.split()
      let truth = try Trial.truth(split, place: 2)
      let id = Trial.ids(split)[2]
      try write(folder["\(id)\(name)"], try truth.video(size: 256))
      let found = try SubmissionFolder(folder, split: split)
      return try MappedVideo(
        try #require(found.entries.values.first), id: id, truth: truth, options: options)
    }
  }

  private func cause(
    _ name: String, _ write: (URL, Video) throws -> Void
  ) -> (kind: SubmissionProblem.Kind, text: String)? {
    do {
      _ = try map(name, write)
      return nil
    } catch let problem as SubmissionProblem {
      return (problem.kind, problem.cause)
    } catch {
      return nil
    }
  }

  /// Largest mean difference of a frame, grey levels.
  private func misfit(_ mapped: MappedVideo) -> Double {
    let frame = mapped.video.frameSize
    return (0..<mapped.video.frames).map { index in
      let range = index * frame..<(index + 1) * frame
      let sum = zip(mapped.video.bytes[range], mapped.truth.bytes[range])
        .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      return Double(sum) / Double(frame)
    }.max() ?? .infinity
  }

  @Test(arguments: [32, 64, 128, 256])
  func ownSizesAreTakenAsTheyAre(_ size: Int) throws {
    let mapped = try map(".npy") { try $1.areaAveraged(to: size).npy.write(to: $0) }
    #expect(mapped.video == mapped.truth)
    #expect(mapped.conditionDifference == 0)
    #expect(mapped.mapping.text == "\(size) by \(size) pixels; all 32 frames")
  }

  @Test(arguments: [
    (512, 512, 256, "averaged"), (200, 200, 256, "interpolated"), (99, 99, 128, "interpolated"),
    (300, 300, 256, "interpolated"), (640, 360, 256, "squeezed"), (257, 256, 256, "squeezed"),
  ])
  func otherSizesGoTheTruthsWay(_ width: Int, _ height: Int, _ size: Int, _ word: String) throws {
    let mapped = try map(".npy") { try $1.resized(width: width, height: height).npy.write(to: $0) }
    #expect(mapped.video.width == size && mapped.video.height == size)
    #expect(misfit(mapped) == 0)
    #expect(mapped.mapping.text.contains(word))
  }

  @Test func bordersBesideASquareAreCutOff() throws {
    let mapped = try map(".npy") { url, truth in
      let small = try truth.areaAveraged(to: 128)
      var wide = [UInt8]()
      for row in 0..<(small.frames * 128) {
        wide += [UInt8](repeating: 0, count: 40 * 3)
        wide += small.bytes[row * 384..<(row + 1) * 384]
        wide += [UInt8](repeating: 0, count: 40 * 3)
      }
      try Video(frames: small.frames, height: 128, width: 208, bytes: wide).npy.write(to: url)
    }
    #expect(misfit(mapped) == 0)
    #expect(mapped.mapping.text.contains("the middle square"))
  }

  @Test func theOfficialPanelsAreToldApart() throws {
    let mapped = try map(".mp4") { url, truth in
      let small = try truth.areaAveraged(to: 64)
      let grey = [UInt8](repeating: 99, count: 64 * 3)
      var panels = [UInt8]()
      for row in 0..<(small.frames * 64) {
        let line = small.bytes[row * 192..<(row + 1) * 192]
        panels += grey + line.map { 255 - $0 } + line
      }
      try VideoFile.write(
        Video(frames: small.frames, height: 64, width: 192, bytes: panels), to: url,
        quality: .lossless)
    }
    #expect(misfit(mapped) == 0)
    let reconstruction = try #require(mapped.reconstruction)
    #expect(reconstruction.bytes == mapped.truth.bytes.map { 255 - $0 })
    #expect(mapped.mapping.text == "192 by 64 pixels, the last of three panels; all 32 frames")
  }

  @Test func onlyNewFramesArePutAfterTheGivenOnes() throws {
    let mapped = try map(".npy") { try $1.selecting(Array(3..<32)).npy.write(to: $0) }
    #expect(mapped.video == mapped.truth)
    #expect(mapped.conditionDifference.isNaN)
    #expect(mapped.mapping.text.contains("29 frames, put after the 3 given ones"))
    // As many frames, but from the start: too short.
    #expect(cause(".npy") { try $1.prefix(frames: 29).npy.write(to: $0) }?.kind == .length)
  }

  @Test func theReleasedEvaluatorsLengthIsTaken() throws {
    let mapped = try map(".npy") { try $1.prefix(frames: 31).npy.write(to: $0) }
    #expect(mapped.video.frames == 31 && mapped.video == mapped.truth)
  }

  @Test func otherFrameRatesAreThinnedOut() throws {
    let tripled = (0..<96).map { $0 / 3 }
    let mapped = try map(".mp4") {
      try VideoFile.write(
        $1.areaAveraged(to: 64).selecting(tripled), to: $0, quality: .lossless, framesPerSecond: 30)
    }
    #expect(mapped.video == mapped.truth)
    #expect(mapped.mapping.text.contains("frames 0, 3, 6, 9, … of 96 at 30 a second"))
    // 32 frames at a stated 30 a second are ours.
    let plain = try map(".mp4") {
      try VideoFile.write(
        $1.areaAveraged(to: 64), to: $0, quality: .lossless, framesPerSecond: 30)
    }
    #expect(plain.video == plain.truth)
    // More frames without a stated rate are cut off.
    let long = try map(".npy") {
      try $1.areaAveraged(to: 32).selecting(Array(0..<32) + [31, 31, 31]).npy.write(to: $0)
    }
    #expect(long.mapping.text.contains("the first 32 of 35 frames"))
    var options = MappingOptions()
    options.framesPerSecond = 20
    let told = try map(".npy", options: options) {
      try $1.areaAveraged(to: 32).selecting((0..<64).map { $0 / 2 }).npy.write(to: $0)
    }
    #expect(told.video == told.truth)
  }

  @Test func picturesAreReadInTheOrderOfTheirNumbers() throws {
    let mapped = try map("") { url, truth in
      _ = try url.made()
      for frame in 0..<32 {
        try ImageFile.writePNG(
          try truth.areaAveraged(to: 64).frame(frame), to: url["f\(frame).png"])
      }
    }
    #expect(mapped.video == mapped.truth)
    let gap = cause("") { url, truth in
      _ = try url.made()
      for frame in 0..<32 where frame != 7 {
        try ImageFile.writePNG(
          try truth.areaAveraged(to: 32).frame(frame), to: url["\(frame).png"])
      }
    }
    #expect(gap?.kind == .length && gap?.text.contains("frame 7 is missing") == true)
    #expect(cause("") { url, _ in _ = try url.made() }?.kind == .unreadable)
  }

  @Test func gifsKeepEveryPixel() throws {
    let mapped = try map(".gif") {
      try ImageFile.writeGIF($1.areaAveraged(to: 64), to: $0)
    }
    #expect(misfit(mapped) < 1)
  }

  @Test func brokenVideosAreNamed() {
    #expect(cause(".mp4") { url, _ in try Data().write(to: url) }?.text == "the file is empty")
    #expect(cause(".mp4") { url, _ in try Data("no video".utf8).write(to: url) }?.kind == .unreadable)
    #expect(
      cause(".mp4") { url, truth in
        let whole = try VideoFile.mp4Data(truth.areaAveraged(to: 64))
        try whole.prefix(whole.count * 3 / 4).write(to: url)
      }?.kind == .unreadable)
    #expect(cause(".npz") { url, _ in try Data([1, 2]).write(to: url) }?.kind == .unreadable)
    #expect(cause(".npy") { try $1.prefix(frames: 18).npy.write(to: $0) }?.text.contains("18") == true)
    #expect(
      cause(".npy") { try $1.resized(width: 16, height: 16).npy.write(to: $0) }?.kind == .size)
  }

  @Test func flatVideosAreNamed() {
    for level: UInt8 in [0, 128, 255] {
      let flat = Video(
        frames: 32, height: 64, width: 64, bytes: [UInt8](repeating: level, count: 32 * 64 * 64 * 3))
      #expect(cause(".npy") { url, _ in try flat.npy.write(to: url) }?.kind == .flat)
    }
    // Nothing but white after the given frames is an answer.
    let white = Video(
      frames: 29, height: 64, width: 64, bytes: [UInt8](repeating: 255, count: 29 * 64 * 64 * 3))
    #expect(cause(".npy") { url, _ in try white.npy.write(to: url) } == nil)
  }
}
