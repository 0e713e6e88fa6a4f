import Foundation
import Videos
import Worlds

/// What befalls pictures on their way: noise, blur, compression.
enum Spoiling: CustomStringConvertible {
  case clean
  /// Gaussian noise of every channel; the deviation in grey levels.
  case noise(Double)
  /// A Gaussian blur; the deviation in pixels.
  case blur(Double)
  /// H.264 at a rate factor.
  case compression(Int)

  /// What the accuracy tables show.
  static let usual: [Spoiling] = [
    .clean, .noise(10), .noise(20), .blur(1), .blur(2), .compression(25), .compression(35),
  ]

  var description: String {
    switch self {
    case .clean: "clean"
    case .noise(let deviation): "noise, \(Int(deviation)) grey levels"
    case .blur(let deviation): "blur, \(Int(deviation)) px"
    case .compression(let factor): "H.264, rate factor \(factor)"
    }
  }

  /// The video after it; equal seeds give equal noise.
  func applied(to video: Video, seed: UInt64) throws -> Video {
    switch self {
    case .clean: video
    case .noise(let deviation): Spoiling.noisy(video, deviation, seed)
    case .blur(let deviation): Spoiling.blurred(video, deviation)
    case .compression(let factor):
      try VideoFile.video(
        from: try VideoFile.mp4Data(video, quality: .h264(crf: factor, preset: .medium)),
        name: "compressed")
    }
  }

  private static func noisy(_ video: Video, _ deviation: Double, _ seed: UInt64) -> Video {
    var random = CounterRandom(recipe: "noise", seed: 1, index: seed)
    var copy = video
    var spare: Double?
    for byte in copy.bytes.indices {
      var value = spare
      spare = nil
      if value == nil {
        // Box and Muller: two normal numbers from two uniform ones.
        let radius = (-2 * log(1 - random.unit())).squareRoot()
        let angle = 2 * Double.pi * random.unit()
        value = radius * cos(angle)
        spare = radius * sin(angle)
      }
      let noisy = Double(copy.bytes[byte]) + deviation * (value ?? 0)
      copy.bytes[byte] = UInt8(min(max(noisy.rounded(), 0), 255))
    }
    return copy
  }

  private static func blurred(_ video: Video, _ deviation: Double) -> Video {
    let reach = Int((3 * deviation).rounded(.up))
    let bell = (-reach...reach).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let kernel = bell.map { Float($0 / bell.reduce(0, +)) }
    let (width, height) = (video.width, video.height)
    var copy = video
    var across = [Float](repeating: 0, count: video.frameSize)
    for frame in 0..<video.frames {
      let start = frame * video.frameSize
      for row in 0..<height {
        for byte in 0..<width * 3 {
          var sum: Float = 0
          for step in -reach...reach {
            let column = min(max(byte / 3 + step, 0), width - 1)
            sum +=
              kernel[step + reach]
              * Float(video.bytes[start + (row * width + column) * 3 + byte % 3])
          }
          across[row * width * 3 + byte] = sum
        }
      }
      for row in 0..<height {
        for byte in 0..<width * 3 {
          var sum: Float = 0
          for step in -reach...reach {
            sum +=
              kernel[step + reach]
              * across[min(max(row + step, 0), height - 1) * width * 3 + byte]
          }
          copy.bytes[start + row * width * 3 + byte] = UInt8(min(max(sum.rounded(), 0), 255))
        }
      }
    }
    return copy
  }
}
