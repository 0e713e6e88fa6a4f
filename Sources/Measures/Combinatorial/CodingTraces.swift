import Combinatorial
import Videos

/// Whether a video of a combinatorial scene has been through a lossy codec, or is otherwise inexact.
///
/// Exact videos have pure colours and, smaller than the raster, mixtures along edges, and nothing else.
/// A codec leaves pixels beside edges that are a pure colour but for a few grey levels.
public enum CodingTraces {
  /// Frames that are looked at, at most.
  private static let samples = 8

  /// Pixels that are nearly but not exactly of one colour, over those that are mixtures; near 0 for
  /// exact videos, at least 1 for coded ones.
  public static func ratio(in video: Video) -> Double {
    guard video.frames > 0 else { return 0 }
    let table = TestbedInk.table
    let colors = [TestbedColor.red, .gray, .black].map { TestbedColor.rgb(ofID: $0.id) }
    var (near, mixed) = (0, 0)
    video.bytes.withUnsafeBufferPointer { bytes in
      for sample in 0..<min(samples, video.frames) {
        let frame = sample * video.frames / min(samples, video.frames)
        let first = frame * video.frameSize
        for pixel in stride(from: first, to: first + video.frameSize, by: 3) {
          let (red, green, blue) = (bytes[pixel], bytes[pixel + 1], bytes[pixel + 2])
          if red & green & blue == 255 { continue }
          let ink = table(red, green, blue)
          var pure: (red: UInt8, green: UInt8, blue: UInt8)?
          switch (ink.red, ink.gray, ink.black) {
          case (0, 0, 0): pure = (255, 255, 255)
          case (4, 0, 0): pure = (colors[0].red, colors[0].green, colors[0].blue)
          case (0, 4, 0): pure = (colors[1].red, colors[1].green, colors[1].blue)
          case (0, 0, 4): pure = (colors[2].red, colors[2].green, colors[2].blue)
          default: break
          }
          if let pure {
            if pure != (red, green, blue) { near += 1 }
          } else {
            mixed += 1
          }
        }
      }
    }
    return Double(near) / Double(max(mixed, 1))
  }

  /// Whether a video is read with the limits of coded ones.
  package static func areIn(_ video: Video) -> Bool { ratio(in: video) > 0.5 }
}
