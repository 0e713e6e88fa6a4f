/// Muon (Jordan 2024): momentum whose update is orthogonalised, for the weight matrices of hidden layers.
///
/// For a gradient g with momentum μ: `b = lerp(b, g, 1 - μ)`, `u = lerp(g, b, μ)` (Nesterov); `u` is made
/// nearly orthogonal by Newton–Schulz steps and applied as `p -= lr * √max(1, rows / columns) * u` after the
/// decoupled decay `p -= lr * weightDecay * p`. Weights of convolutions count as [out, rest]. A weight with
/// three times as many rows as columns is taken for a packed q, k, v projection and treated as three matrices.
/// Use `AdamW` for biases, embeddings and the layers at both ends.
public final class Muon: Optimizer {
  /// Names and tensors, as in a checkpoint.
  public let parameters: [(name: String, tensor: Tensor)]
  /// Learning rate; set it before each step to follow a schedule.
  public var lr: Double
  /// Memory of the gradient.
  public let momentum: Double
  /// Share of each weight removed per step and unit of learning rate.
  public let weightDecay: Double
  /// Newton–Schulz steps.
  public let iterations: Int

  private let buffers: [Tensor]

  /// An optimiser with fresh state; each parameter needs at least two dimensions, names must be unique.
  public init(
    _ parameters: [(name: String, tensor: Tensor)], lr: Double = 0.02, momentum: Double = 0.95,
    weightDecay: Double = 0, iterations: Int = 5
  ) {
    for parameter in parameters where parameter.tensor.rank < 2 {
      stop("Muon", "“\(parameter.name)” has shape \(parameter.tensor.shape); give vectors to AdamW")
    }
    self.parameters = parameters
    self.lr = lr
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.iterations = iterations
    buffers = parameters.map { .zeros(like: $0.tensor) }
  }

  /// Changes every parameter that has a gradient.
  public func step() {
    // Each matrix is on its own, so threads change no bit of the result.
    Workers.map(parameters.count) { change(parameters[$0].tensor, buffers[$0]) }
  }

  private func change(_ parameter: Tensor, _ buffer: Tensor) {
    Torch.noGrad {
      if let gradient = parameter.grad {
        buffer.lerp_(gradient, 1 - momentum)
        let update = gradient.lerp(buffer, momentum)
        let rows = parameter.size(0)
        let columns = parameter.count / rows
        let parts = rows == 3 * columns ? 3 : 1
        let matrices = update.reshape([parts, rows / parts, columns])
        let direction = Self.orthogonalised(matrices, iterations: iterations)
        if weightDecay != 0 { parameter.mul_(1 - lr * weightDecay) }
        let scale = max(1, Double(rows / parts) / Double(columns)).squareRoot()
        parameter.add_(direction.reshape(parameter.shape), alpha: -lr * scale)
      }
    }
  }

  /// Brings the singular values of each matrix of [batch, rows, columns] close to 1 (about 0.7 to 1.2).
  ///
  /// Each step is X ← a X + (b A + c A²) X with A = X Xᵀ, with Jordan's coefficients, which trade exact
  /// convergence for fast growth of small singular values.
  public static func orthogonalised(_ matrices: Tensor, iterations: Int = 5) -> Tensor {
    let tall = matrices.size(1) > matrices.size(2)
    var x = tall ? matrices.transpose(1, 2) : matrices
    x = x / (x.norm([1, 2], keepDims: true) + 1e-7)
    for _ in 0..<iterations {
      let a = x.matmul(x.transpose(1, 2))
      let polynomial = a.addmm(a, a, beta: -4.7750, alpha: 2.0315)
      x = x.addmm(polynomial, x, beta: 3.4445)
    }
    return tall ? x.transpose(1, 2) : x
  }

  /// The state under the names `momentum.NAME`, shared, not copied.
  public func stateTensors() -> [String: Tensor] { stateTensors(["momentum": buffers]) }

  /// Takes over a saved state; what follows is bit for bit what would have followed the save.
  ///
  /// Throws `OptimizerStateError` and changes nothing when names or shapes are not those of `stateTensors()`.
  public func load(stateTensors saved: [String: Tensor]) throws {
    try load(saved, into: stateTensors())
  }
}
