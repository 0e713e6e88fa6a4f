import Perception
import Testing
import Videos

@Suite struct PixelMeasureTests {
  /// scikit-image 0.26: `peak_signal_noise_ratio(a, b)` and `structural_similarity(a, b,
  /// gaussian_weights=True, sigma=1.5, use_sample_covariance=False, channel_axis=2, data_range=255)`.
  @Test func discsAgreeWithScikitImage() throws {
    let pair = try FramePair(
      generated: Pictures.discs(red: 40, blue: 90), truth: Pictures.discs(red: 44, blue: 86))
    #expect(abs(PeakSignalToNoise.values(pair)[0] - 17.972251313309606) < 1e-9)
    #expect(abs(try StructuralSimilarity().values(pair)[0] - 0.9239927209324068) < 1e-9)
  }

  /// The same on noise, 30 by 20 pixels: strangers, and one with ±3 grey levels added.
  @Test func noiseAgreesWithScikitImage() throws {
    let a = Pictures.pattern { $0 * 7919 % 251 }
    let b = Pictures.pattern { $0 * 104_729 % 256 }
    let near = Pictures.pattern { min(max($0 * 7919 % 251 + $0 % 7 - 3, 0), 255) }
    for (other, ratio, similarity) in [
      (b, 7.907163343720597, 0.02453611382325621), (near, 42.13076062141124, 0.9996201620032581),
    ] {
      let pair = try FramePair(generated: a, truth: other)
      #expect(abs(PeakSignalToNoise.values(pair)[0] - ratio) < 1e-9)
      #expect(abs(try StructuralSimilarity().values(pair)[0] - similarity) < 1e-9)
    }
  }

  @Test func equalFramesReachTheCeilings() throws {
    let video = Pictures.discs(red: 40, blue: 90)
    let pair = try FramePair(generated: video, truth: video)
    #expect(PeakSignalToNoise.values(pair) == [100])
    #expect(try StructuralSimilarity().values(pair) == [1])
    #expect(PeakSignalToNoise.value(meanSquaredError: 1e-12) == 100)
    #expect(PeakSignalToNoise.value(meanSquaredError: 65_025) == 0)
  }

  @Test func orderDoesNotMatter() throws {
    let (a, b) = (Pictures.pattern { $0 % 200 }, Pictures.pattern { $0 * 31 % 256 })
    let (one, other) = (
      try FramePair(generated: a, truth: b), try FramePair(generated: b, truth: a)
    )
    #expect(PeakSignalToNoise.values(one) == PeakSignalToNoise.values(other))
    let (x, y) = (
      try StructuralSimilarity().values(one)[0], try StructuralSimilarity().values(other)[0]
    )
    #expect(abs(x - y) < 1e-12)
  }

  @Test func givenFramesDoNotCount() throws {
    let (a, b) = (Pictures.discs(red: 40, blue: 90), Pictures.discs(red: 44, blue: 86))
    let film = Pictures.film([a, b, a])
    let truth = Pictures.film([b, b, a])
    let pair = try FramePair(generated: film, truth: truth, conditionFrames: 1)
    #expect(pair.frames == 1..<3)
    #expect(PeakSignalToNoise.values(pair) == [100, 100])
    #expect(PeakSignalToNoise.values(try FramePair(generated: film, truth: truth))[0] < 20)
    #expect(throws: PerceptionError.noFrames(frames: 3, conditionFrames: 3)) {
      try FramePair(generated: film, truth: truth, conditionFrames: 3)
    }
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    let (small, large) = (Pictures.flat(10, side: 10), Pictures.flat(10, side: 11))
    #expect(throws: PerceptionError.self) { try FramePair(generated: small, truth: large) }
    let pair = try FramePair(generated: small, truth: small)
    #expect(
      throws: PerceptionError.tooSmall(width: 10, height: 10, least: 11, measure: "SSIM")
    ) { try StructuralSimilarity().values(pair) }
    let fitting = try FramePair(generated: large, truth: Pictures.flat(30, side: 11))
    #expect(try StructuralSimilarity().values(fitting)[0] < 1)
  }
}
