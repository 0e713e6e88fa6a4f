import Datasets
import Experiments
import Foundation
import Tensors
import Videos

/// The training videos of a testbed arm, small: what a model that only remembers could replay.
///
/// Whoever replays chooses the video whose given frames are most alike. Distances are the root of the mean squared
/// difference of pixels 32 scene units wide, over generated frames, in shares of the way from black to white.
struct TestbedMemory: Sendable {
  /// The most cases that are remembered.
  static let most = 6000
  /// Pixels along each side of what is remembered.
  static let size = 16

  let frames, conditionFrames: Int
  /// `[case]`, each frames × size × size × 3 bytes.
  private let cases: [[UInt8]]

  /// Renders the first training videos.
  ///
  /// - Throws: what keeps a scene from being made.
  init(_ configuration: RunConfiguration) throws {
    let frames = configuration.evaluation.frames
    self.frames = frames
    conditionFrames = configuration.evaluation.conditionFrames
    let data = try TrainingData(configuration)
    let number = min(data.count ?? Self.most, Self.most)
    cases = try Parallel.map(0..<number, threads: Workers.limit) { index in
      let area = Self.size * Self.size * 3
      var bytes = [UInt8](repeating: 0, count: frames * area)
      try bytes.withUnsafeMutableBufferPointer {
        try data.source.copy(videoAt: index, frames: frames, size: Self.size, into: $0)
      }
      return bytes
    }
  }

  /// The training video whose given frames are most like those of a video.
  func nearestStart(to video: Video) throws -> Int {
    let bytes = try small(video)
    let given = 0..<conditionFrames * Self.size * Self.size * 3
    return cases.indices.min {
      Self.difference(cases[$0], bytes, given) < Self.difference(cases[$1], bytes, given)
    } ?? 0
  }

  /// The distances of generated frames from the truth and from the nearest training video.
  func distances(of video: Video, truth: Video) throws -> (truth: Double, nearestCase: Double) {
    let (own, other) = (try small(video), try small(truth))
    let area = Self.size * Self.size * 3
    let generated = conditionFrames * area..<min(own.count, frames * area)
    func root(_ sum: Int) -> Double {
      (Double(sum) / Double(generated.count)).squareRoot() / 255
    }
    let nearest = cases.map { Self.difference($0, own, generated) }.min()
    return (root(Self.difference(own, other, generated)), nearest.map(root) ?? .nan)
  }

  private func small(_ video: Video) throws -> [UInt8] {
    try video.prefix(frames: min(frames, video.frames)).areaAveraged(to: Self.size).bytes
  }

  private static func difference(_ a: [UInt8], _ b: [UInt8], _ range: Range<Int>) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sum = 0
        for place in range {
          let difference = Int32(a[place]) - Int32(b[place])
          sum += Int(difference &* difference)
        }
        return sum
      }
    }
  }
}
