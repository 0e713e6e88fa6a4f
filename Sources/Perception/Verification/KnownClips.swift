import Tensors
import Worlds

/// Clips made by formulas or by NumPy's random numbers, with what I3D is known to answer.
enum KnownClips {
  /// One clip of 16 frames: number i of the flat [1, 3, 16, 224, 224] is ((7919 i) mod 1000) / 999 · 2 − 1.
  static var formula: Tensor {
    let shape = [1, 3, 16, I3D.side, I3D.side]
    let values = (0..<shape.reduce(1, *)).map { (index: Int) -> Float in
      let step = index * 7919 % 1000
      return Float(Double(step) / 999 * 2 - 1)
    }
    return Tensor(values, shape)
  }

  static let formulaLogits = [1.03142, 4.31798, 0.94403, -0.38942, 2.09122, 4.37226]
  static let formulaNorm = 64.60679

  /// Frames, and the squared distance of the features of clips that are -1 and +1 everywhere: the Fréchet
  /// distance of sets without any spread.
  static let constantDistances = [(10, 569.7716), (16, 152.9020), (32, 130.4937)]

  /// 128 clips each of `RandomState(1)` and `RandomState(2)`, 16 frames, fed as they are: published for the
  /// network on TensorFlow Hub by universome/fvd-comparison.
  static let randomDistance = 10.13808536529541

  static func randomDistance(by i3d: I3D) throws -> Double {
    let distance = FrechetVideoDistance(features: i3d)
    for (seed, side) in [(1, FrechetVideoDistance.Side.generated), (2, .truth)] {
      var random = MersenneTwister(seed: UInt32(seed))
      for _ in 0..<128 { try distance.add(clips: clip(&random), to: side) }
    }
    return try distance.value().distance
  }

  /// The next of `RandomState.rand(…, 16, 224, 224, 3)` as float32.
  static func clip(_ random: inout MersenneTwister) -> Tensor {
    let shape = [1, 16, I3D.side, I3D.side, 3]
    let values = (0..<shape.reduce(1, *)).map { _ in Float(random.unit()) }
    return Tensor(values, shape).permute([0, 4, 1, 2, 3])
  }
}
