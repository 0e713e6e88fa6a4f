import Foundation
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct ArrayTests {
  /// Maps an array of 32 frames of 32 by 32 pixels.
  private func map(_ type: String, _ shape: [Int], _ elements: Data) throws -> MappedVideo {
    try withTemporaryFolder { folder in
      let split = try Trial.split(1)
      let truth = try Trial.truth(split, place: 0)
      try (NumPyLayout(type: type, shape: shape).header + elements)
        .write(to: folder["\(Trial.ids(split)[0]).npy"])
      let found = try SubmissionFolder(folder, split: split)
      return try MappedVideo(
        try #require(found.entries.values.first), id: "x", truth: truth, options: MappingOptions())
    }
  }

  private func truth() throws -> Video {
    try Trial.truth(try Trial.split(1), place: 0).video(size: 32)
  }

  private func floats(_ values: [Float]) -> Data { values.withUnsafeBytes { Data($0) } }

  @Test func floatsOfEveryRangeAreRead() throws {
    let truth = try truth()
    let shape = [32, 32, 32, 3]
    for (low, high) in [(Float(0), Float(1)), (-1, 1), (0, 255)] {
      let values = truth.bytes.map { low + Float($0) / 255 * (high - low) }
      #expect(try map("<f4", shape, floats(values)).video == truth)
      let doubles = values.map(Double.init).withUnsafeBytes { Data($0) }
      #expect(try map("<f8", shape, doubles).video == truth)
    }
    let halves: [UInt16] = truth.bytes.map { $0 > 127 ? 0x3C00 : 0 }
    let expected = truth.bytes.map { UInt8($0 > 127 ? 255 : 0) }
    #expect(
      try map("<f2", shape, halves.withUnsafeBytes { Data($0) }).video.bytes == expected)
  }

  @Test func everyOrderOfAxesIsRead() throws {
    let truth = try truth()
    let plane = 32 * 32
    func value(_ frame: Int, _ pixel: Int, _ channel: Int) -> UInt8 {
      truth.bytes[(frame * plane + pixel) * 3 + channel]
    }
    var channelsSecond = Data()
    for frame in 0..<32 {
      for channel in 0..<3 { for pixel in 0..<plane { channelsSecond.append(value(frame, pixel, channel)) } }
    }
    #expect(try map("|u1", [32, 3, 32, 32], channelsSecond).video == truth)
    var channelsFirst = Data()
    for channel in 0..<3 {
      for frame in 0..<32 { for pixel in 0..<plane { channelsFirst.append(value(frame, pixel, channel)) } }
    }
    #expect(try map("|u1", [3, 32, 32, 32], channelsFirst).video == truth)
  }

  @Test func alphaLiesOverWhite() throws {
    let truth = try truth()
    var rgba = Data()
    for pixel in stride(from: 0, to: truth.bytes.count, by: 3) {
      let isWhite = truth.bytes[pixel..<pixel + 3].allSatisfy { $0 == 255 }
      rgba += isWhite ? [0, 0, 0, 0] : Data(truth.bytes[pixel..<pixel + 3]) + [255]
    }
    #expect(try map("|u1", [32, 32, 32, 4], rgba).video == truth)
  }

  @Test func numbersThatAreNoColoursAreNamed() throws {
    let truth = try truth()
    let shape = [32, 32, 32, 3]
    for (bad, word) in [(Float.nan, "NaN"), (.infinity, "infinite")] {
      var values = truth.bytes.map { Float($0) / 255 }
      values[7 * 32 * 32 * 3 + 5] = bad
      do {
        _ = try map("<f4", shape, floats(values))
        Issue.record("no error")
      } catch let problem as SubmissionProblem {
        #expect(problem.kind == .values)
        #expect(problem.cause.contains("frame 7") && problem.cause.contains(word))
      }
    }
    let wild = truth.bytes.map { Float($0) * 40 - 3000 }
    #expect(throws: SubmissionProblem.self) { try map("<f4", shape, floats(wild)) }
    #expect(throws: SubmissionProblem.self) {
      try map("<i8", [32, 32, 32, 3], Data(count: 32 * 32 * 32 * 3 * 8))
    }
    #expect(throws: SubmissionProblem.self) { try map("|u1", [32, 32, 96], Data(count: 32 * 32 * 96)) }
    #expect(throws: SubmissionProblem.self) { try map("|u1", [32, 32, 32, 3], Data(count: 100)) }
  }
}
