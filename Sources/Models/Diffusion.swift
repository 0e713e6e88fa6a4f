import Foundation
import Tensors

/// What the network predicts.
public enum Prediction: String, Codable, CaseIterable, Sendable {
  /// The clean latent.
  case clean
  /// The noise.
  case noise
  /// `α·noise − σ·clean` (Salimans & Ho 2022; the paper).
  case velocity
  /// `noise − clean`, the constant velocity of the straight path.
  case flow
}

/// How clean latents become noise: `z = α(s)·clean + σ(s)·noise` for s from 0 to 1, with α(1) = 0.
public enum NoisePath: String, Codable, CaseIterable, Sendable {
  /// α = 1 − s, σ = s.
  case rectified
  /// α = cos(πs/2), σ = sin(πs/2).
  case cosine
  /// 1000 DDPM steps of scaled-linear β (0.00085 … 0.012), rescaled to zero terminal
  /// signal-to-noise ratio (Lin et al. 2024, algorithm 1); the paper.
  case ddpm
}

/// How diffusion times are drawn in training, before the shift.
public enum TimeDistribution: String, Codable, CaseIterable, Sendable {
  /// Uniform on 0...1.
  case uniform
  /// The logistic function of a normal variable of mean 0 and deviation 1.
  case logitNormal
  /// One (pure noise) for half of the draws, uniform for the others.
  case halfTerminal
}

/// How a training error counts at diffusion time s; it multiplies the squared error of the prediction.
public enum LossWeighting: String, Codable, CaseIterable, Sendable {
  /// Every time counts the same.
  case uniform
  /// 1 / max(σ, 0.1).
  case inverseSigma
  /// 1 / max(σ, 0.1)²: for clean prediction on the straight path, the flow's loss.
  case inverseVariance
  /// min(SNR, 5): for clean prediction, Hang et al. 2023.
  case clippedSignalToNoise
}

/// The diffusion process and what is learned of it: four independent choices and two numbers.
public struct Diffusion: Codable, Hashable, Sendable {
  /// What the network predicts.
  public var prediction = Prediction.clean
  /// How clean latents become noise.
  public var path = NoisePath.rectified
  /// How times are drawn in training.
  public var times = TimeDistribution.uniform
  /// How errors count.
  public var weighting = LossWeighting.uniform
  /// Pushes times towards noise: `s = k·u / (1 + (k − 1)·u)`; 1 leaves them alone.
  public var shift = 15.0
  /// The smallest time used in training.
  public var minimumTime = 0.01

  /// Clean prediction on the straight path, times pushed towards noise.
  public init() {}

  /// The paper's: v-prediction, DDPM with zero terminal signal-to-noise ratio, uniform times.
  public static var paper: Diffusion {
    var diffusion = Diffusion()
    diffusion.prediction = .velocity
    diffusion.path = .ddpm
    diffusion.shift = 1
    diffusion.minimumTime = 0
    return diffusion
  }

  /// Checks the numbers.
  /// - Throws: `ModelError.configuration`.
  public func validate() throws {
    guard shift > 0, shift.isFinite else {
      throw ModelError.configuration(
        field: "shift", value: "\(shift)", remedy: "must be positive; 1 leaves the times alone")
    }
    guard (0..<1).contains(minimumTime) else {
      throw ModelError.configuration(
        field: "minimumTime", value: "\(minimumTime)", remedy: "must lie in 0..<1")
    }
  }

  /// `s = k·u / (1 + (k − 1)·u)`: strictly increasing, 0 → 0, 1 → 1.
  public static func shifted(_ u: Double, by shift: Double) -> Double {
    // The same with exact ends.
    shift * u / (shift * u + (1 - u))
  }

  /// Draws `count` training times.
  public func drawTimes(_ count: Int, from stream: RandomStream) -> [Double] {
    let u = stream.uniform([count], device: .cpu).floats().map(Double.init)
    let raw: [Double]
    switch times {
    case .uniform: raw = u
    case .logitNormal:
      raw = stream.normal([count], device: .cpu).floats().map { 1 / (1 + exp(-Double($0))) }
    case .halfTerminal:
      let coin = stream.uniform([count], device: .cpu).floats()
      raw = zip(u, coin).map { $1 < 0.5 ? 1 : $0 }
    }
    return raw.map { max(Self.shifted($0, by: shift), minimumTime) }
  }

  /// α and σ at time s in 0...1.
  public func coefficients(_ s: Double) -> (alpha: Double, sigma: Double) {
    switch path {
    case .rectified: return (1 - s, s)
    case .cosine: return s >= 1 ? (0, 1) : (cos(.pi / 2 * s), sin(.pi / 2 * s))
    case .ddpm:
      let table = Self.ddpmAlphas
      let place = min(max(s, 0), 1) * Double(table.count - 1)
      let below = min(Int(place), table.count - 2)
      let part = place - Double(below)
      let alpha = table[below] * (1 - part) + table[below + 1] * part
      return (alpha, max(1 - alpha * alpha, 0).squareRoot())
    }
  }

  /// dα/ds and dσ/ds at time s in 0...1.
  public func slopes(_ s: Double) -> (alpha: Double, sigma: Double) {
    switch path {
    case .rectified: return (-1, 1)
    case .cosine: return (-.pi / 2 * sin(.pi / 2 * s), .pi / 2 * cos(.pi / 2 * s))
    case .ddpm:
      let table = Self.ddpmAlphas
      let place = min(max(s, 0), 1) * Double(table.count - 1)
      // At a node the mean of both sides, so that the slope belongs to it and not to a neighbour.
      let below = min(max(Int((place - 0.5).rounded(.down)), 0), table.count - 2)
      let above = min(max(Int((place + 0.5).rounded(.down)), 1), table.count - 1)
      let alpha = (table[above] - table[below]) / Double(above - below) * Double(table.count - 1)
      let (now, sigma) = coefficients(s)
      return (alpha, -now * alpha / max(sigma, 1e-5))
    }
  }

  /// α²/σ² at time s; infinite at 0 on the straight path.
  public func signalToNoise(_ s: Double) -> Double {
    let (alpha, sigma) = coefficients(s)
    return alpha * alpha / (sigma * sigma)
  }

  /// The weight of a squared error at time s.
  public func weight(_ s: Double) -> Double {
    let sigma = max(coefficients(s).sigma, 0.1)
    switch weighting {
    case .uniform: return 1
    case .inverseSigma: return 1 / sigma
    case .inverseVariance: return 1 / (sigma * sigma)
    case .clippedSignalToNoise: return min(signalToNoise(s), 5)
    }
  }

  private static let ddpmAlphas: [Double] = {
    let steps = 1000
    var product = 1.0
    let roots = (0..<steps).map { step in
      let root =
        0.00085.squareRoot()
        + (0.012.squareRoot() - 0.00085.squareRoot()) * Double(step) / Double(steps - 1)
      product *= 1 - root * root
      return product.squareRoot()
    }
    let (first, last) = (roots[0], roots[steps - 1])
    return roots.map { ($0 - last) * first / (first - last) }
  }()
}
