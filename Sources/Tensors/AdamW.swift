import CTorch

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), one fused call for all parameters.
///
/// For step t with gradient g: `p -= lr * weightDecay * p`; `m = β₁ m + (1 - β₁) g`;
/// `v = β₂ v + (1 - β₂) g²`; `p -= lr * (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + eps)`.
/// A parameter without a gradient is left as it is, and its t does not advance.
public final class AdamW: Optimizer {
  /// Names and tensors, as in a checkpoint.
  public let parameters: [(name: String, tensor: Tensor)]
  /// Learning rate; set it before each step to follow a schedule.
  public var lr: Double
  /// β₁ and β₂: memory of the gradient's mean and mean square.
  public let betas: (Double, Double)
  /// Share of each weight removed per step and unit of learning rate.
  public let weightDecay: Double
  /// Keeps the divisor from zero.
  public let eps: Double

  private let tensors, means, squares, steps: [Tensor]

  /// An optimiser with fresh state; names must be unique.
  public init(
    _ parameters: [(name: String, tensor: Tensor)], lr: Double = 1e-3,
    betas: (Double, Double) = (0.9, 0.999), weightDecay: Double = 0.01, eps: Double = 1e-8
  ) {
    self.parameters = parameters
    self.lr = lr
    self.betas = betas
    self.weightDecay = weightDecay
    self.eps = eps
    tensors = parameters.map(\.tensor)
    means = tensors.map { .zeros(like: $0) }
    squares = tensors.map { .zeros(like: $0) }
    // Counts are float32 as libtorch's fused kernel wants them; exact up to 16 million steps.
    steps = tensors.map { .zeros([], device: $0.device) }
  }

  /// Changes every parameter that has a gradient.
  public func step() {
    let status = withHandles(tensors) { p, n in
      withHandles(means) { m, _ in
        withHandles(squares) { v, _ in
          withHandles(steps) { t, _ in
            ct_adamw_(p, m, v, t, n, lr, betas.0, betas.1, weightDecay, eps)
          }
        }
      }
    }
    check(status, "AdamW.step")
  }

  /// The state under the names `exp_avg.NAME`, `exp_avg_sq.NAME` and `step.NAME`, shared, not copied.
  public func stateTensors() -> [String: Tensor] {
    stateTensors(["exp_avg": means, "exp_avg_sq": squares, "step": steps])
  }

  /// Takes over a saved state; what follows is bit for bit what would have followed the save.
  ///
  /// Throws `OptimizerStateError` and changes nothing when names or shapes are not those of `stateTensors()`.
  public func load(stateTensors saved: [String: Tensor]) throws {
    try load(saved, into: stateTensors())
  }
}
