import Foundation
import Testing
import Videos
import Worlds

/// The preset `changes`: our own encoder, read back by libavcodec's decoder, which reports every
/// damaged macroblock as an error.
struct ChangeEncoderTests {
  private func decoded(_ video: Video, crf: Int) throws -> Video {
    let data = try VideoFile.mp4Data(video, quality: .h264(crf: crf, preset: .changes))
    return try VideoFile.video(from: data, name: "changes")
  }

  private func meanError(_ a: Video, _ b: Video) -> Double {
    let sum = zip(a.bytes, b.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(a.bytes.count)
  }

  /// Noise uses every code there is; patches that come and go use skipping, both predictions and
  /// their neighbours' counts.
  private func restless(frames: Int, height: Int, width: Int) -> Video {
    var video = noise(frames: frames, height: height, width: width)
    var random = CounterRandom(recipe: "restless", seed: 2, index: 0)
    for frame in 0..<frames {
      // Colours are smooth so that the halved chroma can come back.
      let gray = UInt8(truncatingIfNeeded: random.next())
      let still = random.next() % 3 == 0
      let top = Int(random.next() % UInt64(height))
      for row in 0..<height {
        for column in 0..<width {
          let place = ((frame * height + row) * width + column) * 3
          let before = place - video.frameSize
          let isOld = frame > 0 && (still || (row + column / 3 + top) % height > height / 2)
          for channel in 0..<3 {
            video.bytes[place + channel] =
              isOld
              ? video.bytes[before + channel]
              : row > top ? gray : video.bytes[place]
          }
        }
      }
    }
    return video
  }

  @Test(arguments: [0, 13, 18, 23, 28, 35, 44, 51])
  func restlessVideosComeBack(crf: Int) throws {
    let video = restless(frames: 24, height: 80, width: 112)
    let back = try decoded(video, crf: crf)
    #expect((back.frames, back.height, back.width) == (24, 80, 112))
    // A quantiser's step doubles every six.
    #expect(meanError(video, back) < 1.5 + 0.5 * exp2(Double(max(crf - 1, 12) - 12) / 6))
  }

  /// Frames' numbers start again after 256; what a decoder shows must not drift from what the encoder
  /// believes.
  @Test func longVideosDoNotDrift() throws {
    let short = restless(frames: 20, height: 48, width: 64)
    let bytes = (0..<15).flatMap { _ in short.bytes }
    let video = Video(frames: 300, height: 48, width: 64, bytes: bytes)
    let back = try decoded(video, crf: 20)
    #expect(back.frames == 300)
    let last = 299 * video.frameSize
    let error = zip(video.bytes[last...], back.bytes[last...]).reduce(0) {
      $0 + abs(Int($1.0) - Int($1.1))
    }
    #expect(Double(error) / Double(video.frameSize) < 3)
  }

  @Test func isAsTrueAsTheEncoderItReplaces() throws {
    let (scene, path) = try crossing(frames: 20)
    let video = Renderer(size: 256).render(scene, path)
    let light = try VideoFile.mp4Data(video, quality: .h264(crf: 23, preset: .light))
    let theirs = meanError(video, try VideoFile.video(from: light, name: "light"))
    #expect(meanError(video, try decoded(video, crf: 23)) < 1.2 * theirs + 0.01)
  }

  @Test func whatStaysCostsNothing() throws {
    let first = restless(frames: 1, height: 64, width: 64)
    func size(_ frames: Int) throws -> Int {
      let bytes = (0..<frames).flatMap { _ in first.bytes }
      let video = Video(frames: frames, height: 64, width: 64, bytes: bytes)
      return try VideoFile.mp4Data(video, quality: .h264(crf: 23, preset: .changes)).count
    }
    // A frame's start, a number of skipped macroblocks, and its place in the file's index.
    #expect(try size(101) - size(1) < 100 * 24)
  }

  @Test func otherSizesAreRefused() throws {
    for (height, width) in [(18, 34), (16, 24), (24, 16)] {
      let video = noise(frames: 1, height: height, width: width)
      #expect {
        try VideoFile.mp4Data(video, quality: .h264(crf: 23, preset: .changes))
      } throws: { error in
        guard let error = error as? VideoError, case .size(let text) = error else { return false }
        return text.contains("multiples of 16")
      }
    }
    #expect(throws: VideoError.self) {
      try PlanarVideoEncoder(width: 16, height: 16, quality: .lossless)
    }
    #expect(throws: VideoError.self) {
      try PlanarVideoEncoder(width: 16, height: 16, quality: .official).finish()
    }
  }
}
