import Tensors

/// α and σ of a batch, shaped to multiply it: [B, 1, …] tensors, or one pair of numbers for all.
public struct NoiseLevel {
  /// The clean latent's factor.
  public let alpha: Tensor
  /// The noise's factor.
  public let sigma: Tensor

  /// The levels at the given times, for batches of tensors of rank `rank`.
  public init(_ diffusion: Diffusion, times: [Double], rank: Int) {
    let pairs = times.map(diffusion.coefficients)
    let shape = [times.count] + [Int](repeating: 1, count: rank - 1)
    alpha = Tensor(pairs.map { Float($0.alpha) }, shape)
    sigma = Tensor(pairs.map { Float($0.sigma) }, shape)
  }

  /// `α·clean + σ·noise`.
  public func mix(clean: Tensor, noise: Tensor) -> Tensor { alpha * clean + sigma * noise }
}

extension Prediction {
  /// What the network should have answered.
  public func target(clean: Tensor, noise: Tensor, level: NoiseLevel) -> Tensor {
    switch self {
    case .clean: clean
    case .noise: noise
    case .velocity: level.alpha * noise - level.sigma * clean
    case .flow: noise - clean
    }
  }

  /// The clean latent that an answer at noisy latent `z` implies.
  ///
  /// Noise prediction says nothing where α = 0; there α is taken as 0.02, as samplers do.
  public func clean(from answer: Tensor, at z: Tensor, level: NoiseLevel) -> Tensor {
    let (alpha, sigma) = (level.alpha, level.sigma)
    return switch self {
    case .clean: answer
    case .noise: (z - sigma * answer) / alpha.clamp(min: 0.02)
    case .velocity: (alpha * z - sigma * answer) / (alpha.square() + sigma.square())
    case .flow: (z - sigma * answer) / (alpha + sigma)
    }
  }

  /// The noise that an answer implies; where σ is 0 there is none, and σ is taken as 0.00001.
  public func noise(from answer: Tensor, at z: Tensor, level: NoiseLevel) -> Tensor {
    if self == .noise { return answer }
    return (z - level.alpha * clean(from: answer, at: z, level: level))
      / level.sigma.clamp(min: 1e-5)
  }
}
