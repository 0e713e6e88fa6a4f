import Foundation
import Testing
import Videos
import Worlds

struct EncodingTests {
  /// Between two encodings the allocator's memory is filled with different bytes, as another
  /// program's would be: what reads past its own memory then gives other files.
  @Test(arguments: EncoderPreset.allCases, [16, 32, 64, 96, 128, 144, 256])
  func encodingIsRepeatable(preset: EncoderPreset, size: Int) throws {
    guard !preset.isSlow || size <= 64 else { return }
    let scene = try crossing(frames: 20)
    let renderer = Renderer(size: size)
    let video = renderer.render(scene.scene, scene.trajectory)
    let quality = VideoQuality.h264(crf: 25, preset: preset)
    let first = try VideoFile.mp4Data(video, quality: quality)
    for round in 0..<4 {
      let litter = (0..<40).map { number in
        [UInt8](repeating: UInt8(round * 61 + number), count: 3000 + number * 9000)
      }
      #expect(litter.count == 40)
      #expect(try VideoFile.mp4Data(video, quality: quality) == first, "round \(round)")
    }
  }

  @Test func everyPresetKeepsTheVideo() throws {
    let video = try movingDisc(size: 64, frames: 8)
    for preset in EncoderPreset.allCases {
      let data = try VideoFile.mp4Data(video, quality: .h264(crf: 18, preset: preset))
      let back = try VideoFile.video(from: data, name: "\(preset)")
      let error = zip(video.bytes, back.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(back.frames == 8)
      #expect(Double(error) / Double(video.bytes.count) < 2, "\(preset)")
    }
  }

  /// Luma is libswscale's to a rounding; chroma, which it filters over more rows, is so where a
  /// colour is flat.
  @Test(arguments: [64, 96, 128, 144, 256])
  func planesAreThoseOfLibswscale(size: Int) throws {
    let renderer = Renderer(size: size)
    for index in 0..<30 {
      var random = CounterRandom(recipe: "planes", seed: UInt64(size), index: UInt64(index))
      let (scene, path) = FastRenderingTests.film(
        bodies: 1 + index % 2, frames: 5, using: &random)
      let (luma, chroma) = try differences(renderer.render(scene, path))
      #expect((luma.max() ?? 255) <= 1, "video \(index)")
      // Edges are lines: their share of a picture falls with its size.
      let far = Double(chroma.count { $0 > 2 }) / Double(chroma.count)
      #expect(far < 5 / Double(size), "video \(index): \(far)")
    }
  }

  @Test func anyPictureIsConverted() throws {
    var lines = noise(frames: 2, height: 64, width: 64)
    for index in lines.bytes.indices where index % (64 * 64 * 3) >= 64 * 3 * 9 {
      lines.bytes[index] = 255
    }
    for video in [
      noise(frames: 2, height: 64, width: 64), noise(frames: 2, height: 18, width: 34), lines,
      noise(frames: 1, height: 2, width: 2),
    ] {
      let (luma, _) = try differences(video)
      #expect((luma.max() ?? 255) <= 1, "\(video)")
    }
    // Flat pictures have nothing to filter: every plane is libswscale's to a rounding.
    for grey in [UInt8](0...255) where grey % 15 == 0 {
      let bytes = [UInt8](repeating: grey, count: 2 * 48 * 32 * 3)
      let (luma, chroma) = try differences(
        Video(frames: 2, height: 48, width: 32, bytes: bytes))
      #expect((luma + chroma).allSatisfy { $0 <= 1 }, "grey \(grey)")
    }
    let white = Video(
      frames: 1, height: 2, width: 32, bytes: [UInt8](repeating: 255, count: 2 * 32 * 3))
    let planes = try VideoFile.encoderInput(white)
    #expect(
      planes == [UInt8](repeating: 235, count: 64) + [UInt8](repeating: 128, count: 32))
  }

  /// Chroma is that of the mean of two by two pixels, whatever is beside them.
  @Test func chromaIsThatOfTheFourPixels() throws {
    let video = noise(frames: 1, height: 34, width: 38)
    let planes = try VideoFile.encoderInput(video)
    for row in 0..<17 {
      for column in 0..<19 {
        var mean = [0.0, 0.0, 0.0]
        for pixel in [0, 1, 38, 39] {
          let start = (row * 2 * 38 + column * 2 + pixel) * 3
          for channel in 0..<3 { mean[channel] += Double(video.bytes[start + channel]) / 4 }
        }
        let luma = 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2]
        let blue = 128 + (mean[2] - luma) / 1.772 * 224 / 255
        let red = 128 + (mean[0] - luma) / 1.402 * 224 / 255
        let place = 34 * 38 + row * 19 + column
        #expect(abs(Double(planes[place]) - blue) < 0.51)
        #expect(abs(Double(planes[place + 17 * 19]) - red) < 0.51)
      }
    }
  }

  /// Absolute differences between our planes and libswscale's: luma, then both chroma planes.
  private func differences(_ video: Video) throws -> (luma: [Int], chroma: [Int]) {
    let ours = try VideoFile.encoderInput(video)
    let theirs = try VideoFile.encoderInput(video, ours: false)
    #expect(ours.count == theirs.count)
    let all = zip(ours, theirs).map { abs(Int($0) - Int($1)) }
    let frame = video.width * video.height * 3 / 2
    var luma: [Int] = []
    var chroma: [Int] = []
    for (index, difference) in all.enumerated() {
      if index % frame < video.width * video.height {
        luma.append(difference)
      } else {
        chroma.append(difference)
      }
    }
    return (luma, chroma)
  }

  @Test func qualitiesComeBackFromTheirText() {
    let qualities =
      [VideoQuality.lossless, .official, .fast]
      + EncoderPreset.allCases.map { .h264(crf: 0, preset: $0) } + [.h264(crf: 51)]
    for quality in qualities { #expect(VideoQuality(quality.description) == quality) }
    #expect(VideoQuality.official.description == "h264 crf 25")
    #expect(VideoQuality.fast.description == "h264 crf 25 light")
    for text in [
      "", "h264", "h264 crf", "h264 crf 52", "h264 crf -1", "h264 crf 25 ", "h264 crf 25 quick",
      "h264 crf 2.5", "Lossless", "h264 crf 25 fast more",
    ] {
      #expect(VideoQuality(text) == nil, "\(text)")
    }
  }
}

extension EncoderPreset {
  /// Whether it would make the tests slow.
  var isSlow: Bool { [.slow, .slower, .veryslow].contains(self) }
}
