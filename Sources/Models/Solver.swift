import Foundation
import Tensors

/// How a sampler follows the probability flow from noise to data.
///
/// Every solver ends with the clean latent that its last evaluation implies.
public enum Solver: String, Codable, CaseIterable, Sendable {
  /// DDIM (Song et al. 2021): exact between two times if the clean latent stayed what it is; one
  /// evaluation a step, first order.
  case ddim
  /// Euler's method in diffusion time; one evaluation a step, first order. The same as `ddim` on the
  /// straight path.
  case euler
  /// Heun's method in diffusion time; two evaluations a step and one for the last, second order.
  case heun
  /// DPM-Solver++(2M) (Lu et al. 2023): the clean latent is carried on along the line through its
  /// last two values over log(α/σ); one evaluation a step, second order.
  case dpmSolver

  /// Network evaluations of so many steps.
  public func evaluations(steps: Int) -> Int { self == .heun ? 2 * steps - 1 : steps }

  /// Carries noise at the first time to the clean latent at the last.
  ///
  /// - Parameters:
  ///   - noise: [B, …].
  ///   - times: falling, from 1 to 0.
  ///   - clean: the clean latent that the network sees in a noisy one at a time of `times`.
  func carry(
    _ noise: Tensor, through times: [Double], of diffusion: Diffusion,
    clean: (_ z: Tensor, _ time: Double) -> Tensor
  ) -> Tensor {
    var z = noise
    var last: (clean: Tensor, time: Double)?
    for (time, next) in zip(times, times.dropFirst()) {
      let found = clean(z, time)
      if next == times.last { return found }
      switch self {
      case .ddim:
        z = diffusion.rest(z, found, time).mixed(found, diffusion.coefficients(next))
      case .euler:
        z = z + diffusion.slope(z, found, time) * (next - time)
      case .heun:
        let slope = diffusion.slope(z, found, time)
        let guess = z + slope * (next - time)
        let second = diffusion.slope(guess, clean(guess, next), next)
        z = z + (slope + second) * ((next - time) / 2)
      case .dpmSolver:
        let ahead = last.map { extrapolated(found, time, after: $0, to: next, diffusion) } ?? found
        z = diffusion.rest(z, ahead, time).mixed(ahead, diffusion.coefficients(next))
        last = (found, time)
      }
    }
    return z
  }

  /// The clean latent half a step ahead, on the line through its last two values.
  private func extrapolated(
    _ clean: Tensor, _ time: Double, after last: (clean: Tensor, time: Double), to next: Double,
    _ diffusion: Diffusion
  ) -> Tensor {
    let step = diffusion.logRatio(next) - diffusion.logRatio(time)
    let before = diffusion.logRatio(time) - diffusion.logRatio(last.time)
    // From pure noise log(α/σ) has come an infinite way: the last value says nothing.
    guard before.isFinite, step.isFinite else { return clean }
    return clean + (clean - last.clean) * (step / (2 * before))
  }
}

extension Tensor {
  /// `α·clean + σ·self`.
  fileprivate func mixed(_ clean: Tensor, _ level: (alpha: Double, sigma: Double)) -> Tensor {
    clean * level.alpha + self * level.sigma
  }
}

extension Diffusion {
  /// The noise in `z` when its clean latent is `clean`.
  fileprivate func rest(_ z: Tensor, _ clean: Tensor, _ time: Double) -> Tensor {
    let (alpha, sigma) = coefficients(time)
    return (z - clean * alpha) * (1 / max(sigma, 1e-5))
  }

  /// dz/ds along the flow: α′·clean + σ′·noise.
  fileprivate func slope(_ z: Tensor, _ clean: Tensor, _ time: Double) -> Tensor {
    let (alpha, sigma) = slopes(time)
    return clean * alpha + rest(z, clean, time) * sigma
  }

  /// log(α/σ); −∞ for pure noise.
  fileprivate func logRatio(_ time: Double) -> Double {
    let (alpha, sigma) = coefficients(time)
    return log(alpha / sigma)
  }
}
