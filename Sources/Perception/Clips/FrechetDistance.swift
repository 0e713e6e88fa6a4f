import Foundation
import Tensors

/// The Fréchet distance of two sets of features, as if either were Gaussian.
///
/// |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), unbiased covariances, in double precision. The trace of the
/// root is the sum of the singular values of Σ₁^½ Σ₂^½, which stays real for singular covariances, and
/// makes equal sets 0.
public enum FrechetDistance {
  /// The distance.
  ///
  /// - Throws: ``PerceptionError`` with fewer than two vectors on a side, or where it is not finite.
  public static func between(
    _ a: FeatureMoments, _ b: FeatureMoments
  ) throws(PerceptionError) -> Double {
    guard let one = a.gaussian, let two = b.gaussian else {
      throw .tooFewClips(generated: a.count, truth: b.count)
    }
    let difference = (one.mean - two.mean).square().sum().item()
    let traces = (trace(one.covariance) + trace(two.covariance))
    // LAPACK does not end on NaN.
    guard difference.isFinite, traces.isFinite else { throw .notFinite(measure: "the distance") }
    let roots = root(one.covariance).matmul(root(two.covariance))
    let distance = difference + traces - 2 * roots.singularValues().sum().item()
    guard distance.isFinite else { throw .notFinite(measure: "the distance") }
    // Rounding can leave a little less than nothing.
    return max(distance, 0)
  }

  private static func trace(_ matrix: Tensor) -> Double {
    let side = matrix.size(0)
    let values = matrix.doubles()
    return (0..<side).reduce(0) { $0 + values[$1 * side + $1] }
  }

  /// The symmetric root of a covariance.
  private static func root(_ matrix: Tensor) -> Tensor {
    let (values, vectors) = matrix.eigh()
    return (vectors * values.clamp(min: 0).sqrt()).matmul(vectors.transpose(0, 1))
  }
}
