import Foundation
import Perception
import Tensors
import Testing
import Videos

@Suite struct FrechetVideoDistanceTests {
  /// Means of 400 stripes of a clip in place of a network.
  struct Stripes: ClipFeatures {
    let name = "stripes"
    func features(_ clips: Tensor) throws -> Tensor {
      let stripe = clips.count / clips.size(0) / 400
      let flat = clips.contiguous().reshape([clips.size(0), -1])
      return flat.narrow(1, start: 0, length: 400 * stripe).reshape([-1, 400, stripe]).mean([2])
    }
  }

  @Test func tellsWhatTheNumberDependsOn() throws {
    let distance = FrechetVideoDistance(features: Stripes(), preparation: .original)
    for speed in 0..<3 {
      try distance.add(Pictures.motion(speed: speed, frames: 12), to: .generated)
      try distance.add(
        Pictures.motion(speed: speed, frames: 14), frames: 2..<14, to: .truth)
    }
    try distance.add(Pictures.motion(speed: 3, frames: 12), to: .truth)
    let value = try distance.value()
    #expect(value.generatedClips == 3 && value.trueClips == 4 && value.frames == 12)
    #expect(value.preparation == .original && value.network == "stripes")
    #expect(value.distance > 0)
    let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    #expect(text.contains("\"generated_clips\":3"))
  }

  @Test func lengthsAreChecked() throws {
    let distance = FrechetVideoDistance(features: Stripes())
    #expect(throws: PerceptionError.tooShort(frames: 8, least: 9)) {
      try distance.add(Pictures.motion(speed: 1, frames: 8), to: .truth)
    }
    try distance.add(Pictures.motion(speed: 1, frames: 9), to: .truth)
    #expect(throws: PerceptionError.lengthsDiffer(frames: 10, expected: 9)) {
      try distance.add(Pictures.motion(speed: 1, frames: 10), to: .truth)
    }
    #expect(throws: PerceptionError.tooFewClips(generated: 0, truth: 1)) { try distance.value() }
  }

  /// Torch's `interpolate` to 224 and the middle, against the original's corner-aligned resize.
  @Test func clipsArePreparedAsNamed() {
    let wide = Video(
      frames: 9, height: 20, width: 30,
      bytes: (0..<9).flatMap { _ in Pictures.pattern { $0 % 256 }.bytes })
    for preparation in ClipPreparation.allCases {
      let clip = preparation.clip(wide, frames: 0..<9)
      #expect(clip.shape == [1, 3, 9, 224, 224])
      #expect(clip.amin().item() >= -1.000001 && clip.amax().item() <= 1.000001)
    }
    // Pixel (0, 0) of the original is the first pixel; the cut-out begins 56 of 336 columns in.
    let original = ClipPreparation.original.clip(wide, frames: 0..<9).contiguous().floats()
    #expect(abs(original[0] - (0 / 127.5 - 1)) < 1e-6)
    let styled = ClipPreparation.styleganv.clip(wide, frames: 0..<9).contiguous().floats()
    // Column 56.5 / 11.2 - 0.5 = 4.5446 of bytes 3 · column.
    #expect(abs(Double(styled[0]) - (3 * 4.544_642_857 / 127.5 - 1)) < 1e-4)
  }

  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func equalSetsAreAtZeroAndOthersAreNot() throws {
    let i3d = try I3D(store: Networks.store)
    let same = FrechetVideoDistance(features: i3d)
    let other = FrechetVideoDistance(features: i3d)
    for speed in [0, 1, 2] {
      let video = Pictures.motion(speed: speed, frames: 9)
      try same.add(FramePair(generated: video, truth: video))
      try other.add(video, to: .generated)
      try other.add(Pictures.motion(speed: speed + 4, frames: 9), to: .truth)
    }
    #expect(try same.value().distance < 1e-6)
    #expect(try other.value().distance > 1)
  }

  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func clipsDoNotDisturbEachOther() throws {
    let i3d = try I3D(store: Networks.store)
    let clips = [1, 3].map {
      ClipPreparation.styleganv.clip(Pictures.motion(speed: $0, frames: 9), frames: 0..<9)
    }
    let together = try i3d.features(.cat(clips))
    let alone = Tensor.cat(try clips.map { try i3d.features($0) })
    #expect((together - alone).abs().amax().item() < 1e-4)
    #expect(together.shape == [2, 400])
    #expect(throws: PerceptionError.tooShort(frames: 8, least: 9)) {
      try i3d.features(.zeros([1, 3, 8, 224, 224]))
    }
    #expect(throws: PerceptionError.self) { try i3d.features(.zeros([1, 3, 9, 224, 200])) }
  }
}
