import Tensors

/// Number, mean and covariance of feature vectors that come in batches, in double precision.
///
/// Takes the memory of one matrix however many vectors there are. Batches may come in any order and be
/// merged; the result differs by rounding only. Source: Chan, Golub and LeVeque's update of moments.
public struct FeatureMoments: Sendable {
  /// Vectors so far.
  public private(set) var count = 0
  private var mean: Tensor?
  /// Sum of outer products of deviations from the mean.
  private var scatter: Tensor?

  /// No vectors.
  public init() {}

  /// Adds vectors: [vectors, features].
  public mutating func add(_ features: Tensor) {
    guard features.size(0) > 0 else { return }
    let values = features.to(.cpu).to(.float64)
    var batch = FeatureMoments()
    let mean = values.mean([0])
    let deviations = values - mean
    batch.count = values.size(0)
    batch.mean = mean
    batch.scatter = deviations.transpose(0, 1).matmul(deviations)
    merge(batch)
  }

  /// Adds what another value has seen.
  public mutating func merge(_ other: FeatureMoments) {
    guard let otherMean = other.mean, let otherScatter = other.scatter else { return }
    guard let mean, let scatter else {
      self = other
      return
    }
    let (here, there) = (Double(count), Double(other.count))
    let step = otherMean - mean
    self.mean = mean + step * (there / (here + there))
    let between = step.unsqueeze(1).matmul(step.unsqueeze(0))
    self.scatter = scatter + otherScatter + between * (here * there / (here + there))
    count += other.count
  }

  /// The sums by name, to be saved.
  public var tensors: [String: Tensor] {
    guard let mean, let scatter else { return [:] }
    return ["count": Tensor([Float(count)], [1]).to(.float64), "mean": mean, "scatter": scatter]
  }

  /// Sums that were saved; nil where they do not go together.
  public init?(tensors: [String: Tensor]) {
    guard !tensors.isEmpty else { return }
    guard let count = tensors["count"], let mean = tensors["mean"],
      let scatter = tensors["scatter"], count.shape == [1], mean.rank == 1,
      scatter.shape == [mean.size(0), mean.size(0)]
    else { return nil }
    self.count = Int(count.item())
    self.mean = mean
    self.scatter = scatter
  }

  /// The mean, and the covariance with division by one less than the number; nil with fewer than two.
  var gaussian: (mean: Tensor, covariance: Tensor)? {
    guard count > 1, let mean, let scatter else { return nil }
    return (mean, scatter / Double(count - 1))
  }
}
