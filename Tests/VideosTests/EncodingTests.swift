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

  /// The encoder must see the same pixels whether whole frames are converted or windows of them.
  @Test(arguments: [64, 96, 128, 144, 256])
  func windowsGiveWhatWholeFramesGive(size: Int) throws {
    let renderer = Renderer(size: size)
    for index in 0..<30 {
      var random = CounterRandom(recipe: "windows", seed: UInt64(size), index: UInt64(index))
      let (scene, path) = FastRenderingTests.film(
        bodies: 1 + index % 2, frames: 5, using: &random)
      let video = renderer.render(scene, path)
      #expect(
        try VideoFile.encoderInput(video, windows: true)
          == VideoFile.encoderInput(video, windows: false), "video \(index)")
    }
  }

  @Test func videosThatAreAllWhiteOrNotWhiteAtAllAreConvertedAlike() throws {
    var lines = noise(frames: 2, height: 64, width: 64)
    for index in lines.bytes.indices where index % (64 * 64 * 3) >= 64 * 3 * 9 {
      lines.bytes[index] = 255
    }
    let videos = [
      Video(
        frames: 2, height: 64, width: 64, bytes: [UInt8](repeating: 255, count: 2 * 64 * 64 * 3)),
      Video(
        frames: 2, height: 64, width: 64, bytes: [UInt8](repeating: 254, count: 2 * 64 * 64 * 3)),
      noise(frames: 2, height: 64, width: 64), noise(frames: 2, height: 18, width: 34), lines,
    ]
    for (index, video) in videos.enumerated() {
      #expect(
        try VideoFile.encoderInput(video, windows: true)
          == VideoFile.encoderInput(video, windows: false), "video \(index)")
    }
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
