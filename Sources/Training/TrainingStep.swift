import Models
import Tensors

/// One step of optimisation: loss, gradients, clipping, optimisers, averaged weights.
package enum TrainingStep {
  /// Takes step `step` (from 0) of `steps` with all learning rates times `factor`.
  ///
  /// On the CPU loss and gradient norm are known at once, and weights are left alone where one is not finite. On a
  /// GPU the program runs ahead of the device: both stay there until somebody reads them.
  package static func take(
    _ subject: some Trainable, step: Int, of steps: Int, factor: Double,
    with others: SharedStep? = nil
  ) throws -> StepResult {
    for (_, optimizer, _) in subject.optimizers { optimizer.zeroGrad() }
    let parts = try subject.lossParts(step: step, of: steps, share: others?.share ?? .whole)
    let weights = subject.weights.tensors
    let result: StepResult
    if let others {
      let loss = try others.take(parts)
      if let value = loss.known {
        let norm = Tensor.clipGradNorm_(weights, maxNorm: subject.maximumGradientNorm)
        result = StepResult(loss: loss, norm: .known(norm), factor: factor)
        guard value.isFinite, norm.isFinite else { return result }
      } else {
        let norm = Tensor.deferredClipGradNorm_(weights, maxNorm: subject.maximumGradientNorm)
        result = StepResult(loss: loss, norm: .deferred(norm), factor: factor)
      }
    } else if weights.allSatisfy({ $0.device == .cpu }) {
      let loss = try GradientSum.take(parts, groups: subject.accumulation, weights: weights)
      guard loss.isFinite else {
        return StepResult(loss: .known(loss), norm: .known(0), factor: factor)
      }
      let norm = Tensor.clipGradNorm_(weights, maxNorm: subject.maximumGradientNorm)
      result = StepResult(loss: .known(loss), norm: .known(norm), factor: factor)
      guard norm.isFinite else { return result }
    } else {
      let losses = try parts.map { part in
        let loss = try part()
        loss.backward()
        return loss.detached()
      }
      let norm = Tensor.deferredClipGradNorm_(weights, maxNorm: subject.maximumGradientNorm)
      result = StepResult(
        loss: .deferred(losses.dropFirst().reduce(losses[0], +)), norm: .deferred(norm),
        factor: factor)
    }
    for (_, optimizer, rate) in subject.optimizers {
      optimizer.lr = rate * factor
      optimizer.step()
    }
    subject.average.update(towards: subject.weights, step: step)
    return result
  }
}

/// What a step shows of itself.
package struct StepResult {
  /// A number that may still be on its way.
  package enum Value {
    case known(Double)
    case deferred(Tensor)

    /// The number, unless it is on its way.
    package var known: Double? {
      if case .known(let value) = self { value } else { nil }
    }
  }

  package let loss: Value
  package let norm: Value
  package let factor: Double

  /// Whether the loss is still on its way.
  package var isDeferred: Bool { loss.known == nil }

  /// Loss and gradient norm of each; waits once for all that are on their way.
  package static func values(_ results: [StepResult]) -> [(loss: Double, norm: Double)] {
    let all = results.flatMap { [$0.loss, $0.norm] }
    let tensors = all.compactMap { value in
      if case .deferred(let tensor) = value { tensor } else { nil }
    }
    var read =
      tensors.isEmpty ? [][...] : Tensor.stack(tensors.map { $0.to(.float32) }).doubles()[...]
    let numbers = all.map { value in
      if case .known(let number) = value { number } else { read.removeFirst() }
    }
    return results.indices.map { (numbers[2 * $0], numbers[2 * $0 + 1]) }
  }
}
