import Videos

/// Two videos as one: truth above, generation below, enlarged so that chroma subsampling and the
/// browser's scaling do not blur the pixels of a small frame.
struct SideBySide {
  let truth, generated: Video
  let conditionFrames: Int

  /// Pairs two videos; the longer one is cut.
  init(truth: Video, generated: Video, conditionFrames: Int) {
    let frames = min(truth.frames, generated.frames)
    self.truth = truth.prefix(frames: frames)
    self.generated = generated.prefix(frames: frames)
    self.conditionFrames = conditionFrames
  }

  /// About eight frames from first to last.
  var keyFrames: [Int] {
    let count = min(8, truth.frames)
    guard count > 1 else { return Array(0..<count) }
    return (0..<count).map { ($0 * (truth.frames - 1) + (count - 1) / 2) / (count - 1) }
  }

  /// The pair as one video whose sides are even, as H.264 wants them.
  var video: Video {
    let scale = max(1, 256 / max(truth.width, 1))
    let width = evenUp(max(truth.width, generated.width) * scale)
    let content = (truth.height + generated.height) * scale + Self.bar
    let height = evenUp(content)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(truth.frames * height * width * 3)
    for frame in 0..<truth.frames {
      append(truth, frame, scale, width, to: &bytes)
      let level: UInt8 = frame < conditionFrames ? 60 : 200
      bytes += repeatElement(level, count: Self.bar * width * 3)
      append(generated, frame, scale, width, to: &bytes)
      bytes += repeatElement(255, count: (height - content) * width * 3)
    }
    return Video(frames: truth.frames, height: height, width: width, bytes: bytes)
  }

  private static let bar = 8

  private func evenUp(_ length: Int) -> Int { length + length % 2 }

  /// Appends an enlarged frame, filled with white to the width.
  private func append(
    _ video: Video, _ frame: Int, _ scale: Int, _ width: Int, to bytes: inout [UInt8]
  ) {
    for row in 0..<video.height {
      let start = frame * video.frameSize + row * video.width * 3
      var line: [UInt8] = []
      line.reserveCapacity(width * 3)
      for column in 0..<video.width {
        let pixel = video.bytes[start + column * 3..<start + column * 3 + 3]
        for _ in 0..<scale { line += pixel }
      }
      line += repeatElement(255, count: width * 3 - line.count)
      for _ in 0..<scale { bytes += line }
    }
  }
}
