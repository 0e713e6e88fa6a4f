/// How hard the H.264 encoder looks for savings: x264's presets, and one of our own.
///
/// Measured on 100 videos of a moving disc (256 px, 32 frames, rate factor 25), speeds and sizes in
/// relation to `medium`; "speed error" is that of the decoded ball, world units per second:
///
/// | preset | speed | bytes | PSNR | speed error |
/// |---|---|---|---|---|
/// | light | 3.2 | 2.4 | 40.4 dB | 0.0006 |
/// | ultrafast | 2.7 | 3.7 | 41.0 dB | 0.0005 |
/// | superfast | 2.0 | 1.9 | 40.5 dB | 0.0007 |
/// | veryfast | 1.4 | 1.0 | 39.4 dB | 0.0008 |
/// | medium | 1 | 1 (5.8 kB) | 40.0 dB | 0.0008 |
///
/// On six combinatorial scenes at 512 pixels, rate factor 23, processor time of the encoder alone:
///
/// | preset | ms a video | kB | luma PSNR |
/// |---|---|---|---|
/// | changes | 9 | 100 | 55.8 dB |
/// | light | 34 | 60 | 55.3 dB |
/// | medium | 149 | 29 | 54.8 dB |
public enum EncoderPreset: String, Codable, CaseIterable, Sendable {
  /// `ultrafast` with arithmetic coding, whose tables are not built anew for every file, and with
  /// bits given to edges (x264's adaptive quantisation).
  case light
  /// An encoder of our own that codes only what changes, at one quantiser, 1 below the rate factor
  /// and at least 12: for flat things on a still background, where it is many times as fast as the
  /// others. Sides are multiples of 16.
  case changes
  /// x264's preset of the same name.
  case ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow

  /// What libavcodec's libx264 is told.
  var options: [String: String] {
    switch self {
    case .light: ["preset": "ultrafast", "coder": "cabac", "aq-mode": "1"]
    default: ["preset": rawValue]
    }
  }

  /// The quantiser of ``changes`` at a rate factor.
  static func quantiser(crf: Int) -> Int { min(max(crf - 1, 12), 51) }
}

/// How the frames of a video file are stored.
public enum VideoQuality: Hashable, Sendable {
  /// H.264, yuv420p, at a constant rate factor of 0 (best) to 51; the official videos use 25 and the
  /// encoder's own preset, `medium`.
  case h264(crf: Int, preset: EncoderPreset = .medium)
  /// H.264 on RGB with quantiser 0: every byte comes back. Not every player shows it.
  case lossless

  /// What the official videos use.
  public static let official = VideoQuality.h264(crf: 25)
  /// For making many videos: the official rate factor, three times as fast as ``official``, files
  /// more than twice as large, and the ball at least as well kept.
  public static let fast = VideoQuality.h264(crf: 25, preset: .light)
}

// The text is what manifests and indices hold.
extension VideoQuality: LosslessStringConvertible {
  /// `h264 crf 25`, `h264 crf 25 light` or `lossless`; the preset `medium` is left out.
  public var description: String {
    switch self {
    case .h264(let crf, .medium): "h264 crf \(crf)"
    case .h264(let crf, let preset): "h264 crf \(crf) \(preset.rawValue)"
    case .lossless: "lossless"
    }
  }

  /// Reads a ``description``; nil for any other text.
  public init?(_ text: String) {
    if text == "lossless" {
      self = .lossless
      return
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard (3...4).contains(words.count), words[0] == "h264", words[1] == "crf",
      let crf = Int(words[2]), (0...51).contains(crf),
      let preset = words.count == 3 ? .medium : EncoderPreset(rawValue: String(words[3]))
    else { return nil }
    self = .h264(crf: crf, preset: preset)
  }
}
